"""A class that begins at once, in a process of its own: sign in, make a key, load tiles; figures as JSON.

`python -m bench.students PORTAL TILES USERNAME NUMBER` with the password on standard input.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from datetime import timedelta

from bench.wire import REFERER, Wire

TILES = [f"{z}/{y}/{x}" for z, y, x in ((2, 1, 1), (2, 1, 2), (3, 2, 4), (3, 3, 4))] + [
    f"5/{y}/{x}" for y in (10, 11) for x in (15, 16, 17, 18)
]


async def study(
    wire: Wire, tiles: str, username: str, password: str, number: int
) -> tuple[float, list[float]]:
    """One student; the seconds that the four requests of a key took together, and each tile's seconds."""
    me = {"username": username, "password": password, "client": "referer", "referer": REFERER}
    token = (await wire.post("generateToken", **me))["token"]
    begin = time.perf_counter()
    key = await make_key(wire, token, username, f"Key of student {number}")
    took, loads = time.perf_counter() - begin, []
    for tile in TILES:
        begin = time.perf_counter()
        status, image = await wire.send("GET", f"{tiles}/{tile}", token=key)
        loads.append(time.perf_counter() - begin)
        if status != 200 or not image.startswith(b"\x89PNG"):
            raise ValueError(f"{tile}: {status}")
    return took, loads


async def make_key(wire: Wire, token: str, username: str, title: str) -> str:
    """The four requests."""
    home = f"content/users/{username}"
    item = (await wire.post(f"{home}/addItem", token, title=title, type="Application", tags="class"))["id"]
    granted = json.dumps(["premium:user:basemaps", "premium:user:staticbasemaptiles"])
    app = await wire.post(
        "oauth2/registerApp", token, itemId=item, appType="multiple", privileges=granted, httpReferrers="[]"
    )
    end = str(int((time.time() + timedelta(days=7).total_seconds()) * 1000))
    await wire.post(f"{home}/items/{item}/update", token, apiToken1ExpirationDate=end)
    names = {"client_id": app["client_id"], "client_secret": app["client_secret"]}
    slot = {"grant_type": "client_credentials", "apiToken": "1", "regenerateApiToken": "false"}
    return str((await wire.post("oauth2/token", **names, **slot))["access_token"])


async def hold_class(portal: str, tiles: str, username: str, number: int, password: str) -> dict[str, object]:
    """Every student at once; errors are counted and the first one is named."""
    wires = [Wire(portal) for _ in range(number)]
    begin = time.perf_counter()
    done = await asyncio.gather(
        *(study(wire, tiles, username, password, count) for count, wire in enumerate(wires)),
        return_exceptions=True,
    )
    took = time.perf_counter() - begin
    await asyncio.gather(*(wire.close() for wire in wires), return_exceptions=True)
    errors = [repr(one) for one in done if isinstance(one, BaseException)]
    good = [one for one in done if not isinstance(one, BaseException)]
    return {
        "keys": [one[0] for one in good],
        "tiles": [load for one in good for load in one[1]],
        "took": took,
        "errors": errors,
    }


if __name__ == "__main__":
    portal, tiles, username, number = sys.argv[1:]
    password = sys.stdin.readline().strip()
    print(json.dumps(asyncio.run(hold_class(portal, tiles, username, int(number), password))))
