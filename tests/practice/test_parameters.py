"""Parameters in the spellings that clients use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcgis_keywidget.practice.parameters import NEVER, parse_expiry, parse_list, parse_whole
from arcgis_keywidget.practice.replies import Refusal

DAY = 86_400_000


@pytest.mark.parametrize(
    ("values", "entries"),
    [
        (["a,b"], ["a", "b"]),
        (['["a", "b"]'], ["a", "b"]),
        (["a", "b"], ["a", "b"]),
        (["a"], ["a"]),
        ([" a , ,a "], ["a"]),
        (["[]"], []),
        ([""], []),
        ([], []),
        (['["a,b"]'], ["a,b"]),
    ],
)
def test_lists(values, entries):
    """JSON, commas, repeated keys, a bare string; blanks and doubles fall away."""
    assert parse_list("tags", values) == entries


@pytest.mark.parametrize("value", ["[", "[1]", "[null]", '[["a"]]', "[" * 100_000, r'["\ud800"]'])
def test_broken_lists(value):
    """What is no array of text is refused, half a character included."""
    with pytest.raises(Refusal, match="array of strings"):
        parse_list("tags", [value])


@given(st.text(max_size=30))
def test_any_list_is_read_or_refused(value):
    """Nothing but a refusal ever comes out."""
    try:
        entries = parse_list("tags", [value])
    except Refusal:
        return
    assert all(isinstance(entry, str) and entry for entry in entries)


@given(st.integers(-(10**20), 10**20), st.integers(0, 10**14))
def test_expiry_is_ahead_and_in_whole_seconds(when, now):
    """Within 366 days, or refused; -1 is none."""
    try:
        kept = parse_expiry("apiToken1ExpirationDate", str(when), now)
    except Refusal:
        assert not now < when <= now + 366 * DAY
    else:
        assert kept == NEVER == when or (kept % 1000 == 0 and 0 <= when - kept < 1000)


@pytest.mark.parametrize("value", ["", "x", "1.5", "9" * 5000])
def test_whole_numbers(value):
    """Anything else is refused."""
    with pytest.raises(Refusal, match="whole number"):
        parse_whole("start", value)
