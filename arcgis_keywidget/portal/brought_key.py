"""A key that somebody has already: what it is, what it opens, until when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from arcgis_keywidget._http import services_in
from arcgis_keywidget.errors import FieldError, PortalError, SignInError, TokenError
from arcgis_keywidget.models import ApiKey, KeyCredential, Secret, Slot
from arcgis_keywidget.models.app_info import AppInfo, read_app_info
from arcgis_keywidget.models.token_kinds import TokenKind, kind_of_token, refuse_kinds

if TYPE_CHECKING:
    from arcgis_keywidget.portal.rest import SharingRest

_WORD = re.compile(r"[!-~]+")


def check_key(key: Secret) -> Secret:
    """Return a key as it was pasted, without the blanks around it.

    Raises:
        FieldError: it is empty or no key, or one of a kind that opens nothing here (field ``key``).
    """
    text = Secret(key.reveal().strip())
    if not text:
        raise FieldError("key", "Paste an API key; it begins with AAPT.")
    if not _WORD.fullmatch(text.reveal()):
        raise FieldError("key", "A key has no blanks; copy all of it, and nothing else.")
    refuse_kinds("key", text, TokenKind.LEGACY_KEY, TokenKind.BASEMAP_SESSION)
    return text


def check_referer(referrer: str | None) -> str | None:
    """Return the Referer to send with a key that was made for a referrer; None for none.

    Raises:
        FieldError: no header can carry it (field ``referrer``).
    """
    text = (referrer or "").strip()
    if text and not _WORD.fullmatch(text):
        raise FieldError("referrer", "Write the one address that the key was made for, without blanks.")
    # Any sub-domain will do for a wildcard.
    return text.replace("*.", "www.") or None


async def inspect_key(
    rest: SharingRest, key: Secret, *, referer: str | None, trust: tuple[str, ...]
) -> KeyCredential:
    """Return what a portal tells of a key (1 request).

    Args:
        rest: the portal, with the key as its token and the Referer of the key.
        key: the key.
        referer: the Referer that goes with the key, None for none of its own.
        trust: further hosts that may see the key.

    Raises:
        SignInError: it is the token of a person or an application, and no key.
        TokenError: the portal does not accept it.
    """
    host = urlsplit(rest.url).hostname or ""
    try:
        document = await rest.get("portals/self")
    except TokenError as error:
        raise _refused(host, referer, error) from None
    app = read_app_info(document)
    if app is None or (app.expires is None and kind_of_token(key) is not TokenKind.API_KEY):
        raise _no_key(host, document, app)
    known = ApiKey(
        key,
        portal=rest.url,
        expires=app.expires,
        services=services_in(rest.url, document),
        trust=trust,
        network=rest.network,
        referrer=referer,
    )
    return KeyCredential(
        item_id=app.item_id,
        client_id=app.client_id,
        title=app.title,
        folder=None,
        privileges=app.privileges,
        items=app.items,
        referrers=(referer,) if referer else (),
        slots=(Slot(known.slot, active=True, expires=app.expires),) if known.slot else (),
        key=known,
    )


def _no_key(host: str, document: dict[str, Any], app: AppInfo | None) -> PortalError:
    user = document.get("user")
    if isinstance(user, dict):
        return SignInError(
            f"This is the token of a user ({user.get('username')}), not an API key.",
            "Sign in with it as a token; then make a key.",
        )
    if app is not None:
        return SignInError(
            f"This is a short-lived token of the application '{app.title}', not an API key.",
            "Paste an API key; it begins with AAPT.",
        )
    return SignInError(
        f"{host} does not know this as a key.",
        "It may be of another portal; choose the portal that it was made at.",
    )


def _refused(host: str, referer: str | None, error: TokenError) -> TokenError:
    page = (
        f"or answer to another referrer than {referer}"
        if referer
        else "or answer to a certain referrer only: then name that, too"
    )
    return TokenError(
        f"{host} does not accept this key ({error.code}).",
        f"It may have expired or been revoked, be of another portal, {page}.",
        code=error.code,
        endpoint=error.endpoint,
    )
