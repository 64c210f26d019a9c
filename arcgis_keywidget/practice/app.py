"""The practice portal: an ASGI application, and the table of its routes."""

from __future__ import annotations

import asyncio
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from starlette.routing import Router

from arcgis_keywidget.practice.basemaps import routes as basemaps
from arcgis_keywidget.practice.basemaps.drawing import Drawing
from arcgis_keywidget.practice.basemaps.tiles import TileKey
from arcgis_keywidget.practice.callers import Reception
from arcgis_keywidget.practice.faults import Faults
from arcgis_keywidget.practice.features import routes as features
from arcgis_keywidget.practice.features.items import make_layer_item
from arcgis_keywidget.practice.features.table import load_tables
from arcgis_keywidget.practice.front import routes as front
from arcgis_keywidget.practice.log import RequestLog
from arcgis_keywidget.practice.oauth import routes as oauth
from arcgis_keywidget.practice.oauth.notebook import CLIENT_ID, seed_app
from arcgis_keywidget.practice.oauth.sign_ins import SignIns
from arcgis_keywidget.practice.operation import Endpoint, Operation
from arcgis_keywidget.practice.paths import HOSTED, LOCATION_SERVICES, REST
from arcgis_keywidget.practice.people import User, choose_account, make_users, register_users
from arcgis_keywidget.practice.replies import Refusal
from arcgis_keywidget.practice.sharing import routes as sharing
from arcgis_keywidget.practice.sharing.items import describe_item, make_items, seed_items
from arcgis_keywidget.practice.store import Store
from arcgis_keywidget.practice.switches import Switches
from arcgis_keywidget.practice.tokens import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from starlette.types import Receive, Scope, Send

    from arcgis_keywidget.practice.call import Call

Result = TypeVar("Result")


def _not_found(_call: Call) -> dict[str, Any]:
    raise Refusal(404, "Page not found.", status=404)


UNKNOWN = Operation("unknown", _not_found)
OPERATIONS = (
    *(*sharing.OPERATIONS, *oauth.OPERATIONS),
    *(*basemaps.OPERATIONS, *features.OPERATIONS, *front.OPERATIONS),
)
MOST_ITEMS, LONGEST_LATENCY = 100_000, 60_000


