"""What a page may ask the proxy and the route for, by name, and what an answer may be; nothing else passes.

Imports the standard library only: the Jupyter server reads it, too.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from urllib.parse import unquote

_PLACE = r"(\d{1,2})/(\d{1,8})/(\d{1,8})"
# Font names as browsers send them; no slash, dot or percent sign in disguise.
_FONTS = r"((?:[\w.,'&()+-]|%2[0678BCbc9]){1,400})"
_PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})
_PROTOBUF = frozenset({"application/x-protobuf"})
_JSON = frozenset({"application/json"})
_GRAMMAR = (
    ("raster", re.compile(rf"raster/{_PLACE}\.png", re.ASCII), _PICTURES),
    ("style", re.compile(r"style\.json", re.ASCII), _JSON),
    ("tile", re.compile(rf"tiles/([\w-][\w.-]{{0,99}})/{_PLACE}\.pbf", re.ASCII), _PROTOBUF),
    ("tile", re.compile(rf"tiles/([\w-][\w.-]{{0,99}})/{_PLACE}\.img", re.ASCII), _PICTURES),
    ("glyphs", re.compile(rf"glyphs/{_FONTS}/(\d{{1,5}}-\d{{1,5}})\.pbf", re.ASCII), _PROTOBUF),
    ("sprite", re.compile(r"(sprite(?:@2x)?\.json)", re.ASCII), _JSON),
    ("sprite", re.compile(r"(sprite(?:@2x)?\.png)", re.ASCII), _PICTURES),
)
_SOURCE = re.compile(r"([0-9a-f]{32})/(\d{1,6})/(.+)", re.ASCII)

MOST_BYTES = 9 * 1024 * 1024
"""Of an answer: a tile has at most 8 MB (see `services.payloads`)."""
MOST_HEAD = 8192
"""Of a request's or an answer's head."""

SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Referrer-Policy": "no-referrer",
}
"""With every answer: whatever it holds, a browser runs nothing of it."""

ASK, BASE, PROOF = "X-Keywidget-Ask", "X-Keywidget-Base", "X-Keywidget-Proof"
"""Headers between route and proxy: a number used once, the base of addresses, proof of knowing the secret."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a basemap, as a page names it.

    Attributes:
        kind: ``raster``, ``style``, ``tile``, ``glyphs`` or ``sprite``.
        names: what tells it from others of its kind.
        content_types: what an answer may be.
    """

    kind: str
    names: tuple[str, ...]
    content_types: frozenset[str]

    @property
    def cache_control(self) -> str:
        """How long a browser may keep it; a style names addresses, which may be others next time."""
        return "private, no-cache" if self.kind == "style" else "private, max-age=3600"


@dataclass(frozen=True, slots=True)
class Asked:
    """A path taken apart: the capability, the number of the source, and what of it."""

    capability: str
    number: int
    part: Part


def parse(path: str) -> Asked | None:
    """Take a path apart; None for all that is not asked for by maps.

    Args:
        path: as it came, in percent encoding, without the slash at its beginning.
    """
    found = _SOURCE.fullmatch(path)
    part = found and _part(found[3])
    return Asked(found[1], int(found[2]), part) if found and part else None


def _part(rest: str) -> Part | None:
    for kind, pattern, content_types in _GRAMMAR:
        found = pattern.fullmatch(rest)
        if found:
            return Part(kind, tuple(map(unquote, found.groups())), content_types)
    return None


def proof(secret: str, what: str, asked: str, base: str) -> str:
    """Return what only who knows the secret can say about a number that was used once."""
    return hmac.new(secret.encode(), f"{what} {asked} {base}".encode(), hashlib.sha256).hexdigest()
