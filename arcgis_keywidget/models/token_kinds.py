"""What kind of token a text is, as far as its shape tells: the wrong one is named before it is sent."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from arcgis_keywidget.errors import FieldError

if TYPE_CHECKING:
    from arcgis_keywidget.models.keys import Secret


class TokenKind(StrEnum):
    """The kinds that a shape tells; a user's token has none of its own."""

    API_KEY = "AAPT"
    LEGACY_KEY = "AAPK"
    BASEMAP_SESSION = "AAST"


_SLOTS = {"AT1_", "AT2_"}
_WORDS = {
    TokenKind.API_KEY: (
        "This is an API key: it opens services, but signs nobody in. Bring it along as a key instead."
    ),
    TokenKind.LEGACY_KEY: (
        "This is a legacy API key (AAPK…); ArcGIS has accepted none since 27 June 2026. Make a new key "
        "instead."
    ),
    TokenKind.BASEMAP_SESSION: (
        "This is the token of a basemap session (AAST…): it draws basemaps for some hours, nothing else."
    ),
}


def kind_of_token(token: Secret) -> TokenKind | None:
    """Return the kind that a token's beginning and end tell, None where they tell nothing.

    An API key begins with AAPT and has its slot, AT1_ or AT2_, before its last eight characters (documented).
    """
    text = token.reveal()
    for kind in (TokenKind.LEGACY_KEY, TokenKind.BASEMAP_SESSION):
        if text.startswith(kind):
            return kind
    return TokenKind.API_KEY if text.startswith(TokenKind.API_KEY) and text[-12:-8] in _SLOTS else None


def refuse_kinds(field: str, token: Secret, *kinds: TokenKind) -> None:
    """Refuse a token of a kind that cannot do what its field is for.

    Raises:
        FieldError: says what it is.
    """
    kind = kind_of_token(token)
    if kind in kinds and kind is not None:
        raise FieldError(field, _WORDS[kind])
