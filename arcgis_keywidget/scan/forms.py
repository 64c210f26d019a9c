r"""What a key looks like in a text: in plain letters, or with some of them escaped.

An API key begins with AAPT and ends with its slot, AT1_ or AT2_, and eight characters of the client id; it
has 260 to 280 characters of URL-safe base64 and dots. A legacy key is AAPK, 32 hexadecimal digits and 64
characters of URL-safe base64. Consoles wrap them over lines. What only begins like one and goes on at random
is told as a part: tables cut keys. Letters may be escaped as in JSON (\u0041), Python (\x41) and addresses
(%41, %2541).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from arcgis_keywidget.models import ApiKey, Secret
from arcgis_keywidget.models.keys import MASK
from arcgis_keywidget.models.token_kinds import TokenKind
from arcgis_keywidget.scan.chance import entropy_of, is_random, is_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LETTER = r"[A-Za-z0-9_.\-]"
_ESCAPE = r"(?:%(?:25){0,8}|\\{1,16}(?:u00|x))"
_ESCAPED = re.compile(rf"{_ESCAPE}(2[dDeE]|3[0-9]|[46][1-9a-fA-F]|[57][0-9aA]|5[fF])")
_LETTERS = r"2[dDeE]|[3-7][0-9a-fA-F]"
_LETTERS_OF_START = "41|50|54|4[bB]"
# Each begins with certain letters: the search for such a pattern is fifteen times as quick as for any other.
_ESCAPES = (r"%(?:25)*(?:{})", r"\\(?:u00|x)(?:{})")
_HINTS = [re.compile(escape.format(_LETTERS)) for escape in _ESCAPES]
_STARTS = [re.compile(r"AAP[TK]"), *(re.compile(escape.format(_LETTERS_OF_START)) for escape in _ESCAPES)]
_STARTS_IN_BYTES = [re.compile(start.pattern.encode()) for start in _STARTS]
_PACKED = re.compile(rb"QUFQ[VS]|FBU[FE]|BQVB[UL]")
"""Either beginning within base64, by how many bytes before it do not fill three."""
_PACKING = (b'"attachments"', b'"buffers"')
# What may stand before a part of a key. A whole key may stand anywhere, it is no chance; but pictures in
# base64 have every beginning somewhere.
_EDGE = (
    r"(?:(?<![A-Za-z0-9_.\-+/])"
    r"|(?<=\\[nrtbf\"'])|(?<=%[0-9A-Fa-f]{2})|(?<=u00[0-9A-Fa-f]{2})|(?<=\\x[0-9A-Fa-f]{2})"
    r"|(?<=[\[;]\dm)|(?<=[\[;]\d\dm)|(?<=;\d\d\dm))"  # a colour of the terminal ends with m
)
_LEAST, _MOST, _PART_MOST = 40, 500, 1000
"""Letters between beginning and slot, and of a part. The bounds keep the search linear, whatever the text."""
_HEX_ENTROPY = 2.5
"""Bits a digit; the hexadecimal digits of a legacy key have about 3.6, a made-up run has less."""
_LEGACY_PART = re.compile(r"AAPK([0-9a-fA-F]{32})")
_KIND_LENGTH = 4


_BEGIN = re.compile("AAP[TK]")
_SLOT = "AT[12]_"


def _whole_pattern(gap: str) -> re.Pattern[str]:
    """Return the pattern of a whole key; ``gap`` is what may stand before each of its letters."""
    letter = rf"(?:{gap}{_LETTER})"
    key, legacy, slot = (re.sub(r"\[\d+\]|.", rf"{gap}\g<0>", word) for word in ("AAPT", "AAPK", _SLOT))
    return re.compile(
        rf"{key}{letter}{{{_LEAST},{_MOST}}}?{slot}{letter}{{8}}|{legacy}{letter}{{96}}".removeprefix(gap)
    )


_WHOLE = _whole_pattern("")
_WRAPPED = _whole_pattern(r"(?:\r?\n(?!AAP[TK]))?")  # another key on the next line is no rest of this one
_PART = re.compile(rf"{_EDGE}AAP[TK]{_LETTER}{{{_LEAST},{_PART_MOST}}}+(?!{_LETTER}|[+/=])")
_BEGINNINGS = 4
"""Of keys within one, at most; chance has none. A text made of them took a minute for 10 MB without this."""
_LINE_ENDS = re.compile(r"[\r\n]")
_KEY = re.compile(rf"AAPT({_LETTER}+)AT[12]_([A-Za-z0-9_\-]{{8}})")
_LEGACY = re.compile(r"AAPK([0-9a-fA-F]{32}[A-Za-z0-9_\-]{64})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A key in a text.

    Attributes:
        start: where it begins.
        end: the position behind it.
        key: the key, or the part of one, without escapes.
        kind: API key or legacy key.
        whole: whether it has the form of a whole key; a part of one may still be a danger.
    """

    start: int
    end: int
    key: Secret
    kind: TokenKind
    whole: bool

    @property
    def slot(self) -> int | None:
        """The number of the slot that the key was made in, None for legacy keys and parts."""
        return ApiKey(self.key).slot if self.whole and self.kind is TokenKind.API_KEY else None

    @property
    def masked(self) -> str:
        """The kind of key and its slot, and nothing that would help to use it."""
        return ApiKey(self.key).masked if self.slot else f"{self.kind}{MASK}"


