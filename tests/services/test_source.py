"""Basemaps as a map sees them: pictures, vector styles, and what these are drawn from."""

from __future__ import annotations

import json

import httpx
import mapbox_vector_tile
import pytest

from arcgis_keywidget import ApiKey
from arcgis_keywidget.errors import (
    FieldError,
    HostRefusedError,
    KeyWidgetError,
    PrivilegeError,
    TokenError,
    UnexpectedReplyError,
)
from arcgis_keywidget.models import LocationServices, Preferences
from arcgis_keywidget.practice.basemaps.styles import STYLES
from arcgis_keywidget.services.catalogue import catalogue
from arcgis_keywidget.services.connection import Connection
from arcgis_keywidget.services.source import BasemapSource

STREETS = "arcgis/streets"
BASE = "http://127.0.0.1:9/cap/1"


@pytest.fixture
async def connection(make_key):
    """A key's connection on the test's own loop."""
    async with Connection(make_key()) as connection:
        yield connection


def addresses_in(document: object) -> set[str]:
    """Every text in a document that could lead anywhere."""
    if isinstance(document, dict):
        return set().union(*map(addresses_in, document.values()))
    if isinstance(document, list):
        return set().union(*map(addresses_in, document))
    return {document} if isinstance(document, str) and "://" in document else set()


@pytest.mark.parametrize("style", [*STYLES, "arcgis/imagery/labels", "arcgis/light-gray/base"])
async def test_a_style_names_nothing_but_its_own_base(connection, style: str) -> None:
    """No service, no key; credits, tiles, letters and icons below the base."""
    document = await BasemapSource(connection, style).vector.json(BASE)
    found = {url for url in addresses_in(document) if not url.startswith("http://www.w3.org")}
    assert found
    assert all(url.startswith(BASE) for url in found), found
    assert connection.key not in json.dumps(document)
    assert all("url" not in source for source in document["sources"].values())
    assert all("Natural Earth" in source["attribution"] for source in document["sources"].values())
    drawn = {layer.get("source", name) for layer in document["layers"] for name in document["sources"]}
    assert drawn <= document["sources"].keys()


async def test_every_part_of_a_style_is_there_by_name(served, connection) -> None:
    """Tiles, letters, icons; each is asked for once, with the key in a header."""
    vector = BasemapSource(connection, STREETS).vector
    sent = len(served.portal.requests)
    tile = await vector.tile("esri", 1, 0, 1)
    assert mapbox_vector_tile.decode(tile.content)
    assert (await vector.glyphs("Arial Regular", "0-255")).content.startswith(b"\x0a")
    assert json.loads((await vector.sprite("sprite@2x.json")).content) is not None
    assert (await vector.sprite("sprite.png")).content_type == "image/png"
    asked = served.portal.requests[sent:]
    assert await vector.tile("esri", 1, 0, 1) is tile
    assert served.portal.requests[sent:] == asked
    assert {entry["token_by"] for entry in asked} == {"X-Esri-Authorization"}
    assert next(entry["path"] for entry in asked if "tile" in entry["path"]).endswith("/tile/1/1/0.pbf")


async def test_pictures_inside_a_style(connection) -> None:
    """Imagery is drawn over tiles of 256 px."""
    vector = BasemapSource(connection, "arcgis/imagery").vector
    sources = (await vector.json(BASE))["sources"]
    assert sources["imagery"]["tiles"] == [f"{BASE}/tiles/imagery/{{z}}/{{x}}/{{y}}.img"]
    assert sources["imagery"]["tileSize"] == 256
    assert (await vector.tile("imagery", 2, 3, 1)).content_type in {"image/png", "image/jpeg"}


