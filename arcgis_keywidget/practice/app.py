"""The practice portal: an ASGI application, and the table of its routes."""

from __future__ import annotations

import hashlib
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.routing import Router

from arcgis_keywidget.practice import apps, content, oauth, search, services, sharing
from arcgis_keywidget.practice.callers import Reception
from arcgis_keywidget.practice.faults import Faults
from arcgis_keywidget.practice.items import describe_item, make_item, make_items, seed_items
from arcgis_keywidget.practice.layer import FeatureTable
from arcgis_keywidget.practice.log import RequestLog
from arcgis_keywidget.practice.operation import Endpoint, Operation
from arcgis_keywidget.practice.people import ACCOUNTS, ORG_ID, User, make_users, register_users
from arcgis_keywidget.practice.replies import Refusal
from arcgis_keywidget.practice.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from starlette.types import Receive, Scope, Send

    from arcgis_keywidget.practice.call import Call

REST = "/sharing/rest"
USER = f"{REST}/content/users/{{username}}"
FOLDER = f"{USER}/{{folder}}"
ITEM = (f"{USER}/items/{{item}}", f"{FOLDER}/items/{{item}}")
STYLE = f"{services.TILES_PATH}/{{family}}/{{style}}/static"
LAYER = f"{services.LAYERS_PATH}/{{service}}/FeatureServer"


def _not_found(_call: Call) -> dict[str, Any]:
    raise Refusal(404, "Page not found.", status=404)


UNKNOWN = Operation("unknown", _not_found)
OPERATIONS = (
    Operation("info", sharing.describe_info, "/sharing/info", f"{REST}/info"),
    Operation("root", sharing.describe_root, REST),
    Operation("generateToken", sharing.generate_token, "/sharing/generateToken", f"{REST}/generateToken"),
    Operation(
        *("portals/self", sharing.describe_portal),
        *(f"{REST}/portals/self", f"{REST}/accounts/self", f"{REST}/portals/{ORG_ID}"),
    ),
    Operation("community/self", sharing.describe_self, f"{REST}/community/self"),
    Operation("community/users", sharing.describe_member, f"{REST}/community/users/{{username}}"),
    Operation("search", search.search, f"{REST}/search"),
    Operation("item", content.get_item, f"{REST}/content/items/{{item}}"),
    Operation("item", content.get_own_item, *ITEM),
    Operation("createFolder", content.create_folder, f"{USER}/createFolder"),
    Operation("addItem", content.add_item, f"{USER}/addItem", f"{FOLDER}/addItem"),
    Operation("update", content.update_item, *(f"{path}/update" for path in ITEM)),
    Operation("delete", content.delete_item, *(f"{path}/delete" for path in ITEM)),
    Operation("registeredAppInfo", apps.registered_app_info, *(f"{path}/registeredAppInfo" for path in ITEM)),
    Operation("content", content.list_content, USER, FOLDER),
    Operation("registerApp", apps.register_app, f"{REST}/oauth2/registerApp"),
    Operation("apps", apps.get_app, f"{REST}/oauth2/apps/{{client_id}}"),
    Operation("token", oauth.make_token, f"{REST}/oauth2/token", form="json"),
    Operation("revokeToken", oauth.revoke_token, f"{REST}/oauth2/revokeToken", form="json"),
    Operation("styles", services.list_styles, f"{services.TILES_PATH}/self", form="json"),
    Operation("static", services.describe_tiles, STYLE, form="json"),
    Operation("tile", services.send_tile, f"{STYLE}/tile/{{z}}/{{y}}/{{x}}", form="json"),
    Operation("FeatureServer", services.describe_service, LAYER),
    Operation("layer", services.describe_layer, f"{LAYER}/0"),
    Operation("query", services.query_layer, f"{LAYER}/0/query"),
)


class PracticePortal:
    """The practice portal as an ASGI application; hand it to a server, or to `httpx.ASGITransport`.

    Args:
        account: `location-platform`, `online` or `enterprise`; Enterprise also answers below `/portal`.
        store: the SQLite file to keep everything in; a temporary one when None, removed by `close`.
        items: how many more items the first user owns.
        seed: of passwords and items; None for new passwords each time.
        log: a file that every request is noted in, one JSON object a line.
        clock: seconds since 1970; tests turn it.
        faults: faults to arm at once, see `fail`.

    Raises:
        ValueError: an unknown account or fault, or a file that is no store.
    """

    def __init__(
        self,
        account: str = "location-platform",
        *,
        store: Path | str | None = None,
        items: int = 0,
        seed: int | None = None,
        log: Path | str | None = None,
        clock: Callable[[], float] = time.time,
        faults: Iterable[str] = (),
    ) -> None:
        if account not in ACCOUNTS:
            raise ValueError(f"The account {account!r} is none of: {', '.join(ACCOUNTS)}.")
        self.account = ACCOUNTS[account]
        self.clock = clock
        self.faults = Faults({operation.name for operation in OPERATIONS}, faults)
        self.users: tuple[User, ...] = make_users(seed)
        self.table = FeatureTable.load()
        self.layer = hashlib.sha256(self.table.name.encode()).hexdigest()[:32]
        self.store = Store(store)
        self.log = RequestLog(Path(log) if log else None)
        self.reception = Reception(self.store, self.account, self.users)
        self.workers = ThreadPoolExecutor(2, "practice-drawing")
        self._furnish(items, seed)
        self._router = Router(
            [route for operation in OPERATIONS for route in operation.routes(self)],
            redirect_slashes=False,
            default=Endpoint(self, UNKNOWN),
        )

    def _furnish(self, items: int, seed: int | None) -> None:
        now = int(self.clock() * 1000)
        register_users(self.store, self.users, now)
        owner = self.users[0].username
        url = f"{services.LAYERS_PATH}/{self.table.name}/FeatureServer"
        layer = make_item(self.layer, owner, "Feature Service", self.table.title, now, url=url)
        seed_items(self.store, iter([layer]))
        seed_items(self.store, make_items(owner, items, seed, now))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; `//` and a trailing slash in its path make no difference."""
        if scope["type"] == "http":
            path = re.sub("/{2,}", "/", scope["path"]).rstrip("/") or "/"
            context = self.account.context
            if context and path.startswith(f"{context}/"):
                path = path.removeprefix(context)
            scope = {**scope, "path": path, "root_path": "", "path_params": {}}
        await self._router(scope, receive, send)

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

    def items_of(self, username: str) -> list[dict[str, Any]]:
        """A user's items straight from the store, oldest first."""
        rows = self.store.rows("SELECT * FROM items WHERE owner = ? ORDER BY rowid", username)
        return [describe_item(row, "") for row in rows]

    def describe(self, root: str) -> dict[str, Any]:
        """What a person or a program needs to begin: addresses, people with their passwords, the layer.

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
                "url": f"{root}{services.LAYERS_PATH}/{self.table.name}/FeatureServer/0",
            },
            "basemaps": {
                short: root + sharing.PATHS[name]
                for short, name in basemaps.items()
                if name in self.account.services
            },
        }

    def close(self) -> None:
        """Close log and store; a temporary store is removed."""
        self.workers.shutdown(cancel_futures=True)
        self.log.close()
        self.store.close()