def may_pack(content: bytes) -> bool:
    """Whether a file's content has the name of what is packed as base64 in a notebook."""
    return any(name in content for name in _PACKING)


def may_hold_key(content: bytes, *, packing: bool = False) -> bool:
    """Whether a file's content (UTF-8) has the beginning of a key; quick, and wrong only by a false yes.

    Args:
        content: all of it, or a block.
        packing: whether something before it may be packed as base64, and go on in it.
    """
    plain = any(start.search(content) for start in _STARTS_IN_BYTES)
    return plain or ((packing or may_pack(content)) and _PACKED.search(content) is not None)


def find_keys(text: str) -> Iterator[Sighting]:
    """Go through the keys in a text, in their order; placeholders and masked keys are none."""
    if not any(start.search(text) for start in _STARTS):
        return
    if not any(hint.search(text) for hint in _HINTS):
        yield from _find_plain(text)
        return
    plain, place_of = _unescaped(text)
    for found in _find_plain(plain):
        yield replace(found, start=place_of(found.start), end=place_of(found.end))


def _find_plain(text: str) -> Iterator[Sighting]:
    position = 0
    while start := _BEGIN.search(text, position):
        at = start.start()
        found = _whole(_WHOLE.match(text, at)) or _part(_PART.match(text, at))
        if found and not found.whole and _LINE_ENDS.match(text, found.end):
            found = _whole(_WRAPPED.match(text, at)) or found
        position = found.end if found else start.end()
        if found:
            yield found


def _unescaped(text: str) -> tuple[str, Callable[[int], int]]:
    """Return a text with escaped letters of keys in plain, and what leads from a place there to the one here.

    To look for them with patterns that allow escapes took minutes for texts that were made for that.
    """
    pieces: list[str] = []
    ends_there: list[int] = []
    ends_here: list[int] = []
    length = last = 0
    for escape in _ESCAPED.finditer(text):
        pieces += (text[last : escape.start()], chr(int(escape[1], 16)))
        length += escape.start() - last + 1
        last = escape.end()
        ends_there.append(length)
        ends_here.append(last)

    def place_of(place: int) -> int:
        before = bisect_right(ends_there, place)
        return ends_here[before - 1] + place - ends_there[before - 1] if before else place

    return "".join([*pieces, text[last:]]), place_of


def hide_keys(text: str) -> str:
    """Return a text with its keys masked, to be shown."""
    for found in reversed([*find_keys(text)]):
        text = f"{text[: found.start]}{found.masked}{text[found.end :]}"
    return text


def _whole(match: re.Match[str] | None) -> Sighting | None:
    """Return the key that was matched, if it has the form of one and is no placeholder."""
    if match is None:
        return None
    plain = _plain(match)
    if plain.count("AAP") > _BEGINNINGS:
        return None
    key, legacy = _KEY.fullmatch(plain), _LEGACY.fullmatch(plain)
    if not (legacy and is_random(legacy[1])) and not (key and is_random(key[1]) and not is_row(key[2])):
        return None
    return _sighting(match, plain, whole=True)


def _part(match: re.Match[str] | None) -> Sighting | None:
    """Return the part of a key that was matched, if it goes on at random behind the beginning."""
    if match is None:
        return None
    plain = _plain(match)
    digits = _LEGACY_PART.match(plain)
    hexadecimal = digits is not None and entropy_of(digits[1]) >= _HEX_ENTROPY
    return _sighting(match, plain, whole=False) if hexadecimal or is_random(plain[_KIND_LENGTH:]) else None


def _plain(match: re.Match[str]) -> str:
    return _LINE_ENDS.sub("", match[0])


def _sighting(match: re.Match[str], plain: str, *, whole: bool) -> Sighting:
    kind = TokenKind(plain[:_KIND_LENGTH])
    return Sighting(start=match.start(), end=match.end(), key=Secret(plain), kind=kind, whole=whole)
