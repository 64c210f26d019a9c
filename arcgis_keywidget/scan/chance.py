"""Whether letters stand there by chance, as in a key, or because somebody wrote them."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENTROPY = 4.0
"""Bits a letter. Forty letters of a key have 4.7 on average, the hundred of a legacy key 5; words about 4."""
_MOST = 0.7
"""Share of the commonest sort: 0.41 in keys (small letters), more in words."""
_CHANGES = 0.4
"""Share of neighbours of different sorts (small, capital, digit, sign): 0.64 in keys, half in names."""
_STEPS = 0.5
"""Share of neighbours that are the same or follow one another: 0.03 in keys, all in `xxxx` and `abcd`."""


def is_random(text: str) -> bool:
    """Whether a text is as mixed as letters by chance are; a few dozen letters are needed to tell."""
    sorts = [_sort_of(letter) for letter in text]
    return (
        {"small", "capital", "digit"} <= {*sorts}
        and max(Counter(sorts).values()) <= _MOST * len(text)
        and entropy_of(text) >= _ENTROPY
        and _share(a != b for a, b in pairwise(sorts)) >= _CHANGES
        and not is_row(text)
    )


def is_row(text: str) -> bool:
    """Whether letters stand in the order of the alphabet, or one is repeated, as in placeholders."""
    return _share(ord(b) - ord(a) in {0, 1} for a, b in pairwise(text)) > _STEPS


def entropy_of(text: str) -> float:
    """Return Shannon's entropy in bits a letter, from how often each letter occurs."""
    shares = [count / len(text) for count in Counter(text).values()]
    return -sum(share * math.log2(share) for share in shares)


def _share(answers: Iterable[bool]) -> float:
    known = [*answers]
    return sum(known) / max(len(known), 1)


def _sort_of(letter: str) -> str:
    if letter.isdigit():
        return "digit"
    if letter.isalpha():
        return "capital" if letter.isupper() else "small"
    return "sign"
