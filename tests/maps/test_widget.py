from __future__ import annotations

import json

import ipywidgets
import pytest

from arcgis_keywidget import BasemapMap, forget, use
from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.maps.sources import ForgottenError


def test_state_tells_nothing_of_key_portal_or_layer(open_map, make_key, served):
    """What a notebook saves: the small view, its styles and a height, whatever was asked meanwhile."""
    key = make_key()
    page = open_map(key=key, layer=served.portal.layer)
    for kind, more in (("open", {}), ("style", {"style": "arcgis/streets", "webgl": True}), ("layer", {})):
        assert page.ask(kind, **more)["ok"]
    state = page.form.get_state()
    ours = {name for name in state if not name.startswith("_")} - set(ipywidgets.DOMWidget().get_state())
    assert ours == {"height"}
    assert len(state["_esm"]) < 8_000
    text = json.dumps(state, default=str)
    for told in (
        str(key),
        served.url,
        served.portal.layer,
        "arcgis/streets",
        served.portal.users[0].username,
    ):
        assert told not in text


def test_key_is_in_no_message(open_map, make_key, wire, served):
    """The key, and every address of the service, stay in the kernel: style, tiles, letters, icons, layer."""
    key = make_key()
    page = open_map(key=key, layer=served.portal.layer)
    page.ask("open")
    number = page.ask("style", style="arcgis/streets", webgl=True)["number"]
    page.ask("tile", number=number, source="esri", z=0, x=0, y=0)
    page.ask("glyphs", number=number, fontstack="Arial Regular", range="0-255")
    page.ask("sprite", number=number, name="sprite.json")
    page.ask("layer")
    assert page.ask("nothing")["ok"] is False
    said = [json.dumps(message, default=repr) for message in wire.messages]
    carried = [bytes(buffer) for message in wire.messages for buffer in message.get("buffers") or ()]
    assert len(carried) == 5
    for secret in (str(key), served.url):
        assert not any(secret in text for text in said)
        assert not any(secret.encode() in content for content in carried)


def test_nests_like_any_other_widget(open_map):
    """In boxes and tabs beside other widgets."""
    one = open_map().form
    assert ipywidgets.Tab([ipywidgets.VBox([ipywidgets.Label("above"), one])]).children[0].children[1] is one


def test_shows_itself_without_the_key(open_map, make_key):
    """Neither its repr nor the text beside its view tells the key."""
    key = make_key()
    one = open_map(key=key).form
    bundle, _ = one._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert str(key) not in repr(one) + json.dumps(bundle)


def test_page_writes_nothing(open_map):
    """Messages are the only way in."""
    one = open_map().form
    one.set_state({"height": 1, "_esm": "alert(1)"})
    assert one.height == 420
    assert "alert(1)" not in one._esm


def test_closing_stops_what_runs(open_map, served, wire):
    """Nothing is sent after the close, and nothing is held."""
    page = open_map(layer=served.portal.layer)
    number = page.ask("style", style="arcgis/streets", webgl=True)["number"]
    served.portal.fail("VectorTileServer/tile:slow=20")
    page.start("tile", number=number, source="esri", z=3, x=1, y=1)
    wire.await_true(lambda: page.form._desk._running)
    page.form.close()
    wire.await_true(lambda: not page.form._desk._running)
    assert page.form._desk._drawings == {}


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"style": "streets"}, "style"),
        ({"center": (52.5, 113.4)}, "center"),
        ({"center": "13"}, "center"),
        ({"center": (1, 2, 3)}, "center"),
        ({"zoom": 23}, "zoom"),
        ({"zoom": True}, "zoom"),
        ({"height": 20}, "height"),
        ({"height": 300.5}, "height"),
        ({"language": "no code!"}, "language"),
    ],
)
def test_bad_arguments_name_their_field(make_key, settings, field):
    """Before anything is sent."""
    with pytest.raises(FieldError) as caught:
        BasemapMap(**settings, key=make_key())
    assert caught.value.field == field


def test_needs_a_key():
    """Without one in the session, the way to one is told."""
    with pytest.raises(KeyWidgetError, match="no API key"):
        BasemapMap()


def test_takes_the_key_of_the_session(make_key):
    """The newest whose account has basemaps."""
    key = make_key()
    use(key, variable="unused_name")
    assert BasemapMap()._desk.key == key


def test_a_map_whose_key_was_forgotten_reads_nothing_more(open_map, make_key):
    """Neither what was opened nor anew, and it says why; maps with other keys go on."""
    key = make_key()
    page, other = open_map(key=key), open_map()
    number = page.ask("style", style="arcgis/streets", webgl=True)["number"]
    forget(key)
    answers = [
        page.ask("open"),
        page.ask("style", style="arcgis/streets", webgl=True),
        page.ask("tile", number=number, source="esri", z=0, x=0, y=0),
    ]
    assert {answer["error"]["title"] for answer in answers} == {ForgottenError().title}
    assert page.ask("here")["ok"] is True
    assert other.ask("open")["ok"] is True