@pytest.mark.parametrize(
    ("ask", "field"),
    [
        (lambda vector: vector.tile("else", 0, 0, 0), "source"),
        (lambda vector: vector.tile("esri", 0, 1, 0), "x"),
        (lambda vector: vector.glyphs("Arial Regular", "1-256"), "range"),
        (lambda vector: vector.glyphs("Arial Regular", "0-511"), "range"),
        (lambda vector: vector.glyphs("../../x", "0-255"), "fontstack"),
        (lambda vector: vector.glyphs("..", "0-255"), "fontstack"),
        (lambda vector: vector.glyphs("a?token=", "0-255"), "fontstack"),
        (lambda vector: vector.sprite("sprite.svg"), "sprite"),
    ],
)
async def test_what_is_no_part_is_never_asked_for(served, connection, ask, field: str) -> None:
    """A name leads nowhere but to a part of the style."""
    vector = BasemapSource(connection, STREETS).vector
    await vector.document()
    sent = len(served.portal.requests)
    with pytest.raises(FieldError) as caught:
        await ask(vector)
    assert caught.value.field == field
    assert len(served.portal.requests) == sent


async def test_preferences_go_with_the_request(served, connection) -> None:
    """Language, worldview and places of a style; static tiles take no places."""
    wanted = Preferences(language="de", places="all")
    source = BasemapSource(connection, STREETS, wanted)
    await source.vector.document()
    assert {"language", "places"} <= set(served.portal.requests[-1]["query"])
    await source.raster.tile(0, 0, 0)
    assert "language" in served.portal.requests[-1]["query"]
    assert "places" not in served.portal.requests[-1]["query"]
    plain, german = [
        (await BasemapSource(connection, STREETS, one).vector.document()).style for one in (None, wanted)
    ]
    assert plain != german


async def test_a_choice_that_a_style_does_not_have(connection) -> None:
    """Named with its field, also where it cannot be a code at all."""
    with pytest.raises(FieldError, match="arcgis/light-gray"):
        await BasemapSource(connection, "arcgis/light-gray", Preferences(places="all")).vector.document()
    with pytest.raises(FieldError, match="open/streets is not offered with language 'de'"):
        await BasemapSource(connection, "open/streets", Preferences(language="de")).raster.tile(0, 0, 0)
    with pytest.raises(FieldError, match="language"):
        Preferences(language="de&token=x")


@pytest.mark.parametrize("kind", ["raster", "vector"])
async def test_a_style_that_nobody_knows(connection, kind: str) -> None:
    """The way to those that exist is told."""
    source = BasemapSource(connection, "arcgis/nowhere")
    asked = source.raster.tile(0, 0, 0) if kind == "raster" else source.vector.document()
    with pytest.raises(FieldError, match=r"arcgis/nowhere.*basemaps\(\)"):
        await asked


async def test_a_session_stands_in_for_the_key(served, connection) -> None:
    """One is started for a family; it lasts, and opens styles and tiles."""
    for _ in range(2):
        vector = BasemapSource(connection, STREETS, session=True).vector
        assert (await vector.tile("esri", 0, 0, 0)).content
    starts = [one for one in served.portal.requests if one["path"].endswith("sessions/start")]
    session = await vector.session()
    assert len(starts) >= 1
    assert session.token.reveal().startswith("AAST")
    assert "AAST" not in repr(session)
    sent = len(served.portal.requests)
    await BasemapSource(connection, "arcgis/light-gray", session=True).vector.document()
    assert len(served.portal.requests) == sent + 1


async def test_a_privilege_that_the_key_lacks_is_named(make_key) -> None:
    """Which one depends on what is asked for."""
    async with Connection(make_key(privileges=("premium:user:staticbasemaptiles",))) as connection:
        source = BasemapSource(connection, STREETS)
        with pytest.raises(PrivilegeError, match="premium:user:basemaps"):
            await source.vector.document()
        assert (await source.raster.tile(0, 0, 0)).content
    async with Connection(make_key(privileges=("premium:user:basemaps",))) as connection:
        with pytest.raises(PrivilegeError, match="premium:user:staticbasemaptiles"):
            await BasemapSource(connection, STREETS).raster.tile(0, 0, 0)


async def test_the_list_of_styles_is_read_once(served, connection) -> None:
    """Both services' entries, each with what it can be asked for."""
    found = await catalogue(connection.client, connection.services)
    sent = len(served.portal.requests)
    assert await catalogue(connection.client, connection.services) is found
    assert len(served.portal.requests) == sent
    streets = found.find(STREETS)
    assert (streets.vector, streets.raster, streets.part) == (True, True, False)
    assert found.find("arcgis/imagery/labels").part
    assert "de" in found.languages
    assert set(found.places) == {"none", "attributed", "all"}


