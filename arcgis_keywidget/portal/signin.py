"""Signing in: from a password to a token, from a token to who that is."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from arcgis_keywidget._http import need
from arcgis_keywidget.errors import FieldError, PortalError, QuotaError, SignInError
from arcgis_keywidget.models import Secret

if TYPE_CHECKING:
    from arcgis_keywidget.portal.rest import SharingRest

_MINUTES = 480  # a working day; a portal cuts longer lives than it allows without a word (documented)
_OTHER_WAYS = (
    "Check both. A password does not work for members who sign in through their organization, with a second "
    "factor or a social account: sign in with a token instead."
)


async def generate_token(rest: SharingRest, username: str, password: Secret, referer: str) -> Secret:
    """Return a token for a user, good only together with this Referer (1 request).

    Raises:
        FieldError: user name or password is empty; nothing is sent.
        SignInError: the portal does not accept them.
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
    refused = HTTPStatus.BAD_REQUEST <= error.code < HTTPStatus.INTERNAL_SERVER_ERROR
    if not refused or isinstance(error, QuotaError) or error.code == HTTPStatus.NOT_FOUND:
        return error
    host = urlsplit(rest.url).hostname
    return SignInError(
        f"{host} does not accept this user name and password.",
        _OTHER_WAYS,
        code=error.code,
        details=error.details,
        endpoint=error.endpoint,
    )
