"""Styles as no service should send them, and credits that are no credits."""

from __future__ import annotations

import pytest

from arcgis_keywidget.services.attribution import Attribution
from arcgis_keywidget.services.style_document import StyleDocument

ADDRESS = "https://styles.example.com/v2/style"
SOURCE = {"type": "vector", "tiles": ["/tile/{z}/{y}/{x}"]}
STYLE = {"version": 8, "sources": {"a": SOURCE}, "layers": [{"source": "a"}]}


@pytest.mark.parametrize(
    "odd",
    [
        {"sources": {"a": SOURCE, "b": {"type": []}}},
        {"layers": [{"source": "a"}, {"source": []}, {"type": {}}]},
        {"sprite": [{"id": [], "url": "/sprite"}]},
        {"glyphs": "https://[half/"},
        {"sources": {"a": SOURCE, "b": {"type": "geojson", "url": "https://[half/"}}},
    ],
)
def test_what_is_odd_in_a_style_is_left_out(odd) -> None:
    """The rest is drawn."""
    document = StyleDocument.read({**STYLE, **odd}, ADDRESS)
    assert document.tiles == {"a": "https://styles.example.com/tile/{z}/{y}/{x}"}
    assert document.style["layers"] == [{"source": "a"}]
    assert (document.glyphs, document.sprite) == (None, None)


def test_of_several_sprites_the_default_one_counts() -> None:
    """Its address may be relative."""
    sprites = [{"id": "other", "url": "/other"}, {"id": "default", "url": "/sprite"}]
    assert StyleDocument.read({**STYLE, "sprite": sprites}, ADDRESS).sprite.endswith(".com/sprite")


def test_credits_of_open_brackets_are_read_at_once() -> None:
    """Whatever a service sends is gone through once."""
    credits_ = Attribution.of("<" * 8_000_000 + "<b>Makers</b> of <i>data", esri=False)
    assert len(credits_.text) == 2000
    assert Attribution.of("<b>Makers</b> of < data", esri=False).text == "Makers of < data"
