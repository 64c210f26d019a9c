"""A hosted feature layer of any columns and shapes, whose rows may come and go while it is read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import httpx
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from arcgis_keywidget import ApiKey
from arcgis_keywidget.services.features import rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from arcgis_keywidget.services.feature_rows import FeatureRows

ROOT = "http://127.0.0.1:6443/arcgis/rest/services/Things/FeatureServer"


class Hosted:
    """The layer.

    Args:
        kinds: types of the columns by their names, beside the object id.
        features: values of the columns, and a GeoJSON geometry.
        told: members of its document that differ.

    Attributes:
        ids: what is there.
        asked: the form of every query.
        before: called with each form; an answer of it takes the place of the right one.
    """

    def __init__(
        self, kinds: dict[str, str], features: list[tuple[dict[str, Any], Any]], **told: Any
    ) -> None:
        self._kinds = {"OBJECTID": "OID", **kinds}
        self._features = dict(enumerate(features, start=1))
        self._told = told
        self.ids = [*self._features]
        self.asked: list[dict[str, str]] = []
        self.before: Callable[[dict[str, str]], Response | None] = lambda _: None

    async def read(self, **settings: Any) -> FeatureRows:
        """Read it as people do, without a socket."""
        routes = [
            Route("/arcgis/rest/services/Things/FeatureServer/0", self._describe),
            Route("/arcgis/rest/services/Things/FeatureServer/0/query", self._query, methods=["POST"]),
        ]
        transport = httpx.ASGITransport(Starlette(routes=routes))
        key = ApiKey("AAPTkey", portal="http://127.0.0.1:6443")
        return await rows(f"{ROOT}/0", key=key, transport=transport, **settings)

    @property
    def page(self) -> int:
        """Rows in one answer."""
        return int(self._told.get("maxRecordCount", 10))

    async def _describe(self, _: Request) -> Response:
        fields = [{"name": name, "type": f"esriFieldType{kind}"} for name, kind in self._kinds.items()]
        document = {
            "type": "Feature Layer",
            "objectIdField": "OBJECTID",
            "fields": fields,
            "maxRecordCount": 10,
            "supportedQueryFormats": "JSON, geoJSON, PBF",
            "advancedQueryCapabilities": {"supportsPagination": True, "supportsOrderBy": True},
        }
        return JSONResponse(document | self._told)

    async def _query(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        self.asked.append(form)
        instead = self.before(form)
        return instead if instead is not None else self._answer(form)

    def _answer(self, form: dict[str, str]) -> Response:
        if "returnCountOnly" in form:
            return JSONResponse({"count": len(self.ids)})
        if "returnIdsOnly" in form:
            return JSONResponse({"objectIdFieldName": "OBJECTID", "objectIds": self.ids[::-1]})
        chosen = self.ids
        if "objectIds" in form:
            chosen = [number for number in chosen if number in set(map(int, form["objectIds"].split(",")))]
        first = int(form.get("resultOffset", 0))
        size = min(int(form.get("resultRecordCount", self.page)), self.page)
        return self._write(chosen[first : first + size], form, cut=len(chosen) > first + size)

    def _write(self, ids: list[int], form: dict[str, str], *, cut: bool) -> Response:
        names = form["outFields"].split(",")
        features = []
        for number in ids:
            values, geometry = self._features[number]
            whole = {"OBJECTID": number, **values}
            properties = {name: whole.get(name) for name in names}
            features.append({"type": "Feature", "id": number, "geometry": geometry, "properties": properties})
        document = {"type": "FeatureCollection", "features": features}
        body = json.dumps(document | ({"exceededTransferLimit": True} if cut else {}))
        return Response(body, media_type="application/geo+json")


def many(count: int, **told: Any) -> Hosted:
    """So many points in a row."""
    features = [
        ({"name": f"Thing {number}"}, {"type": "Point", "coordinates": [number / 1000, 0]})
        for number in range(count)
    ]
    return Hosted({"name": "String"}, features, **told)
