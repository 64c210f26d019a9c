"""The sharing/rest root of one portal: how its operations are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict
from urllib.parse import quote

from arcgis_keywidget.errors import TokenError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arcgis_keywidget._http import Client
    from arcgis_keywidget.models import Network, Secret
    from arcgis_keywidget.portal.grant import Grant

Way: TypeAlias = Literal["password", "browser", "token"]


class SessionParts(TypedDict, total=False):
    """What tells whose session it is; `SharingRest` tells what each is."""

    token: Secret | None
    grant: Grant | None
    referer: str | None
    way: Way


class SharingRest:
    """The operations below ``<portal>/sharing/rest``, asked with the token of who is signed in.

    A request that is refused because an OAuth session's access token has ended was not carried out; it is
    sent again, once, with a renewed one.

    Args:
        url: the portal's address.
        client: the connections.
        token: the token of the person who is signed in, None while nobody is.
        way: how that session was opened; some portals make no keys for one from the browser.
        grant: the OAuth session, which has a token of its own.
        referer: the Referer that the token is bound to, where it is not the client's.
        network: how the portal is reached, None for the default of this session; keys made here have it, too.
    """

    def __init__(
        self,
        url: str,
        client: Client,
        *,
        token: Secret | None = None,
        grant: Grant | None = None,
        referer: str | None = None,
        way: Way = "token",
        network: Network | None = None,
    ) -> None:
        self.url = url
        self.network = network
        self.way: Way = "browser" if grant else way
        self.grant = grant
        self._token = token
        self._root = f"{url}/sharing/rest"
        self._client = client
        self._referer = referer

    @property
    def token(self) -> Secret | None:
        """The token of now; that of an OAuth session changes while it is in use."""
        return self.grant.access if self.grant else self._token

    async def get(self, path: str, **query: str) -> dict[str, Any]:
        """Read a document.

        Raises:
            KeyWidgetError: as `Client.send` and `Reply.document` do, or the session has ended.
        """
        return await self._signed("GET", self._url_of(path), {"f": "json", **query}, None)

    async def get_from(self, url: str) -> dict[str, Any]:
        """Read a document of a server whose address came from elsewhere: only if it may see the token.

        Raises:
            HostRefusedError: it may not; nothing is sent to it.
        """
        return await self._signed("GET", url, {"f": "json"}, None)

    async def post(self, path: str, form: Mapping[str, str | Secret]) -> dict[str, Any]:
        """Ask for some work."""
        return await self._signed("POST", self._url_of(path), None, {"f": "json", **form})

    async def post_unsigned(self, path: str, form: Mapping[str, str | Secret]) -> dict[str, Any]:
        """Ask for some work that the form itself is the authority for."""
        return await self._send("POST", self._url_of(path), None, {"f": "json", **form}, None)

    def _url_of(self, path: str) -> str:
        return f"{self._root}/{path}"

    async def _signed(
        self,
        method: str,
        url: str,
        query: Mapping[str, str] | None,
        form: Mapping[str, str | Secret] | None,
    ) -> dict[str, Any]:
        grant = self.grant
        if grant is None:
            return await self._send(method, url, query, form, self._token)
        await grant.freshen()
        token = grant.access
        try:
            return await self._send(method, url, query, form, token)
        except TokenError:
            pass  # refused, so not done
        await grant.renew(token)
        return await self._send(method, url, query, form, grant.access)

    async def _send(
        self,
        method: str,
        url: str,
        query: Mapping[str, str] | None,
        form: Mapping[str, str | Secret] | None,
        token: Secret | None,
    ) -> dict[str, Any]:
        reply = await self._client.send(
            method, url, query=query, form=form, token=token, referer=self._referer
        )
        return reply.document()


def content_of(username: str) -> str:
    """Return the path of a user's content; names of single sign-on may hold any character."""
    return f"content/users/{quote(username, safe='')}"
