from __future__ import annotations

import gzip
import json

import mapbox_vector_tile
import pytest

from arcgis_keywidget import ApiKey
from arcgis_keywidget.maps import desk

STYLES, TILES = "premium:user:basemaps", "premium:user:staticbasemaptiles"


def shown(answer):
    """The style that an answer carries."""
    return json.loads(answer["buffers"][0])


def test_style_names_its_parts_and_nothing_else(open_map):
    """Every address in the style is below a scheme of ours, numbered anew each time it is opened."""
    page = open_map()
    first, second = (page.ask("style", style="arcgis/streets", webgl=True) for _ in range(2))
    assert (first["mode"], second["number"]) == ("vector", first["number"] + 1)
    style = shown(second)
    base = f"akw://{second['number']}"
    assert style["sources"]["esri"]["tiles"] == [f"{base}/tiles/esri/{{z}}/{{x}}/{{y}}.pbf"]
    assert (style["glyphs"], style["sprite"]) == (
        f"{base}/glyphs/{{fontstack}}/{{range}}.pbf",
        f"{base}/sprite",
    )
    assert "http" not in json.dumps({**style, "sources": {}})
    assert "Natural Earth" in second["credit"]


def test_parts_of_a_style(open_map):
    """A vector tile that another's decoder reads, letters, an index of icons and their picture."""
    page = open_map()
    of = {"number": page.ask("style", style="arcgis/streets", webgl=True)["number"]}
    tile = page.ask("tile", source="esri", z=0, x=0, y=0, **of)["buffers"][0]
    assert mapbox_vector_tile.decode(tile)
    assert page.ask("glyphs", fontstack="Arial Regular", range="0-255", **of)["buffers"][0]
    assert json.loads(page.ask("sprite", name="sprite.json", **of)["buffers"][0]) is not None
    assert page.ask("sprite", name="sprite.png", **of)["buffers"][0].startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("granted", "webgl", "mode"),
    [
        ((STYLES, TILES), True, "vector"),
        ((STYLES, TILES), False, "pictures"),
        ((TILES,), True, "pictures"),
        ((STYLES,), True, "vector"),
    ],
)
def test_drawn_whichever_way_key_and_browser_allow(open_map, make_key, granted, webgl, mode):
    """Vectors first; pictures without WebGL, and with a key that opens no styles."""
    page = open_map(key=make_key(privileges=granted))
    opened = page.ask("style", style="arcgis/streets", webgl=webgl)
    assert (opened["ok"], opened["mode"]) == (True, mode)
    of = {"number": opened["number"], "z": 1, "x": 0, "y": 1}
    source = next(iter(shown(opened)["sources"]))
    content = page.ask("tile", source=source, **of)
    assert content["ok"]
    assert (content["type"] == "image/png") == (mode == "pictures")


def test_no_pictures_without_their_privilege(open_map, make_key):
    """Without WebGL a key for styles alone draws nothing: the missing privilege is named."""
    page = open_map(key=make_key(privileges=(STYLES,)))
    error = page.ask("style", style="arcgis/streets", webgl=False)["error"]
    assert TILES in error["hint"]


def test_account_without_pictures_needs_webgl(open_map, make_key):
    """An Online account has no static tiles: a browser without WebGL is told so."""
    key = make_key()
    online = ApiKey(str(key), portal=key.portal, services=type(key.services)(styles=key.services.styles))
    page = open_map(key=online)
    assert "WebGL" in page.ask("style", style="arcgis/streets", webgl=False)["error"]["title"]
    assert page.ask("style", style="arcgis/streets", webgl=True)["mode"] == "vector"


def test_a_name_that_is_no_style_is_told_as_that(open_map):
    """It is not said that only its pictures are missing."""
    error = open_map().ask("style", style="arcgis/street", webgl=True)["error"]
    assert "knows no style 'arcgis/street'" in error["title"]


def test_styles_to_choose_from(open_map):
    """Whole styles only, with their titles, and how each may be drawn."""
    told = open_map(center=(13.4, 52.5), zoom=9).ask("open")
    names = [style["name"] for style in told["styles"]]
    assert "arcgis/streets" in names
    assert not any(name.count("/") > 1 for name in names)
    assert (told["style"], told["center"], told["zoom"], told["layer"]) == (
        "arcgis/streets",
        (13.4, 52.5),
        9.0,
        False,
    )