class PracticePortal:
    """The practice portal as an ASGI application; hand it to a server, or to `httpx.ASGITransport`.

    Args:
        account: `location-platform`, `online` or `enterprise`; Enterprise also answers below `/portal`.
        store: the SQLite file to keep everything in; a temporary one when None, removed by `close`.
        items: how many more items the first user owns, at most 100,000.
        seed: of passwords and items; None for new passwords each time.
        log: a file that every request is noted in, one JSON object a line.
        clock: seconds since 1970; tests turn it.
        faults: faults to arm at once, see `fail`.
        version: of Enterprise, see `people.VERSIONS`; the newest when None.
        switches: choices where the real portal is not certain, by name; see `Switches`.
        latency: milliseconds that every reply is late, at most a minute; may be set anew at any time.
        processes: how many processes of their own draw basemaps; 0 for threads of this one.
        viewers: names of people whose user type is Viewer, which allows no content and no keys.

    Raises:
        ValueError: an unknown account, version, switch, fault or viewer, a number out of bounds, or a file
            that is no store.
        StoreError: the store cannot be written.
    """

    def __init__(  # noqa: PLR0913 (options of one application, each independent, all by name)
        self,
        account: str = "location-platform",
        *,
        store: Path | str | None = None,
        items: int = 0,
        seed: int | None = None,
        log: Path | str | None = None,
        clock: Callable[[], float] = time.time,
        faults: Iterable[str] = (),
        version: str | None = None,
        switches: Mapping[str, str] | None = None,
        latency: float = 0,
        processes: int = 0,
        viewers: Iterable[str] = (),
    ) -> None:
        if not 0 <= items <= MOST_ITEMS:
            raise ValueError(f"The number of items lies between 0 and {MOST_ITEMS:,}; not {items:,}.")
        if not 0 <= latency <= LONGEST_LATENCY:
            raise ValueError(
                f"The latency lies between 0 and {LONGEST_LATENCY:,} milliseconds; not {latency:,}."
            )
        self.account = choose_account(account, version)
        self.switches = Switches.read(switches or {})
        self.clock = clock
        self.faults = Faults({operation.name for operation in OPERATIONS}, faults)
        self.users: tuple[User, ...] = make_users(seed, viewers)
        self.tables = load_tables()
        self.table = self.tables[0]
        self.layer = self.table.item
        self.store = Store(store)
        self.log = RequestLog(Path(log) if log else None)
        self.sign_ins = SignIns()
        self.reception = Reception(self.store, self.account, self.users, self.switches)
        self.drawing = Drawing(processes)
        self.workers = ThreadPoolExecutor(2, "practice-drawing")
        self.latency = latency
        self._content = items, seed
        register_users(self.store, self.users, int(clock() * 1000))
        self._furnish()
        routes = [route for operation in OPERATIONS for route in operation.routes(self)]
        self._router = Router(routes, redirect_slashes=False, default=Endpoint(self, UNKNOWN))
        # A path without names is found at once; the router tries its routes one by one.
        self._fixed = {route.path: route.app for route in routes if "{" not in route.path}

    def _furnish(self) -> None:
        now = int(self.clock() * 1000)
        owner = self.users[0].username
        seed_items(self.store, (make_layer_item(table, owner, now) for table in self.tables))
        seed_items(self.store, make_items(owner, *self._content, now))
        seed_app(self.store, self.users[1].username, now)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; `//` and a trailing slash in its path make no difference."""
        path = ""
        if scope["type"] == "http":
            path = re.sub("/{2,}", "/", scope["path"]).rstrip("/") or "/"
            context = self.account.context
            if context and f"{path}/".startswith(f"{context}/"):
                path = path.removeprefix(context) or "/"
            scope = {**scope, "path": path, "root_path": "", "path_params": {}}
        await self._fixed.get(path, self._router)(scope, receive, send)

    @property
    def requests(self) -> list[dict[str, Any]]:
        """The request log, oldest first: names of parameters, never values."""
        return self.log.entries

    def fail(self, spec: str) -> None:
        """Arm a fault, such as `registerApp:drop-after` or `token:slow=5*2`; see `faults`."""
        self.faults.arm(spec)

    def heal(self) -> None:
        """Disarm every fault."""
        self.faults.heal()

    @property
    def client_id(self) -> str:
        """The client id of the app that notebooks sign in with; its redirect is out of band."""
        return CLIENT_ID

    @property
    def layers(self) -> tuple[str, ...]:
        """The ids of the items that the first user begins with: the layer, and its view."""
        return tuple(table.item for table in self.tables)

    def reset(self, *, keep: str | None = None) -> None:
        """Put content, keys, tokens, faults and the log in memory back to the start; passwords stay.

        Args:
            keep: a person's token that goes on working.
        """
        with self.store.writing():
            self.store.clear(digest(keep) if keep else None)
            self._furnish()
        self.sign_ins = SignIns()
        self.faults.rearm()
        self.log.forget()

    def items_of(self, username: str) -> list[dict[str, Any]]:
        """A user's items straight from the store, oldest first."""
        rows = self.store.rows("SELECT * FROM items WHERE owner = ? ORDER BY rowid", username)
        return [describe_item(row, "") for row in rows]

    def describe(self, root: str) -> dict[str, Any]:
        """What a person or a program needs to begin: addresses, people with passwords, layer, client id.

        Args:
            root: scheme, host and port that the portal is served at.
        """
        portal = root + self.account.context
        basemaps = {"styles": "basemapStyles", "static": "staticBasemapTiles"}
        return {
            "portal": portal,
            "rest": portal + REST,
            "users": [
                {"username": user.username, "password": user.password, "role": user.role}
                for user in self.users
            ],
            "layer": {
                "item": self.layer,
                "url": f"{root}{HOSTED}/{self.table.name}/FeatureServer/0",
            },
            "basemaps": {
                short: root + LOCATION_SERVICES[name]
                for short, name in basemaps.items()
                if name in self.account.services
            },
            "oauth": {"client_id": self.client_id},
        }

    async def apart(self, work: Callable[[], Result]) -> Result:
        """Work in the portal's own threads, so that other requests are answered meanwhile."""
        return await asyncio.get_running_loop().run_in_executor(self.workers, work)

    async def draw(self, style: str, z: int, x: int, y: int, part: str = "") -> bytes:
        """A basemap tile as PNG: drawn once, then kept.

        Raises:
            ValueError: there is no such style, part or tile.
        """
        return (await self.drawing.tile(TileKey(style, z, x, y, part))).content

    def close(self) -> None:
        """Close log and store, and end what draws; a temporary store is removed."""
        self.drawing.close()
        self.workers.shutdown(cancel_futures=True)
        self.log.close()
        self.store.close()
