"""What cannot be right is refused before anything is sent."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from arcgis_keywidget import KeyRequest
from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.models import Item

NOW = datetime(2026, 11, 23, 12, 0, 0, 500_000, tzinfo=UTC)
ITEM = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("field", "settings"),
    [
        ("title", {"title": ""}),
        ("title", {"title": " \n "}),
        ("title", {"title": "x" * 300}),
        ("title", {"title": "cut \ud83d"}),
        ("folder", {"folder": ""}),
        ("folder", {"folder": "x" * 251}),
        ("expires", {"expires": timedelta(0)}),
        ("expires", {"expires": timedelta(days=-1)}),
        ("expires", {"expires": timedelta(days=366)}),
        ("expires", {"expires": timedelta.max}),
        ("expires", {"expires": date(2000, 1, 1)}),
        ("expires", {"expires": datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=3)))}),
        ("expires", {"expires": date.min}),
        ("expires", {"expires": date.max}),
        ("expires", {"expires": timedelta.min}),
        ("expires", {"expires": datetime(9999, 1, 1, tzinfo=UTC)}),
        ("privileges", {"privileges": ()}),
        ("privileges", {"privileges": ["basemaps"]}),
        ("privileges", {"privileges": [f"portal:app:access:item:{ITEM}"]}),
        ("items", {"items": ["<script>"]}),
        ("items", {"items": [f"{number:032x}" for number in range(101)]}),
        ("referrers", {"referrers": ["app.example.com"]}),
        ("referrers", {"referrers": ["https://user@example.com"]}),
        ("referrers", {"referrers": ["https://exa mple.com"]}),
        ("tags", {"tags": ["one,two"]}),
        ("tags", {"tags": [f"tag {number}" for number in range(129)]}),
        ("tags", {"tags": ["half \ud800"]}),
        ("summary", {"summary": "x" * 2049}),
        ("summary", {"summary": "half \ud800"}),
    ],
)
def test_a_value_that_cannot_be_right_names_its_field(field: str, settings: dict[str, object]) -> None:
    """Each bad value raises FieldError for the field it stands in."""
    with pytest.raises(FieldError) as caught:
        KeyRequest(**settings)
    assert caught.value.field == field
    assert caught.value.message


@pytest.mark.parametrize(
    "settings",
    [
        {"privileges": "premium:user:basemaps"},
        {"items": ITEM},
        {"title": 7},
        {"expires": 7},
        {"tags": [1]},
        {"summary": None},
        {"private": "no"},
        {"generate": 1},
    ],
    ids=str,
)
def test_a_value_of_the_wrong_type_is_a_type_error(settings: dict[str, object]) -> None:
    """One text where a list belongs, or a number for a text, raises TypeError."""
    with pytest.raises(TypeError):
        KeyRequest(**settings)


def test_texts_and_items_are_settled() -> None:
    """Blanks are trimmed, repeated values dropped, items taken by their ids."""
    item = Item(id=ITEM, title="Trails", type="Feature Service", owner="ada", access="private")
    request = KeyRequest(
        "  My \t key ", items=[item, ITEM.upper()], tags=[" a ", "a"], referrers=["https://*.a.org:8443"]
    )
    assert request.title == "My key"
    assert request.items == (ITEM,)
    assert request.tags == ("a",)
    assert request.referrers == ("https://*.a.org:8443",)


def test_the_end_is_in_whole_seconds_of_utc() -> None:
    """Portals keep whole seconds, so the end that is shown has no fraction."""
    assert KeyRequest().ends_at(NOW) == datetime(2026, 11, 30, 12, 0, 0, tzinfo=UTC)


def test_a_date_means_the_whole_day_where_the_person_is() -> None:
    """A date ends one second before local midnight."""
    day = datetime.now().astimezone().date() + timedelta(days=3)
    end = KeyRequest(expires=day).ends_at(datetime.now(UTC)).astimezone()
    assert (end.date(), end.hour, end.minute, end.second) == (day, 23, 59, 59)


def test_a_date_a_year_ahead_ends_at_the_limit() -> None:
    """The whole last day would be some hours too long; the day after is refused."""
    now = datetime.now(UTC)
    today = now.astimezone().date()
    end = KeyRequest(expires=today + timedelta(days=365)).ends_at(now)
    assert end == KeyRequest(expires=timedelta(days=365)).ends_at(now)
    with pytest.raises(FieldError, match="365 days at most"):
        KeyRequest(expires=today + timedelta(days=366)).ends_at(now)


def test_a_full_year_leaves_the_portal_s_clock_an_hour() -> None:
    """365 days are allowed, and are sent an hour short."""
    end = KeyRequest(expires=timedelta(days=365)).ends_at(NOW)
    assert timedelta(hours=-1, seconds=-1) <= end - (NOW + timedelta(days=365)) <= timedelta(hours=-1)


def test_the_proposed_title_tells_when() -> None:
    """Without a title one is proposed with the date; a given title stays."""
    assert KeyRequest().proposed_title(NOW).startswith(f"Notebook key, {NOW.astimezone():%d %b %Y}")
    assert KeyRequest("Mine").proposed_title(NOW) == "Mine"