def test_refused_key_is_told_in_words(open_map, make_key):
    """Not with the service's address, and never with the key."""
    good = make_key()
    bad = ApiKey("AAPTpracticeRevokedLongAgo", portal=good.portal, services=good.services)
    page = open_map(key=bad)
    answer = page.ask("style", style="arcgis/streets", webgl=True)
    assert "does not accept this key" in answer["error"]["title"]
    assert "http" not in json.dumps(answer)


def test_layer_that_was_not_granted(open_map, make_key, served):
    """The item is named, with the way to grant it."""
    page = open_map(key=make_key(items=()), layer=served.portal.layer)
    error = page.ask("layer")["error"]
    assert served.portal.layer in error["title"]
    assert "KeyRequest" in error["hint"]


@pytest.mark.parametrize(
    "message",
    [
        {"kind": "tile", "number": 99, "source": "esri", "z": 0, "x": 0, "y": 0},
        {"kind": "tile", "number": 1, "source": "other", "z": 0, "x": 0, "y": 0},
        {"kind": "tile", "number": 1, "source": "esri", "z": 0, "x": 1, "y": 0},
        {"kind": "tile", "number": 1, "source": "esri", "z": True, "x": 0, "y": 0},
        {"kind": "tile", "number": 1, "source": ["esri"], "z": 0, "x": 0, "y": 0},
        {"kind": "glyphs", "number": 1, "fontstack": "../../styles", "range": "0-255"},
        {"kind": "glyphs", "number": 1, "fontstack": "Arial Regular", "range": "1-2"},
        {"kind": "sprite", "number": 1, "name": "../self"},
        {"kind": "style", "style": "arcgis/../../self", "webgl": True},
        {"kind": "style", "style": "https://example.com/", "webgl": True},
        {"kind": "code", "part": "../../../etc/passwd"},
        {"kind": "layer"},
        {"kind": "__init__"},
        {"kind": ["tile"]},
        {},
    ],
)
def test_odd_questions_are_refused(open_map, served, message):
    """Each is answered with words, and nothing of it reaches the service."""
    page = open_map()
    page.ask("style", style="arcgis/streets", webgl=True)
    before = len(served.portal.requests)
    answer = page.finish(page_send(page, message))
    assert answer["ok"] is False
    assert answer["error"]["title"]
    assert len(served.portal.requests) == before


def page_send(page, message):
    """Send a message of any content under an id of its own."""
    page.send({**message, "id": "odd"})
    return "odd"


@pytest.mark.parametrize("content", [None, "tile", [1], {"kind": "here"}, {"kind": "here", "id": "x" * 65}])
def test_what_has_no_id_is_answered_to_nobody(open_map, wire, content):
    """No error, and the map goes on."""
    page = open_map()
    page.send(content)
    wire.await_true(lambda: [one for one in page.answers() if one["re"] is None])
    assert page.ask("here")["ok"]


def test_what_is_no_longer_wanted_is_stopped(open_map, served):
    """A tile that the page dropped is answered at once, while the service is still slow."""
    page = open_map()
    number = page.ask("style", style="arcgis/streets", webgl=True)["number"]
    served.portal.fail("VectorTileServer/tile:slow=20")
    asked = page.start("tile", number=number, source="esri", z=3, x=1, y=1)
    assert page.ask("drop", tickets=[asked, "unknown", 7])["ok"]
    assert page.finish(asked)["ok"] is False


def test_too_much_at_once_is_refused(open_map, monkeypatch):
    """A page gone wild cannot pile up questions; those about nothing are still answered."""
    monkeypatch.setattr(desk, "_MOST_AT_ONCE", 0)
    page = open_map()
    assert "too much" in page.ask("open")["error"]["title"]
    assert page.ask("here")["ok"]


@pytest.mark.parametrize("part", ["view", "maplibre", "keys", "wizard"])
def test_code_comes_packed(open_map, part):
    """As a buffer that unpacks to a module."""
    (packed,) = open_map().ask("code", part=part)["buffers"]
    assert b"export" in gzip.decompress(packed)
