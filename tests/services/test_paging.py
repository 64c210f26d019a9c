"""All rows, whatever the server gives at once and whatever happens meanwhile."""

from __future__ import annotations

import asyncio
import re

import pytest
from starlette.responses import JSONResponse

from arcgis_keywidget._http import Client
from arcgis_keywidget.errors import KeyWidgetError, PortalError, UnexpectedReplyError
from arcgis_keywidget.services.pace import Pace
from tests.services.hosted import Hosted, many

UNPAGED = {"advancedQueryCapabilities": {"supportsPagination": False}}


def ids_of(rows) -> list[int]:
    """The object ids, in the rows' order."""
    return [row["OBJECTID"] for row in rows]


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 20, 95])
@pytest.mark.parametrize("told", [{}, UNPAGED], ids=["paged", "by ids"])
async def test_all_rows_are_here_once_and_in_order(count: int, told: dict) -> None:
    """Pages of ten, with and without a server that counts from any row on."""
    rows = await many(count, **told).read()
    assert ids_of(rows) == [*range(1, count + 1)]
    assert rows.fields == ("OBJECTID", "name")
    assert not rows.exceeded


@pytest.mark.parametrize(("num", "exceeded"), [(1, True), (10, True), (25, True), (30, False), (99, False)])
@pytest.mark.parametrize("told", [{}, UNPAGED], ids=["paged", "by ids"])
async def test_a_number_limits_the_rows(num: int, exceeded: bool, told: dict) -> None:  # noqa: FBT001 (a parameter)
    """Those with the lowest ids; whether there are more is told."""
    rows = await many(30, **told).read(num=num)
    assert ids_of(rows) == [*range(1, min(num, 30) + 1)]
    assert rows.exceeded is exceeded


async def test_no_more_is_asked_for_than_there_is() -> None:
    """One count; pages in a fixed order, none beyond the end."""
    layer = many(25)
    await layer.read(where="name <> ''", fields=["name"])
    count, *pages = layer.asked
    assert count["returnCountOnly"] == "true"
    assert {page["where"] for page in layer.asked} == {"name <> ''"}
    assert {page["orderByFields"] for page in pages} == {"OBJECTID"}
    assert sorted((page["resultOffset"], page["resultRecordCount"]) for page in pages) == [
        ("0", "10"),
        ("10", "10"),
        ("20", "5"),
    ]


async def test_a_page_that_was_cut_short_is_asked_for_again() -> None:
    """The server keeps to a size in bytes, too: three rows at once, though it promises ten."""
    layer = many(25)

    def cut(form: dict) -> None:
        if "resultOffset" in form:
            form["resultRecordCount"] = str(min(3, int(form["resultRecordCount"])))

    layer.before = cut
    assert ids_of(await layer.read()) == [*range(1, 26)]


async def test_a_page_without_rows_is_not_the_end() -> None:
    """Servers count towards a page before they look closely at the place; that more follows is told then."""
    layer = many(25)

    def empty(form: dict) -> None:
        if form.get("resultOffset") == "10":
            form["resultRecordCount"] = "0"

    layer.before = empty
    assert ids_of(await layer.read(bbox=(0, -1, 1, 1))) == [*range(1, 26)]
    assert {form["geometry"] for form in layer.asked} == {"0.0,-1.0,1.0,1.0"}


@pytest.mark.parametrize("told", [{}, UNPAGED], ids=["paged", "by ids"])
async def test_answers_that_are_too_long_become_shorter_ones(told: dict, monkeypatch) -> None:
    """Ten rows of many corners are more than is read at once; one that is too long by itself is an error."""
    layer = many(25, **told)
    monkeypatch.setitem(Client.send.__kwdefaults__, "most_bytes", 700)
    assert ids_of(await layer.read()) == [*range(1, 26)]
    long = {"type": "LineString", "coordinates": [[0, 0]] * 200}
    layer = Hosted({}, [({}, None), ({}, long), ({}, None)], **told)
    with pytest.raises(UnexpectedReplyError, match="sends more than"):
        await layer.read()
    assert any("1" in (form.get("resultRecordCount"), form.get("objectIds")) for form in layer.asked)


@pytest.mark.parametrize("gone", [[1], [1, 2, 3, 12, 25], [*range(1, 15)]])
async def test_rows_that_are_deleted_meanwhile_take_no_others_along(gone: list[int]) -> None:
    """Pages shift when rows go; those that slipped through are found by their ids."""
    layer = many(25)

    def delete(form: dict) -> None:
        if form.get("resultOffset") == "10":
            layer.ids = [number for number in layer.ids if number not in gone]

    layer.before = delete
    assert ids_of(await layer.read()) == [number for number in range(1, 26) if number not in gone]


