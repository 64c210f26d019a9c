"""Every field says what is wrong with it: the field, the limit, the remedy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from arcgis_keywidget.form.checks import key_errors, key_request, sign_in_errors, typing_errors
from arcgis_keywidget.form.draft import Draft
from arcgis_keywidget.form.fields import PickedItem
from arcgis_keywidget.models import KeyRequest
from arcgis_keywidget.privileges import BASEMAPS
from tests.form.test_settling import PERSONAL, account


def items(count):
    """So many items."""
    return tuple(PickedItem(id=f"{number:032x}", title=f"Item {number}") for number in range(count))


def ahead(**span):
    """A moment ahead, as a page writes it."""
    return (datetime.now(UTC) + timedelta(**span)).isoformat()


GOOD = Draft(title="A key", privileges=(BASEMAPS,), preset="", view="review")
WRONG = [
    ({"title": "  "}, "title", "Write a title"),
    ({"title": "x" * 251}, "title", "250"),
    ({"summary": "x" * 2049}, "summary", "2,048"),
    ({"tags": ("map", "one, two")}, "tags", "'one, two' holds a comma"),
    ({"tags": tuple(f"tag {number}" for number in range(129))}, "tags", "129 tags"),
    ({"folder": "x" * 251}, "folder", "250"),
    (
        {"referrers": "https://good.example.com\n\nexample.com\nftp://x.example.com"},
        "referrers",
        "Line 3: Begin",
    ),
    ({"referrers": "https://app.example.com/maps"}, "referrers", "Leave out what follows the host"),
    ({"referrers": "https://a.example.com https://b.example.com"}, "referrers", "each line holds one"),
    ({"privileges": (PERSONAL,)}, "privileges", "private application"),
    ({"privileges": ("premium:user:geocode",)}, "privileges", "not offered for ArcGIS Location Platform"),
    ({"privileges": ("no privilege",)}, "privileges", "is no privilege"),
    ({"privileges": (), "items": ()}, "privileges", "would open nothing"),
    ({"preset": "everything"}, "preset", "choose one of the others"),
    ({"items": items(101)}, "items", "101 items"),
    ({"items": (PickedItem(id="no-id", title=""),)}, "items", "'no-id' is no item id"),
    ({"items": (), "preset": "basemaps-layer", "view": "quick"}, "items", "Choose the layer"),
    ({"days": 0}, "days", "at most 365 days"),
    ({"days": 366}, "days", "at most 365 days"),
    ({"days": 1.5}, "days", "whole number"),
    ({"days": "soon"}, "days", "whole number"),
    ({"days": "9" * 5000}, "days", "whole number"),
    ({"ends": ahead(hours=-1)}, "ends", "past"),
    ({"ends": ahead(days=366)}, "ends", "365 days"),
    ({"ends": "next week"}, "ends", "a date and a time"),
    ({"ends": "2026-12-01T12:00:00"}, "ends", "a date and a time"),
    ({"ends": "0001-01-01T00:00:00+23:00"}, "ends", "365 days"),
]


def drafted(**changes):
    """The good draft with some fields changed."""
    fields = {name: getattr(GOOD, name) for name in ("title", "privileges", "preset", "view")}
    return Draft(**{**fields, **changes})


@pytest.mark.parametrize(("wrong", "field", "words"), WRONG, ids=lambda value: str(value)[:40])
def test_wrong_setting_is_told_at_its_field(wrong, field, words):
    """One thing wrong is one message, at its field, with what to do."""
    errors = key_errors(drafted(**wrong), account())
    assert list(errors) == [field]
    assert words in errors[field]


def test_good_draft_is_the_request_it_looks_like():
    """Every field has its place in the request."""
    end = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3)
    draft = drafted(
        private=True,
        items=items(2),
        ends=end.isoformat(),
        referrers=" https://app.example.com \n\nhttps://*.example.com\n",
        summary="For the class",
        tags=("class", "map"),
        folder=" Keys ",
        generate=False,
    )
    assert key_errors(draft, account()) == {}
    assert key_request(draft) == KeyRequest(
        "A key",
        privileges=(BASEMAPS,),
        items=[item.id for item in items(2)],
        expires=end,
        referrers=("https://app.example.com", "https://*.example.com"),
        private=True,
        folder="Keys",
        tags=("class", "map"),
        summary="For the class",
        generate=False,
    )


def test_everything_wrong_is_told_at_once():
    """The review names all that is wrong, not the first thing only."""
    draft = drafted(title="", days=0, folder="x" * 300, referrers="x", items=items(101), privileges=("x",))
    assert set(key_errors(draft, account())) == {
        "title",
        "days",
        "folder",
        "referrers",
        "items",
        "privileges",
    }


def test_typing_is_judged_by_itself():
    """What was not typed is let alone, and nothing chosen is no fault while one chooses."""
    draft = drafted(title="", privileges=(), days="many")
    assert list(typing_errors(draft, {"days", "privileges"})) == ["days"]


def test_wizard_without_items_needs_none():
    """In the wizard a preset's missing item is no fault as long as the key opens something."""
    assert key_errors(drafted(preset="basemaps-layer"), account()) == {}


def test_token_needs_no_user_name():
    """Signing in with a token asks for the token only."""
    draft = Draft(method="token")
    assert list(sign_in_errors(draft, secret=False)) == ["token"]
    assert sign_in_errors(draft, secret=True) == {}
