"""A practice portal that keeps, for the search, every secret it gives out; the real one forgets them."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice import PracticePortal
from arcgis_keywidget.practice.tokens import issue_access_token

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

HOUR = 3_600_000  # milliseconds
SECRETS = ("token", "client_secret", "access_token", "refresh_token")


class OverheardPortal(PracticePortal):
    """The practice portal, with the secrets of its replies by name: user tokens, client secrets, keys."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.secrets: dict[str, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request and look at the answer."""
        body = bytearray()

        async def overhear(message: Message) -> None:
            body.extend(message.get("body", b""))
            await send(message)

        await super().__call__(scope, receive, overhear)
        with suppress(ValueError):
            self._keep(json.loads(body))

    def issue_token(self) -> str:
        """Make a token of the first user, bound to nothing, for signing in with a token."""
        end = int(self.clock() * 1000) + HOUR
        return issue_access_token(self.store, end, maker="generateToken", username=self.users[0].username)

    def _keep(self, reply: Any) -> None:
        for name in SECRETS:
            if isinstance(reply, dict) and name in reply:
                self.secrets[f"{name} {len(self.secrets) + 1}"] = reply[name]