async def test_rows_that_are_listed_but_not_given_are_told() -> None:
    """The layer's own list says there are more: a warning, and no word of all being here."""
    layer = many(25)

    def hide(form: dict) -> None:
        if "objectIds" in form:
            form["objectIds"] = re.sub(r"\b7\b", "0", form["objectIds"])
        elif "resultOffset" in form:
            form["resultRecordCount"] = "6" if form["resultOffset"] == "0" else form["resultRecordCount"]
            form["resultOffset"] = "7" if form["resultOffset"] == "6" else form["resultOffset"]

    layer.before = hide
    with pytest.warns(UserWarning, match="lists 1 row that it did not give"):
        rows = await layer.read()
    assert ids_of(rows) == [number for number in range(1, 26) if number != 7]
    assert rows.exceeded


@pytest.mark.parametrize("odd", ["", [], "OBJECTID", 1])
async def test_a_layer_that_tells_oddly_of_itself_is_read(odd: object) -> None:
    """Members that should be objects and are not count as absent."""
    told = {"objectIdField": None, "uniqueIdField": odd, "advancedQueryCapabilities": odd}
    assert ids_of(await many(25, **told).read()) == [*range(1, 26)]


async def test_without_object_ids_there_is_one_page() -> None:
    """Nothing tells rows apart; that there are more is told."""
    layer = many(25, objectIdField=None, fields=[{"name": "name", "type": "esriFieldTypeString"}])
    rows = await layer.read()
    assert len(rows) == 10
    assert rows.exceeded


@pytest.mark.parametrize(
    ("can", "asked"),
    [
        ({"supportsQueryWithResultType": True}, {"resultType": "standard"}),
        ({"supportsMaxRecordCountFactor": True}, {"maxRecordCountFactor": "5"}),
    ],
    ids=["standard", "factor"],
)
async def test_many_pages_become_fewer_where_it_is_offered(can: dict, asked: dict, monkeypatch) -> None:
    """Larger pages, when four rounds of requests would not do; short answers to them lose nothing."""
    monkeypatch.setattr(Pace, "for_host", lambda _, tell: Pace(1, tell=tell))
    can = {"supportsPagination": True, **can}
    layer = many(95, standardMaxRecordCount=80, advancedQueryCapabilities=can)
    assert ids_of(await layer.read()) == [*range(1, 96)]
    pages = [form for form in layer.asked if "resultOffset" in form]
    assert all(asked.items() <= form.items() for form in pages)
    assert pages[0]["resultRecordCount"] == "24"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"error": {"code": 400, "message": "Cannot perform query."}}, PortalError),
        ({"currentVersion": 11}, UnexpectedReplyError),
        ({"type": "FeatureCollection", "features": [None]}, UnexpectedReplyError),
    ],
)
async def test_a_page_that_fails_is_one_clear_error(answer: dict, kind: type) -> None:
    """No group of errors, and no half of the rows."""
    layer = many(95)
    layer.before = lambda form: JSONResponse(answer) if form.get("resultOffset") == "50" else None
    with pytest.raises(kind):
        await layer.read()


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"supportedQueryFormats": "JSON"}, "cannot answer in GeoJSON"),
        ({"fields": None, "type": "Group Layer"}, "no rows: this is a 'Group Layer'"),
        ({"fields": None, "type": ""}, "did not describe itself"),
    ],
)
async def test_what_cannot_be_read_is_told(told: dict, message: str) -> None:
    """Before a page is asked for."""
    layer = many(5, **told)
    with pytest.raises((KeyWidgetError, ValueError), match=message):
        await layer.read()
    assert not any("resultOffset" in form for form in layer.asked)


async def test_a_cancel_leaves_nothing_under_way() -> None:
    """Tasks end with the reading, whatever it waits for."""
    layer = Hosted({}, [({}, None)] * 50)
    reached = asyncio.Event()

    def note(form: dict) -> JSONResponse | None:
        if form.get("resultOffset") == "20":
            reached.set()
            return JSONResponse({"error": {"code": 429, "message": "Too many."}})  # waited out for a minute
        return None

    layer.before = note
    before = asyncio.all_tasks()
    reading = asyncio.create_task(layer.read())
    await reached.wait()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert asyncio.all_tasks() <= before
