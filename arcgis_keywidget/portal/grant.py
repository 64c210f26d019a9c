"""What an OAuth sign-in gave: its access token, renewed while it is in use, and how both are ended."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from http import HTTPStatus
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from arcgis_keywidget._http import need
from arcgis_keywidget.errors import (
    FieldError,
    KeyWidgetError,
    PortalError,
    PortalUnreachableError,
    QuotaError,
    TokenError,
)
from arcgis_keywidget.models import Secret
from arcgis_keywidget.portal.undo import surely_not_done

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arcgis_keywidget.portal.rest import SharingRest

_EARLY = 60.0
"""Seconds before its end that an access token is renewed: no request shall meet the end on its way."""
_PATIENCE = 3.0
"""Seconds that signing out waits for the portal."""


class Grant:
    """The tokens of one OAuth sign-in; requests that find the access token ended renew it once, together.

    Args:
        rest: the portal, without a token.
        client_id: the application that the person allowed.
        reply: the answer of oauth2/token.

    Raises:
        UnexpectedReplyError: it holds no token.

    Attributes:
        access: the access token of now.
        over: whether the session is known to have ended, or is signed out.
    """

    def __init__(self, rest: SharingRest, client_id: str, reply: Mapping[str, Any]) -> None:
        self._rest = rest
        self._client_id = client_id
        self._refresh: Secret | None = None
        self._lock = asyncio.Lock()
        self.over = False
        self._take(reply)

    async def freshen(self) -> None:
        """Renew the access token if it is about to end.

        Raises:
            TokenError: the session has ended.
            KeyWidgetError: the portal could not be asked.
        """
        if self._refresh is not None and monotonic() >= self._renew_at:
            await self.renew(self.access)

    async def renew(self, refused: Secret) -> None:
        """Get another access token in place of one that was refused, unless another request has done so.

        Raises:
            TokenError: the session has ended, or is signed out while it is asked.
            KeyWidgetError: the portal could not be asked.
        """
        async with self._lock:
            if self.access != refused:
                return
            if self._refresh is None or self.over:
                raise self._ended()
            await self._replace(self._refresh)
            if self.over:  # signed out meanwhile: what came is ended as well
                await self.revoke()
                raise self._ended()

    async def revoke(self) -> bool:
        """End the tokens at the portal and return whether it says so within seconds; never fails."""
        form: dict[str, str | Secret] = {
            "auth_token": self._refresh or self.access,
            "client_id": self._client_id,
        }
        self.over = True
        with suppress(KeyWidgetError, FieldError, TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                reply = await self._rest.post_unsigned("oauth2/revokeToken", form)
                return reply.get("success") is True
        return False

    def _take(self, reply: Mapping[str, Any]) -> None:
        self.access = need(dict(reply), "access_token", Secret)
        given = reply.get("refresh_token")
        self._refresh = given if isinstance(given, Secret) else self._refresh
        lives = reply.get("expires_in")
        if isinstance(lives, int) and lives > 0:
            self._renew_at = monotonic() + max(lives - _EARLY, lives / 2)
        else:  # no credible answer: the token is used until it is refused
            self._renew_at = inf

    async def _replace(self, refresh: Secret) -> None:
        form: dict[str, str | Secret] = {
            "client_id": self._client_id,
            "grant_type": "refresh_token",
            "refresh_token": refresh,
        }
        try:
            self._take(await self._rest.post_unsigned("oauth2/token", form))
        except KeyWidgetError as error:
            if isinstance(error, PortalError) and is_refusal(error):
                self.over = True
                raise self._ended(error.code) from None
            if surely_not_done(error):
                raise
            title, hint, reason = error.title, error.hint, getattr(error, "reason", "")
        else:
            return
        # Whoever waits for this token has sent nothing with it, or was refused.
        raise PortalUnreachableError(title, hint, sent=False, reason=reason)

    def _ended(self, code: int = 498) -> TokenError:
        host = urlsplit(self._rest.url).hostname
        return TokenError(f"Your session at {host} has ended.", "Sign in again to go on.", code=code)


def is_refusal(error: PortalError) -> bool:
    """Whether an error is the portal's no to what was sent, and not its trouble, haste or a wrong address."""
    client_error = HTTPStatus.BAD_REQUEST <= error.code < HTTPStatus.INTERNAL_SERVER_ERROR
    return client_error and not isinstance(error, QuotaError) and error.code != HTTPStatus.NOT_FOUND
