"""A practice portal whose clock is turned, with an application for signing in in the browser."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from arcgis_keywidget.portal import Portal
from arcgis_keywidget.practice import serve
from arcgis_keywidget.practice.sharing import catalogue
from arcgis_keywidget.practice.sharing.items import INSERT
from tests.clients.sign_in_page import sign_in
from tests.clients.visitor import Clock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from arcgis_keywidget.portal import CodeSignIn
    from arcgis_keywidget.practice import PracticePortal, Running
    from arcgis_keywidget.practice.people import User

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"


@dataclass(frozen=True, slots=True)
class Site:
    """The portal, its clock, and an application that Ada has registered there.

    Attributes:
        client_id: of the application.
    """

    running: Running
    clock: Clock
    client_id: str

    @property
    def url(self) -> str:
        """The portal's address."""
        return self.running.url

    @property
    def practice(self) -> PracticePortal:
        """The portal itself."""
        return self.running.portal

    @property
    def ada(self) -> User:
        """Who signs in."""
        return self.practice.users[0]

    def operations(self) -> list[str]:
        """What was asked, in order, but for the pages that people see."""
        pages = {"authorize", "signin", "approval"}
        return [entry["operation"] for entry in self.practice.requests if entry["operation"] not in pages]

    def answer(self, page: CodeSignIn) -> str:
        """Sign in at a page as Ada; the address of the page that shows the code."""
        return sign_in(page.url, self.ada)

    def plant_legacy(self, title: str) -> None:
        """Give Ada a key of the older kind, which nobody can make any more."""
        item = secrets.token_hex(16)
        row = {"id": item, "owner": self.ada.username, "type": "API Key", "title": title, "access": "private"}
        lists = {"keywords": '["API Key", "Registered App"]', "tags": "[]", "fields": "{}"}
        now = int(self.clock() * 1000)
        with self.practice.store.writing():
            self.practice.store.run_many(INSERT, [{**row, **lists, "created": now, "modified": now}])
            catalogue.touch(self.practice.store, item, now)

    def settle(self) -> None:
        """Let the portal's index see what there is."""
        self.clock.ahead += 60


async def register(portal: Portal, *redirects: str) -> str:
    """Register an application in the portal; its client id."""
    path = f"content/users/{portal.account.username}/addItem"
    item = (await portal._rest.post(path, {"title": "Notebooks", "type": "Application"}))["id"]
    form = {"itemId": item, "appType": "multiple", "redirect_uris": json.dumps(redirects)}
    return str((await portal._rest.post("oauth2/registerApp", form))["client_id"])


@pytest.fixture
def turned() -> Iterator[tuple[Running, Clock]]:
    """A served practice portal and its clock."""
    clock = Clock()
    with serve(clock=clock) as running:
        yield running, clock


@pytest.fixture
async def site(turned: tuple[Running, Clock]) -> Site:
    """The portal with the application; its request log begins after that."""
    running, clock = turned
    ada = running.portal.users[0]
    async with Portal(running.url) as portal:
        await portal.sign_in(ada.username, ada.password)
        client_id = await register(portal, OUT_OF_BAND)
    running.portal.log.forget()
    return Site(running, clock, client_id)


@pytest.fixture
async def in_browser(site: Site) -> AsyncIterator[Portal]:
    """The client, signed in by a code."""
    async with Portal(site.url) as portal:
        page = portal.begin_code_sign_in(site.client_id)
        await portal.sign_in_with_code(site.answer(page), page)
        site.practice.log.forget()
        yield portal


@pytest.fixture
async def signed_in(site: Site) -> AsyncIterator[Portal]:
    """The client, signed in with a password."""
    async with Portal(site.url) as portal:
        await portal.sign_in(site.ada.username, site.ada.password)
        site.practice.log.forget()
        yield portal
