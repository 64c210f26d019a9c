"""Portals that answer in odd ways: no key is lost, and undo comes to an end."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from arcgis_keywidget import KeyRequest, Portal
from arcgis_keywidget._http import Client, TrustedHosts
from arcgis_keywidget.errors import KeyWidgetError
from arcgis_keywidget.portal import undo
from arcgis_keywidget.portal.rest import SharingRest

if TYPE_CHECKING:
    from collections.abc import Callable

    from arcgis_keywidget.practice import PracticePortal

ADDRESS = "http://127.0.0.1:7443"


class Meddler(httpx.AsyncBaseTransport):
    """Changes what a portal answers to oauth2/token."""

    def __init__(self, portal: PracticePortal, change: Callable[[dict], None]) -> None:
        self._portal = httpx.ASGITransport(portal)
        self._change = change

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Hand a request on, and change the answer if it is the one."""
        answer = await self._portal.handle_async_request(request)
        if not request.url.path.endswith("oauth2/token"):
            return answer
        document = json.loads(await answer.aread())
        self._change(document)
        return httpx.Response(200, json=document)


async def make(practice: PracticePortal, change: Callable[[dict], None]):
    """Make a key at a portal whose last answer is changed."""
    user = practice.users[0]
    async with Portal(ADDRESS, transport=Meddler(practice, change)) as portal:
        await portal.sign_in(user.username, user.password)
        return await portal.create_key(KeyRequest())


@pytest.mark.parametrize("lives", ["soon", None, -5, 0, 10**12, 1.5])
async def test_an_odd_lifetime_does_not_cost_the_key(practice: PracticePortal, lives: object) -> None:
    """The date that was asked for stands where the answer is not credible."""
    credential = await make(practice, lambda document: document.update(expires_in=lives))
    assert credential.key
    days = (credential.key.expires - datetime.now(UTC)) / timedelta(days=1)
    assert 6.9 < days <= 7


async def test_a_key_that_no_header_can_carry_is_undone(practice: PracticePortal) -> None:
    """It could never be used: the item is removed, and the error is one of ours."""
    before = practice.items_of("ada")
    with pytest.raises(KeyWidgetError, match="no usable key"):
        await make(practice, lambda document: document.update(access_token="two words"))
    assert practice.items_of("ada") == before


async def test_the_look_for_an_item_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keywords of the wrong type are passed over, and a listing without end is left after twenty pages."""
    asked = []

    async def listing(request) -> JSONResponse:
        asked.append(int(request.query_params["start"]))
        item = {"id": "0" * 32, "typeKeywords": 5}
        return JSONResponse({"items": [item], "nextStart": asked[-1] + 1})

    app = Starlette(routes=[Route("/sharing/rest/content/users/ada", listing)])
    monkeypatch.setattr(undo, "LOOKS", (0.0,))
    async with Client(TrustedHosts(ADDRESS), referer=None, transport=httpx.ASGITransport(app)) as client:
        found = await undo.find_marked(SharingRest(ADDRESS, client), "ada", None, "akw-mark")
    assert found == (None, True)
    assert asked == [*range(1, 21)]