def answering(document: object) -> httpx.MockTransport:
    """A service of somebody else."""
    return httpx.MockTransport(lambda _: httpx.Response(200, json=document))


async def test_a_hostile_style_leads_nowhere() -> None:
    """Its addresses are not handed on, its credits are no markup, and its tiles are not fetched elsewhere."""
    key = ApiKey(
        "AAPTplain", portal="http://127.0.0.1:9", services=LocationServices(styles="http://127.0.0.1:9/s")
    )
    evil = {
        "version": 8,
        "metadata": {"url": "https://evil.example.com"},
        "sources": {
            "a": {
                "type": "vector",
                "tiles": ["https://evil.example.com/{z}/{x}/{y}"],
                "attribution": "<img src=x onerror=alert(1)> &lt;b&gt;Data",
            },
            "b": {"type": "geojson", "data": "https://evil.example.com/data"},
        },
        "layers": [{"id": "1", "type": "fill", "source": "a"}, {"id": "2", "type": "fill", "source": "b"}],
        "sprite": "https://evil.example.com/sprite",
        "token": "x",
    }
    async with Connection(key, answering(evil)) as connection:
        vector = BasemapSource(connection, STREETS).vector
        document = await vector.json(BASE)
        assert "evil" not in json.dumps(document)
        assert "<img" not in document["sources"]["a"]["attribution"]
        assert [layer["id"] for layer in document["layers"]] == ["1"]
        for asked in (vector.tile("a", 0, 0, 0), vector.sprite("sprite.png")):
            with pytest.raises(HostRefusedError, match=r"evil\.example\.com"):
                await asked


@pytest.mark.parametrize("document", [{}, {"sources": [], "layers": []}, {"sources": {}, "layers": {}}])
async def test_what_is_no_style(document: dict) -> None:
    """A portal's page, or an answer of something else."""
    key = ApiKey(
        "AAPTplain", portal="http://127.0.0.1:9", services=LocationServices(styles="http://127.0.0.1:9/s")
    )
    async with Connection(key, answering(document)) as connection:
        with pytest.raises(UnexpectedReplyError, match="style"):
            await BasemapSource(connection, STREETS).vector.document()


async def test_a_source_that_only_names_its_service(served, connection) -> None:
    """The service is asked where its tiles are, with the key; so its root never goes to a page."""
    root = served.url + "/arcgis/rest/services/World_Basemap_v2/VectorTileServer"
    bare = {"version": 8, "sources": {"esri": {"type": "vector", "url": root}}, "layers": []}
    vector = BasemapSource(connection, STREETS).vector
    from arcgis_keywidget.services.style_document import StyleDocument

    vector._document = StyleDocument.read(bare, root)
    assert mapbox_vector_tile.decode((await vector.tile("esri", 0, 0, 0)).content)


async def test_an_account_without_basemaps() -> None:
    """Pictures and styles are absent, and a key without them says so."""
    async with Connection(ApiKey("AAPTplain", portal="https://gis.example.com/portal")) as connection:
        source = BasemapSource(connection, STREETS)
        assert source.raster is None
        assert source.vector is None


async def test_a_custom_style_is_an_item(connection) -> None:
    """Its id names it; there are no pictures of it."""
    source = BasemapSource(connection, "0" * 32)
    assert source.raster is None
    with pytest.raises(FieldError, match="basemaps"):
        await source.vector.document()


async def test_a_key_that_is_not_accepted_says_why(served) -> None:
    """As everywhere."""
    real = served.portal.describe(served.url)["basemaps"]
    services = LocationServices(styles=real["styles"], static_tiles=real["static"])
    async with Connection(ApiKey("AAPTwrong", portal=served.url, services=services)) as connection:
        with pytest.raises(TokenError, match="does not accept this key"):
            await BasemapSource(connection, STREETS).vector.document()
        with pytest.raises(KeyWidgetError, match="does not accept this key"):
            await BasemapSource(connection, STREETS, session=True).vector.session()
