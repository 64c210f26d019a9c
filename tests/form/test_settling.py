"""One draft for the quick key and the wizard: what follows from each choice, and that nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from arcgis_keywidget.form.draft import Draft
from arcgis_keywidget.form.editing import edited, left_out
from arcgis_keywidget.form.fields import PickedItem
from arcgis_keywidget.form.rules import Rules
from arcgis_keywidget.form.settling import fitted
from arcgis_keywidget.models import Account, AccountKind
from arcgis_keywidget.privileges import BASEMAPS, STATIC_TILES, catalogue, presets

LAYER = PickedItem(id="a" * 32, title="Places")
GEOCODING = "premium:user:geocode:temporary"
PERSONAL = "portal:user:viewOrgUsers"


def account(kind=AccountKind.LOCATION_PLATFORM, without=()):
    """An account that holds every privilege there is, but some."""
    held = frozenset(catalogue()) - set(without)
    return Account(username="ada", full_name="Ada", organization="GIS 101", kind=kind, privileges=held)


def edit(draft, part, who=None, locked=()):
    """The draft after an edit of the page."""
    return edited(draft, part, who or account(), Rules(locked=locked)).draft


@pytest.fixture
def draft():
    """The draft of someone who has just signed in."""
    return fitted(Draft.new(None), account())


def test_preset_brings_its_privileges(draft):
    """Whoever chooses a preset sees its privileges in the wizard."""
    assert draft.privileges == (BASEMAPS, STATIC_TILES)
    services = edit(draft, {"preset": "basemaps-services"})
    assert GEOCODING in services.privileges
    assert edit(services, {"preset": "basemaps"}).privileges == draft.privileges


def test_choice_of_privileges_is_the_preset_it_is(draft):
    """In any order the privileges of a preset are that preset; with one more, an own choice."""
    own = edit(draft, {"privileges": [GEOCODING, *draft.privileges]})
    assert own.preset == ""
    assert edit(own, {"privileges": [STATIC_TILES, BASEMAPS]}).preset == "basemaps"


def test_chosen_item_is_part_of_the_preset(draft):
    """An item more makes it the preset with a layer, and taking it out again in the wizard unmakes that."""
    wizard = replace(draft, view="items")
    chosen = edit(wizard, {"items": [{"id": LAYER.id, "title": LAYER.title}]})
    assert chosen.preset == "basemaps-layer"
    assert edit(chosen, {"items": []}).preset == "basemaps"


def test_quick_key_keeps_its_preset_while_an_item_is_changed(draft):
    """In the quick key the layer is taken out to choose another one, not to choose another preset."""
    chosen = edit(draft, {"preset": "basemaps-layer", "items": [{"id": LAYER.id, "title": ""}]})
    assert edit(chosen, {"items": []}).preset == "basemaps-layer"


def test_items_come_back_with_their_preset(draft):
    """A preset without items opens none; the chosen ones are there again when a preset opens some."""
    layer = edit(draft, {"preset": "basemaps-layer", "items": [{"id": LAYER.id, "title": LAYER.title}]})
    plain = edit(layer, {"preset": "basemaps"})
    assert plain.items == ()
    assert edit(plain, {"preset": "basemaps-layer"}).items == (LAYER,)


def test_private_only_privileges_leave_and_come_back(draft):
    """Switching private off leaves out what the application may no longer hold, says so, and keeps it."""
    private = edit(edit(draft, {"private": True}), {"privileges": [*draft.privileges, PERSONAL]})
    public = edit(private, {"private": False})
    assert public.privileges == draft.privileges
    assert public.preset == "basemaps"
    again = edit(public, {"private": True})
    assert set(again.privileges) == set(private.privileges)


def test_what_the_page_left_out_itself_comes_back_too(draft):
    """A page that takes them out with the same edit has said so; switching back brings them back."""
    private = edit(edit(draft, {"private": True}), {"privileges": [*draft.privileges, PERSONAL]})
    part = {"private": False, "privileges": list(draft.privileges)}
    public = edited(private, part, account(), Rules())
    assert public.left_out == ()
    assert PERSONAL in edit(public.draft, {"private": True}).privileges


def test_what_had_to_go_is_named(draft):
    """Where only private was switched off, the privileges that went are named."""
    private = edit(edit(draft, {"private": True}), {"privileges": [*draft.privileges, PERSONAL]})
    gone = edited(private, {"private": False}, account(), Rules()).left_out
    assert catalogue()[PERSONAL].label in left_out(gone).title


def test_preset_of_the_quick_key_wins_over_what_the_page_had_before(draft):
    """A page that has not heard yet what a preset brought sends the old privileges and items along."""
    layer = edit(draft, {"preset": "basemaps-layer", "items": [{"id": LAYER.id, "title": LAYER.title}]})
    stale = {**layer.as_dict(), "preset": "basemaps-services"}
    services = edit(edit(layer, {"preset": "basemaps-services"}), stale)
    assert (services.preset, services.items) == ("basemaps-services", ())
    assert GEOCODING in services.privileges


def test_many_left_out_are_counted():
    """A sentence names three of them and counts the others."""
    personal = tuple(name for name, known in catalogue().items() if known.personal)
    assert f"and {len(personal) - 3} more" in left_out(personal).title


def test_days_take_the_place_of_an_exact_end(draft):
    """Choosing a number of days after an exact end means the days."""
    ends = edit(draft, {"ends": "2026-12-01T12:00:00+01:00"})
    assert (edit(ends, {"days": 30}).ends, edit(ends, {"title": "x"}).ends) == ("", ends.ends)


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        (AccountKind.ENTERPRISE, "basemaps", "layer"),
        (AccountKind.ENTERPRISE, "basemaps-services", "layer"),
        (AccountKind.ONLINE, "basemaps-layer", "basemaps-layer"),
        (AccountKind.ONLINE, "layer", "basemaps"),
    ],
)
def test_preset_fits_the_account(kind, before, after):
    """Where a preset may not be granted, the first that may takes its place, with its privileges."""
    draft = fitted(Draft(preset=before), account(kind))
    offered = {preset.id: preset.privileges for preset in presets(account(kind))}
    assert (draft.preset, draft.privileges) == (after, offered[after])


def test_own_choice_stays_whoever_signs_in():
    """A choice of the person's own is no preset, and is left for the checks to judge."""
    own = Draft(preset="", privileges=("features:user:edit",))
    assert fitted(own, account(AccountKind.ENTERPRISE)) == own


def test_preset_that_is_not_offered_changes_nothing_else(draft):
    """What no page offers is kept as it came, to be told; the privileges stay."""
    assert edit(draft, {"preset": "everything"}).privileges == draft.privileges
