"""Keys and addresses for the tests of the basemap services."""

from __future__ import annotations

import pytest

ROOT = "http://practice.test"
SERVICES = "/arcgis/rest/services"
STYLES = f"{SERVICES}/styles/v2"
VECTOR = f"{SERVICES}/World_Basemap_v2/VectorTileServer"
BASEMAPS = ["premium:user:basemaps"]


class Keys:
    """Requests with a key in the query, as map clients send them."""

    def __init__(self, caller, key) -> None:
        self.caller, self.key = caller, key

    async def get(self, path, *, key=None, headers=(), **parameters):
        """The reply to a GET; the key is left out when it is empty."""
        token = self.key if key is None else key
        query = {**({"token": token} if token else {}), **parameters}
        return await self.caller.http.get(ROOT + path, params=query or None, headers=dict(headers))

    async def refusal(self, path, **more) -> tuple[int, int]:
        """HTTP status and the error's own code."""
        reply = await self.get(path, **more)
        return reply.status_code, reply.json()["error"]["code"]

    async def document(self, path, **more) -> dict:
        """The document of a reply that is no error."""
        reply = await self.get(path, **more)
        assert reply.status_code == 200
        document = reply.json()
        assert "error" not in document
        return document


@pytest.fixture
async def keyed(ada):
    """A caller with a key for basemaps alone."""
    key, _ = await ada.make_key(BASEMAPS)
    return Keys(ada, key)


@pytest.fixture
def with_key(call_as):
    """Makes such a caller for any portal."""

    async def make(portal, privileges=BASEMAPS):
        ada = await call_as(portal).sign_in()
        key, _ = await ada.make_key(privileges)
        return Keys(ada, key)

    return make
