from __future__ import annotations

import pytest

from arcgis_keywidget.errors import FieldError, FormStepError
from arcgis_keywidget.form.draft import Draft
from arcgis_keywidget.form.fields import PickedItem
from arcgis_keywidget.models import PRESETS, Account, AccountKind
from arcgis_keywidget.privileges import catalogue, presets


def account(kind):
    """An account that holds every privilege there is."""
    return Account(
        username="ada", full_name="Ada", organization="GIS 101", kind=kind, privileges=frozenset(catalogue())
    )


def test_presets_of_the_argument_are_those_of_the_catalogue():
    """What KeyForm(preset=...) takes is what some account may be offered."""
    assert {preset.id for kind in AccountKind for preset in presets(account(kind))} == set(PRESETS)


def test_draft_takes_what_the_page_sends():
    """Numbers, texts and the chosen item arrive as they are; nothing else changes."""
    draft = Draft.new(None).amended(
        {"days": 30.0, "title": " Mine ", "items": [{"id": "a", "title": "b", "x": 1}]}
    )
    assert (draft.days, draft.title, draft.items) == (30, " Mine ", (PickedItem(id="a", title="b"),))
    assert draft.amended({"items": []}).items == ()


@pytest.mark.parametrize(
    "part",
    [
        None,
        [],
        {"password": "secret"},
        {"title": 7},
        {"title": "\ud800"},
        {"method": "magic"},
        {"days": None},
        {"days": 1e300},
        {"items": "id"},
        {"items": [{"id": 7, "title": ""}]},
        {"items": [{"id": "a", "title": ""}] * 1001},
        {"tags": {"a": "b"}},
        {"private": 1},
        {"view": "elsewhere"},
        {"exact": 7},
        {7: "seven"},
    ],
)
def test_draft_refuses_what_is_no_field(part):
    """Unknown fields, a password among them, and values of a wrong kind change nothing."""
    with pytest.raises(FormStepError):
        Draft().amended(part)


@pytest.mark.parametrize(
    "part",
    [
        {"title": "x" * 2001},
        {"summary": "x" * 20_001},
        {"tags": ["short", "x" * 2001]},
        {"privileges": ["x" * 301]},
        {"items": [{"id": "a" * 32, "title": "x" * 2001}]},
        {"days": "1" * 301},
    ],
)
def test_draft_tells_the_field_that_is_too_long(part):
    """Somebody may paste a book: that is said at the field, as anything else that is wrong there."""
    with pytest.raises(FieldError, match="characters at most") as caught:
        Draft().amended(part)
    assert caught.value.field == next(iter(part))
