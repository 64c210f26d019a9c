"""Requests of every kind, to hold what the form makes of them against them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import strategies as some

from arcgis_keywidget.models import KeyRequest
from arcgis_keywidget.privileges import catalogue

_characters = some.characters(exclude_categories=["Cs"])
_texts = some.text(_characters, min_size=1, max_size=40).filter(lambda text: text.strip())
_tags = _texts.filter(lambda text: "," not in text)
_labels = some.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True)
_referrers = some.builds(
    "{}://{}{}.example.com{}".format,
    some.sampled_from(["http", "https", "HTTPS"]),
    some.sampled_from(["", "*."]),
    _labels,
    some.sampled_from(["", "/", ":8080"]),
)
_spans = some.timedeltas(timedelta(minutes=5), timedelta(days=364))
_offsets = some.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def _moment(span: timedelta, zone: timezone | None) -> datetime:
    moment = datetime.now(UTC) + span
    return moment.astimezone(zone) if zone else moment.astimezone().replace(tzinfo=None)


def _day(span: timedelta) -> date:
    return (datetime.now(UTC) + span).date()


lifetimes = (
    _spans
    | some.integers(1, 365).map(lambda days: timedelta(days=days))
    | some.integers(1, 364 * 24).map(lambda hours: timedelta(hours=hours))
    | some.builds(_moment, _spans, some.none() | _offsets)
    | some.builds(_day, some.timedeltas(timedelta(days=2), timedelta(days=363)))
)
requests = some.builds(
    KeyRequest,
    some.none() | _texts,
    privileges=some.lists(some.sampled_from(sorted(catalogue())), min_size=1, max_size=6),
    items=some.lists(some.from_regex(r"[0-9a-f]{32}", fullmatch=True), max_size=4),
    expires=lifetimes,
    referrers=some.lists(_referrers, max_size=3),
    private=some.booleans(),
    folder=some.none() | _texts,
    tags=some.lists(_tags, max_size=3),
    summary=some.text(_characters, max_size=60),
    generate=some.booleans(),
)
