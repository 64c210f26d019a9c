"""The sharing/rest root of one portal: how its operations are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arcgis_keywidget._http import Client
    from arcgis_keywidget.models import Secret

Way: TypeAlias = Literal["password", "browser", "token"]


class SharingRest:
    """The operations below ``<portal>/sharing/rest``, asked with the token of who is signed in.

    Attributes:
        url: the portal's address.
        token: the token of the person who is signed in, None while nobody is.
        way: how that session was opened; some portals make no keys for one from the browser.
    """

    def __init__(self, url: str, client: Client) -> None:
        self.url = url
        self.token: Secret | None = None
        self.way: Way = "token"
        self._root = f"{url}/sharing/rest"
        self._client = client

    async def get(self, path: str, **query: str) -> dict[str, Any]:
        """Read a document.

        Raises:
            KeyWidgetError: as `Client.send` and `Reply.document` do; so do the others here.
        """
        reply = await self._client.send(
            "GET", f"{self._root}/{path}", query={"f": "json", **query}, token=self.token
        )
        return reply.document()

    async def get_from(self, url: str) -> dict[str, Any]:
        """Read a document of a server whose address came from elsewhere: only if it may see the token.

        Raises:
            HostRefusedError: it may not; nothing is sent.
        """
        reply = await self._client.send("GET", url, query={"f": "json"}, token=self.token)
        return reply.document()

    async def post(self, path: str, form: Mapping[str, str | Secret]) -> dict[str, Any]:
        """Ask for some work."""
        return await self._post(path, form, self.token)

    async def post_unsigned(self, path: str, form: Mapping[str, str | Secret]) -> dict[str, Any]:
        """Ask for some work that the form itself is the authority for."""
        return await self._post(path, form, None)

    async def _post(
        self, path: str, form: Mapping[str, str | Secret], token: Secret | None
    ) -> dict[str, Any]:
        reply = await self._client.send(
            "POST", f"{self._root}/{path}", form={"f": "json", **form}, token=token
        )
        return reply.document()


def content_of(username: str) -> str:
    """Return the path of a user's content; names of single sign-on may hold any character."""
    return f"content/users/{quote(username, safe='')}"
