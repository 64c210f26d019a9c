"""Mapbox Vector Tiles: features in, the bytes of a tile out.

Version 2.1 of the specification (github.com/mapbox/vector-tile-spec): a Protocol Buffers message, written by
hand because the few field types that it has need no dependency.
"""

from __future__ import annotations

from enum import IntEnum
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

EXTENT = 4096
"""Units across a tile."""
_MOVE, _LINE, _CLOSE = 1, 2, 7

Corner = tuple[int, int]


class Shape(IntEnum):
    """The specification's geometry types."""

    POINT = 1
    LINE = 2
    AREA = 3


class Feature(NamedTuple):
    """A thing on the map.

    Attributes:
        id: Its number.
        shape: How `parts` are read.
        parts: Lists of corners in tile units, y downward. Of an area the rings without their closing corner,
            each outer one clockwise on the screen and followed by its holes, which run the other way.
        properties: Texts and whole numbers by name.
    """

    id: int
    shape: Shape
    parts: Sequence[Sequence[Corner]]
    properties: Mapping[str, str | int]


def encode_tile(layers: Mapping[str, Iterable[Feature]]) -> bytes:
    """The bytes of a tile, not compressed; layers without features are left out.

    Args:
        layers: Features by the name of their layer.
    """
    kept = ((name, list(features)) for name, features in layers.items())
    return b"".join(field(3, _encode_layer(name, features)) for name, features in kept if features)


def varint(number: int) -> bytes:
    """A whole number that is not negative, seven bits a byte, the lowest first."""
    out = bytearray()
    while number >> 7:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def zigzag(number: int) -> int:
    """A signed number folded so that small ones stay small: 0, -1, 1, -2 become 0, 1, 2, 3."""
    return number << 1 if number >= 0 else ~number << 1 | 1


def field(tag: int, content: bytes | str | int) -> bytes:
    """One field of a message: bytes and texts with their length before them, numbers as they are."""
    if isinstance(content, int):
        return varint(tag << 3) + varint(content)
    data = content.encode() if isinstance(content, str) else content
    return varint(tag << 3 | 2) + varint(len(data)) + data


def _encode_layer(name: str, features: Iterable[Feature]) -> bytes:
    keys: dict[str, int] = {}
    values: dict[str | int, int] = {}
    body = [field(15, 2), field(1, name)]
    body += [field(2, _encode_feature(feature, keys, values)) for feature in features]
    body += [field(3, key) for key in keys]
    body += [field(4, field(1 if isinstance(value, str) else 5, value)) for value in values]
    return b"".join([*body, field(5, EXTENT)])


def _encode_feature(feature: Feature, keys: dict[str, int], values: dict[str | int, int]) -> bytes:
    tags = chain.from_iterable(
        (keys.setdefault(key, len(keys)), values.setdefault(value, len(values)))
        for key, value in feature.properties.items()
    )
    commands = _points(feature) if feature.shape is Shape.POINT else _paths(feature)
    packed = (b"".join(map(varint, numbers)) for numbers in (tags, commands))
    tagged, drawn = packed
    return field(1, feature.id) + field(2, tagged) + field(3, int(feature.shape)) + field(4, drawn)


def _points(feature: Feature) -> Iterator[int]:
    corners = [corner for part in feature.parts for corner in part]
    yield _MOVE | len(corners) << 3
    yield from _steps((0, 0), corners)


def _paths(feature: Feature) -> Iterator[int]:
    at = (0, 0)
    for part in feature.parts:
        yield _MOVE | 1 << 3
        yield from _steps(at, part[:1])
        yield _LINE | (len(part) - 1) << 3
        yield from _steps(part[0], part[1:])
        at = part[-1]
        if feature.shape is Shape.AREA:
            yield _CLOSE | 1 << 3


def _steps(at: Corner, corners: Iterable[Corner]) -> Iterator[int]:
    x, y = at
    for to_x, to_y in corners:
        yield zigzag(to_x - x)
        yield zigzag(to_y - y)
        x, y = to_x, to_y
