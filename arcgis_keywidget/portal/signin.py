"""Signing in with a password or with a token that was made elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from arcgis_keywidget._http import need
from arcgis_keywidget.errors import FieldError, PortalError, SignInError
from arcgis_keywidget.models import Secret
from arcgis_keywidget.models.token_kinds import TokenKind, refuse_kinds
from arcgis_keywidget.portal.grant import is_refusal

if TYPE_CHECKING:
    from arcgis_keywidget.portal.rest import SharingRest

_MINUTES = 480  # a working day; a portal cuts longer lives than it allows without a word (documented)
_OTHER_WAYS = "With single sign-on, a second factor or a social account, sign in in the browser instead."
_TOKEN = re.compile(r"\s*[!-~]+\s*")


def check_token(token: Secret) -> Secret:
    """Return a user's token as it was pasted, without the blanks around it.

    Raises:
        FieldError: it is empty, or no user's token by its shape (field ``token``).
    """
    if not _TOKEN.fullmatch(token.reveal()):
        raise FieldError("token", "Paste a token: letters, digits and a few signs, without blanks.")
    token = Secret(token.reveal().strip())
    refuse_kinds("token", token, *TokenKind)
    return token


async def generate_token(rest: SharingRest, username: str, password: Secret, referer: str) -> Secret:
    """Return a token for a user, good only together with this Referer (1 request).

    Raises:
        FieldError: user name or password is empty; nothing is sent.
        SignInError: the portal does not accept them, or gives no token for a password.
    """
    username = username.strip()
    if not username:
        raise FieldError("username", "Write your user name.")
    if not password:
        raise FieldError("password", "Write your password.")
    form: dict[str, str | Secret] = {
        "username": username,
        "password": password,
        "client": "referer",
        "referer": referer,
        "expiration": str(_MINUTES),
    }
    try:
        reply = await rest.post_unsigned("generateToken", form)
    except PortalError as error:
        raise _refusal(rest, error) from None
    return need(reply, "token", Secret)


def _refusal(rest: SharingRest, error: PortalError) -> PortalError:
    if not is_refusal(error):
        return error
    host = urlsplit(rest.url).hostname
    said = " ".join(error.details)
    if said and "password" not in said.lower():  # then the password is not what it objects to
        title, hint = f"{host} gives no token for this password. {said}", _OTHER_WAYS
    else:
        title, hint = f"{host} does not accept this user name and password.", f"Check both. {_OTHER_WAYS}"
    return SignInError(title, hint, code=error.code, details=error.details, endpoint=error.endpoint)
