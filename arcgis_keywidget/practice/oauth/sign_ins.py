"""Sign-ins under way: what an application asked for, until the person has answered its page."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from arcgis_keywidget.practice.oauth.clients import OUT_OF_BAND

if TYPE_CHECKING:
    from arcgis_keywidget.practice.tokens import App

LIFE = 30 * 60_000
"""How long a sign-in page may be answered, in milliseconds: assumed."""
KEPT = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """What `oauth2/authorize` was asked for, checked.

    Attributes:
        client: who asks.
        redirect_uri: where the answer goes.
        approval: the address of the page that shows an answer out of band.
        implicit: whether a token goes back instead of a code.
        state: what the application wants back as it was.
        minutes: the life of the refresh token, or of the token that goes back.
        challenge: of PKCE; empty without.
        method: `S256` or `plain`.
    """

    client: App
    redirect_uri: str
    approval: str
    implicit: bool
    state: str
    minutes: int = 0
    challenge: str = ""
    method: str = ""

    def answer(self, **parameters: str) -> str:
        """The address that brings an answer: codes in its query, tokens in its fragment (RFC 6749)."""
        address = self.approval if self.redirect_uri == OUT_OF_BAND else self.redirect_uri
        if self.state:
            parameters["state"] = self.state
        if self.implicit:
            return f"{address}#{urlencode(parameters)}"
        return f"{address}{'&' if '?' in address else '?'}{urlencode(parameters)}"


class SignIns:
    """The open sign-in pages, by their `oauth_state`: each is answered once, and the oldest make room."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, tuple[SignIn, int]] = OrderedDict()

    def begin(self, asked: SignIn, now: int) -> str:
        """Keep a request; its `oauth_state`. `now`: milliseconds since 1970."""
        while len(self._open) >= KEPT:
            self._open.popitem(last=False)
        state = secrets.token_urlsafe(48)
        self._open[state] = (asked, now + LIFE)
        return state

    def take(self, oauth_state: str, now: int) -> SignIn | None:
        """The request of a page that has not been answered and has not expired."""
        asked, until = self._open.pop(oauth_state, (None, 0))
        return asked if until > now else None
