"""A practice portal with a clock that tests turn, and a client that speaks its REST."""

from __future__ import annotations

import json

import httpx
import pytest

from arcgis_keywidget.practice import PracticePortal

REFERER = "https://notebook.example"
BASEMAPS = ["premium:user:basemaps", "premium:user:staticbasemaptiles"]
DAY = 86_400_000


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.25

    def __call__(self) -> float:
        """Seconds since 1970."""
        return self.now

    @property
    def ms(self) -> int:
        """The time as the portal writes it."""
        return int(self.now * 1000)


class Caller:
    """Calls the portal's REST with one person's token."""

    def __init__(self, portal, transport=None, base="http://practice.test") -> None:
        self.portal, self.clock, self.token = portal, portal.clock, None
        self.base = base
        self.http = httpx.AsyncClient(transport=transport or httpx.ASGITransport(portal))

    async def send(self, path, *, method="POST", token=None, headers=(), **parameters) -> httpx.Response:
        """One request, as a form or as a query; the reply as it came."""
        url = self.base + (path if path.startswith("/") else f"/sharing/rest/{path}")
        token = token or self.token
        sent = {
            "Referer": REFERER,
            **({"X-Esri-Authorization": f"Bearer {token}"} if token else {}),
            **dict(headers),
        }
        place = {"params" if method == "GET" else "data": {"f": "json", **parameters}}
        return await self.http.request(method, url, headers=sent, **place)

    async def __call__(self, path, **parameters) -> dict:
        """One request; the document of its reply."""
        reply = await self.send(path, **parameters)
        assert reply.status_code == 200
        return reply.json()

    async def sign_in(self, username="ada") -> Caller:
        """Get a token that is bound to the referer."""
        user = next(user for user in self.portal.users if user.username == username)
        reply = await self(
            "generateToken",
            username=username,
            password=user.password,
            client="referer",
            referer=REFERER,
            expiration="20160",
        )
        self.token = reply["token"]
        self.me = f"content/users/{username}"
        return self

    async def add(self, title="A key", **more) -> str:
        """Add an application item; its id."""
        reply = await self(f"{self.me}/addItem", title=title, type="Application", **more)
        return reply["id"]

    async def register(self, item, privileges=BASEMAPS, **more) -> dict:
        """Register an item as a credential."""
        return await self(
            "oauth2/registerApp",
            itemId=item,
            appType="multiple",
            privileges=json.dumps(privileges),
            **more,
        )

    async def register_info(self, item) -> dict:
        """The registered-app document of an item."""
        return await self(f"{self.me}/items/{item}/registeredAppInfo")

    async def set_expiry(self, item, days=7, slot=1) -> dict:
        """Set the date of an item's slot."""
        end = str(int(self.clock() * 1000) + days * DAY)
        return await self(f"{self.me}/items/{item}/update", **{f"apiToken{slot}ExpirationDate": end})

    async def mint(self, app, slot=1, *, regenerate=False) -> dict:
        """Ask for the key of a slot."""
        return await self(
            "oauth2/token",
            client_id=app["client_id"],
            client_secret=app["client_secret"],
            grant_type="client_credentials",
            apiToken=str(slot),
            regenerateApiToken=str(regenerate).lower(),
        )

    async def make_key(self, privileges=BASEMAPS, **more) -> tuple[str, dict]:
        """A key and the document of its app."""
        item = await self.add()
        app = await self.register(item, privileges, **more)
        await self.set_expiry(item)
        return (await self.mint(app))["access_token"], app


@pytest.fixture
def clock():
    """A clock that stands still until a test turns it."""
    return Clock()


@pytest.fixture
def portal(clock):
    """A Location Platform portal."""
    portal = PracticePortal(clock=clock)
    yield portal
    portal.close()


@pytest.fixture
def open_portal(clock):
    """Opens portals with any options; closes them at the end."""
    opened = []

    def open_one(*args, **options):
        opened.append(PracticePortal(*args, **{"clock": clock, **options}))
        return opened[-1]

    yield open_one
    for portal in opened:
        portal.close()


@pytest.fixture
def anyone(portal):
    """A caller without a token."""
    return Caller(portal)


@pytest.fixture
async def ada(portal):
    """The user who may create keys, signed in."""
    return await Caller(portal).sign_in("ada")


@pytest.fixture
async def sam(portal):
    """The user whose role may not create keys, signed in."""
    return await Caller(portal).sign_in("sam")


@pytest.fixture
async def grace(portal):
    """The administrator, signed in."""
    return await Caller(portal).sign_in("grace")


@pytest.fixture
def call_as():
    """Makes a caller of any portal."""
    return Caller
