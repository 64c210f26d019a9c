"""Bytes are what they are, whatever their service calls them."""

from __future__ import annotations

import gzip
import json

import pytest

from arcgis_keywidget.errors import UnexpectedReplyError
from arcgis_keywidget.services import payloads

TILE = b"\x1a\x05\x0a\x03sea"  # one layer, named sea
LONG = b"\x1a\x80\x01" + bytes(128)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff\xe0...", "image/jpeg"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
    ],
)
def test_pictures(body: bytes, kind: str) -> None:
    """The type follows from the bytes."""
    assert payloads.picture(body) == payloads.Resource(body, kind)


@pytest.mark.parametrize("body", [b"", b"<svg/>", b"<html>", b"GIF89a", b"RIFF\0\0\0\0WAVE", b"{}"])
def test_no_pictures(body: bytes) -> None:
    """SVG and pages can hold scripts."""
    with pytest.raises(UnexpectedReplyError, match="picture"):
        payloads.picture(body)


@pytest.mark.parametrize("body", [TILE, TILE * 3, LONG, gzip.compress(TILE), b""])
def test_vector_tiles(body: bytes) -> None:
    """Packed ones are unpacked: a page's decoder is told no packing."""
    tile = payloads.vector_tile(body)
    assert tile.content_type == "application/x-protobuf"
    assert tile.content == (TILE if body.startswith(b"\x1f") else body)


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"{}",
        TILE[:-1],
        TILE + b"\x1a",
        b"\x0a\x01a",
        b"\x1a\xff\xff\xff\xff\xff\xff",
        gzip.compress(TILE)[:-9],
        gzip.compress(b"<html>"),
        b"\x1f\x8bno",
    ],
)
def test_no_vector_tiles(body: bytes) -> None:
    """Cut, another message, or no message at all."""
    with pytest.raises(UnexpectedReplyError, match="vector tile"):
        payloads.vector_tile(body)


def test_a_packed_file_that_grows_without_end_is_refused() -> None:
    """A hundred megabytes of nothing pack into a hundred kilobytes."""
    with pytest.raises(UnexpectedReplyError):
        payloads.vector_tile(gzip.compress(bytes(100_000_000), 1))


def test_an_index_of_icons_is_made_anew() -> None:
    """Members that an icon may have, and no others."""
    entry = {"x": 0, "y": 0, "width": 8, "height": 8, "pixelRatio": 1}
    made = payloads.sprite_index({"star": {**entry, "url": "https://example.com"}})
    assert json.loads(made.content) == {"star": entry}
    with pytest.raises(UnexpectedReplyError):
        payloads.sprite_index({"star": "https://example.com"})
