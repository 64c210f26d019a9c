"""A practice portal that keeps, for the search, every secret it is told or gives; the real one forgets."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from arcgis_keywidget.practice import PracticePortal
from arcgis_keywidget.practice.tokens import issue_access_token

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

HOUR = 3_600_000  # milliseconds
SECRETS = ("token", "client_secret", "access_token", "refresh_token")
TOLD = ("password", "code", "code_verifier", *SECRETS)
SHORTEST = 8  # characters; what is shorter would be found everywhere


class OverheardPortal(PracticePortal):
    """The practice portal, with the secrets of its requests and replies by name: passwords, tokens, keys."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.secrets: dict[str, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request and look at both."""
        asked, body = bytearray(), bytearray()

        async def overhear_request() -> Message:
            message = await receive()
            asked.extend(message.get("body", b""))
            return message

        async def overhear(message: Message) -> None:
            body.extend(message.get("body", b""))
            await send(message)

        await super().__call__(scope, overhear_request, overhear)
        self._keep(dict(parse_qsl(asked.decode(errors="replace"))), TOLD)
        with suppress(ValueError):
            self._keep(json.loads(body), SECRETS)

    def issue_token(self) -> str:
        """Make a token of the first user, bound to nothing, for signing in with a token."""
        end = int(self.clock() * 1000) + HOUR
        return issue_access_token(self.store, end, maker="generateToken", username=self.users[0].username)

    def _keep(self, document: Any, names: tuple[str, ...]) -> None:
        for name in names:
            value = document.get(name) if isinstance(document, dict) else None
            if isinstance(value, str) and len(value) >= SHORTEST and value not in self.secrets.values():
                self.secrets[f"{name} {len(self.secrets) + 1}"] = value
