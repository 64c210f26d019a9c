"""What a part of a basemap is, told by its bytes: a service's word for it is not taken on."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.errors import UnexpectedReplyError
from arcgis_keywidget.models import Resource

if TYPE_CHECKING:
    from collections.abc import Mapping

PROTOBUF = "application/x-protobuf"
EMPTY_TILE = Resource(b"", PROTOBUF)
"""A tile in which nothing lies."""

_MAGIC = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_GZIP = b"\x1f\x8b"
_MOST_BYTES = 8 * 1024 * 1024
_LONGEST_LENGTH = 5  # bytes of a number below 2 to the power of 35
_LAYERS, _STACKS = 0x1A, 0x0A  # the only fields at the top of a vector tile, and of a range of glyphs
_SPRITE_MEMBERS = {"width", "height", "x", "y", "pixelRatio", "sdf", "content", "stretchX", "stretchY"}


def picture(body: bytes) -> Resource:
    """Return a PNG, JPEG or WebP picture; nothing else, such as SVG, is a basemap's.

    Raises:
        UnexpectedReplyError: something else.
    """
    for magic, content_type in _MAGIC.items():
        if body.startswith(magic):
            return Resource(body, content_type)
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return Resource(body, "image/webp")
    raise UnexpectedReplyError("The tile service did not answer with a picture.", "Try again.")


def vector_tile(body: bytes) -> Resource:
    """Return a vector tile, unpacked; an empty one where there is nothing.

    Raises:
        UnexpectedReplyError: something else.
    """
    return _protobuf(body, _LAYERS, "vector tile")


def glyphs(body: bytes) -> Resource:
    """Return a range of glyphs, unpacked.

    Raises:
        UnexpectedReplyError: something else.
    """
    return _protobuf(body, _STACKS, "range of letters")


def sprite_index(document: Mapping[str, Any]) -> Resource:
    """Return the index of a sprite, made anew of the members that it may have.

    Raises:
        UnexpectedReplyError: an entry that is none.
    """
    index: dict[str, dict[str, Any]] = {}
    for name, entry in document.items():
        if not isinstance(entry, dict):
            raise UnexpectedReplyError("The index of the style's icons is not one.", "Try again.")
        index[str(name)] = {key: value for key, value in entry.items() if key in _SPRITE_MEMBERS}
    return Resource(json.dumps(index).encode(), "application/json")


def _protobuf(body: bytes, tag: int, what: str) -> Resource:
    unpacked = _unpacked(body) if body.startswith(_GZIP) else body
    if unpacked is None or not _holds_only(unpacked, tag):
        raise UnexpectedReplyError(f"The tile service did not answer with a {what}.", "Try again.")
    return Resource(unpacked, PROTOBUF)


def _unpacked(body: bytes) -> bytes | None:
    """Return what a file was packed from; None where it is broken, or would grow without end."""
    reader = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        unpacked = reader.decompress(body, _MOST_BYTES)
    except zlib.error:
        return None
    return unpacked if reader.eof else None


def _holds_only(body: bytes, tag: int) -> bool:
    """Whether a message is nothing but fields of one tag, each with its length before it."""
    place = 0
    while place < len(body):
        if body[place] != tag:
            return False
        length, place = _varint(body, place + 1)
        place += length
    return place == len(body)


def _varint(body: bytes, place: int) -> tuple[int, int]:
    """Return the number at a place, and the place behind it; beyond the end where it is no number."""
    value = 0
    for shift, byte in enumerate(body[place : place + _LONGEST_LENGTH]):
        value |= (byte & 0x7F) << 7 * shift
        if byte < 0x80:  # noqa: PLR2004 (the bit that says that more follows)
            return value, place + shift + 1
    return 0, len(body) + 1
