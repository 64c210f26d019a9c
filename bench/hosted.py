"""A hosted feature layer of 100,000 seeded points in a process of its own, as fast as a real one may be.

    python -m bench.hosted

It prints its addresses, over plain HTTP and over TLS, and ends with its parent. Answers are made once and
kept, so that what is measured is the client; each takes `LATENCY` longer than that.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import socket
import subprocess
import sys
import uuid
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from hypercorn.asyncio import serve
from hypercorn.config import Config
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from arcgis_keywidget.practice.tls import keep_certificate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from starlette.requests import Request

ROWS, PAGE, LATENCY, SEED = 100_000, 2000, 0.02, 7
ROOT = "/server/rest/services/Trees/FeatureServer"
OBJECT_ID = "OBJECTID"
FIELDS = {
    OBJECT_ID: "OID",
    "GlobalID": "GlobalID",
    "species": "String",
    "street": "String",
    "condition": "SmallInteger",
    "planted": "Integer",
    "height_m": "Double",
    "girth_cm": "Integer",
    "surveyed": "Date",
}
SPECIES = ("Acer platanoides", "Betula pendula", "Quercus robur", "Tilia cordata", "Platanus hispanica")
STREETS = ("Gartenstraße", "Lindenallee", "Am Markt", "Hafenweg", "Rosenstraße", "Kirchplatz")
IN_DEGREES = {"wkid": 4326, "latestWkid": 4326}


@lru_cache
def trees() -> list[tuple[dict[str, Any], float, float]]:
    """The attributes and the place of each."""
    chance = random.Random(SEED)  # noqa: S311 (the same trees each time)
    return [
        (
            {
                OBJECT_ID: number,
                "GlobalID": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
                "species": chance.choice(SPECIES),
                "street": f"{chance.choice(STREETS)} {chance.randint(1, 250)}",
                "condition": chance.choice((1, 2, 3, 4, None)),
                "planted": chance.randint(1880, 2024),
                "height_m": round(chance.uniform(1, 38), 2),
                "girth_cm": chance.randint(8, 500),
                "surveyed": chance.choice((None, *[1_500_000_000_000 + chance.randint(0, 2 * 10**11)] * 9)),
            },
            chance.uniform(6.8, 7.2),
            chance.uniform(50.8, 51.1),
        )
        for number in range(1, ROWS + 1)
    ]


async def describe(request: Request) -> Response:
    """What the layer says of itself, as far as clients read it."""
    await request.body()  # or the connection would be closed on those who have sent one
    can = ("Pagination", "OrderBy", "Statistics", "Distinct", "ReturningQueryExtent")
    return JSONResponse(
        {
            "currentVersion": 11.4,
            "id": 0,
            "name": "Trees",
            "type": "Feature Layer",
            "geometryType": "esriGeometryPoint",
            "objectIdField": OBJECT_ID,
            "globalIdField": "GlobalID",
            "displayField": "species",
            "fields": fields(),
            "hasM": False,
            "hasZ": False,
            "maxRecordCount": PAGE,
            "supportedQueryFormats": "JSON, geoJSON",
            "supportsAdvancedQueries": True,
            "supportsStatistics": True,
            "capabilities": "Query",
            "advancedQueryCapabilities": {f"supports{name}": True for name in can},
            "extent": {"xmin": 6.8, "ymin": 50.8, "xmax": 7.2, "ymax": 51.1, "spatialReference": IN_DEGREES},
        }
    )


def fields() -> list[dict[str, Any]]:
    """The columns."""
    return [
        {"name": name, "alias": name, "type": f"esriFieldType{kind}", "nullable": name != OBJECT_ID}
        | ({"length": 80} if kind in {"String", "GlobalID"} else {})
        for name, kind in FIELDS.items()
    ]


async def query(request: Request) -> Response:
    """Rows, their number or their ids; of a condition, that it holds for all."""
    form = dict(request.query_params) | dict(await request.form())
    await asyncio.sleep(LATENCY)
    if form.get("where", "1=1").replace(" ", "") not in {"1=1", "(1=1)"}:
        error = {"code": 400, "message": "This layer is read whole.", "details": []}
        return JSONResponse({"error": error})
    ids = tuple(int(number) for number in str(form.get("objectIds") or "").split(",") if number)
    if form.get("returnCountOnly", "").lower() == "true":
        return JSONResponse({"count": ROWS})
    if form.get("returnIdsOnly", "").lower() == "true":
        return JSONResponse({"objectIdFieldName": OBJECT_ID, "objectIds": [*range(1, ROWS + 1)]})
    first = int(form.get("resultOffset") or 0)
    size = min(int(form.get("resultRecordCount") or PAGE), PAGE)
    if not ids:
        ids = tuple(range(first + 1, min(first + size, ROWS) + 1))
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    geo = form.get("f", "json").lower() == "geojson"
    body = write(ids[:PAGE], geo=geo, cut=bool(ids) and ids[-1] < ROWS, zipped=zipped)
    kind = "application/geo+json" if geo else "application/json"
    headers = {"vary": "accept-encoding", **({"content-encoding": "gzip"} if zipped else {})}
    return Response(body, media_type=kind, headers=headers)


@lru_cache(maxsize=512)
def write(ids: Sequence[int], *, geo: bool, cut: bool, zipped: bool) -> bytes:
    """The answer with these rows."""
    rows = [trees()[number - 1] for number in ids]
    document = (_geojson if geo else _json)(rows)
    document |= {"exceededTransferLimit": True} if cut else {}
    if geo and cut:
        document["properties"] = {"exceededTransferLimit": True}
    body = json.dumps(document, separators=(",", ":")).encode()
    return gzip.compress(body, 5) if zipped else body


def _json(rows: Sequence[tuple[Mapping[str, Any], float, float]]) -> dict[str, Any]:
    return {
        "objectIdFieldName": OBJECT_ID,
        "globalIdFieldName": "GlobalID",
        "geometryType": "esriGeometryPoint",
        "spatialReference": IN_DEGREES,
        "fields": fields(),
        "features": [{"attributes": values, "geometry": {"x": x, "y": y}} for values, x, y in rows],
    }


def _geojson(rows: Sequence[tuple[Mapping[str, Any], float, float]]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "EPSG:4326"}},
        "features": [
            {
                "type": "Feature",
                "id": values[OBJECT_ID],
                "geometry": {"type": "Point", "coordinates": [x, y]},
                "properties": values,
            }
            for values, x, y in rows
        ],
    }


@contextmanager
def hosted() -> Iterator[dict[str, str]]:
    """Serve while the block runs; the layer's addresses, `plain` and `secure`."""
    command = [sys.executable, "-m", "bench.hosted"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None  # noqa: S101 (pipes, as asked for above)
        assert child.stdout is not None  # noqa: S101 (same)
        try:
            yield json.loads(child.stdout.readline())
        finally:
            child.stdin.close()


def listen() -> socket.socket:
    """A free port of this machine."""
    place = socket.socket()
    place.bind(("127.0.0.1", 0))
    place.listen(128)
    return place


async def main() -> None:
    """Serve until the parent closes our input."""
    trees()
    places = {"plain": listen(), "secure": listen()}
    config = Config()
    config.insecure_bind = [f"fd://{places['plain'].fileno()}"]
    config.bind = [f"fd://{places['secure'].fileno()}"]
    config.certfile = config.keyfile = str(keep_certificate().private)
    config.loglevel = "ERROR"
    config.keep_alive_timeout = 3600
    config.keep_alive_max_requests = 1_000_000
    routes = [
        Route(f"{ROOT}/0", describe, methods=["GET", "POST"]),
        Route(f"{ROOT}/0/query", query, methods=["GET", "POST"]),
    ]
    end = asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    schemes = {"plain": "http", "secure": "https"}
    ports = {name: place.getsockname()[1] for name, place in places.items()}
    addresses = {name: f"{schemes[name]}://127.0.0.1:{port}{ROOT}/0" for name, port in ports.items()}
    print(json.dumps(addresses), flush=True)
    await serve(Starlette(routes=routes), config, shutdown_trigger=lambda: end)


if __name__ == "__main__":
    asyncio.run(main())
