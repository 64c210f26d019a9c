"""A form that begins with a request, some settings of which stand as they are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from arcgis_keywidget import KeyRequest
from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.form.draft import Draft
from arcgis_keywidget.form.locks import with_request
from arcgis_keywidget.privileges import BASEMAPS

GEOCODING = "premium:user:geocode:temporary"
TOMORROW = date.today() + timedelta(days=1)  # noqa: DTZ011 (a day on the person's calendar)
LIFETIMES = [
    timedelta(hours=12),
    timedelta(days=30),
    TOMORROW,
    datetime.now(UTC) + timedelta(days=2, hours=3),
    (datetime.now() + timedelta(days=2)).replace(microsecond=0),  # noqa: DTZ005 (a request may hold such)
]


@pytest.fixture
def shown(open_form, running):
    """Opens a form with a request, signed in as the user who may create keys."""

    def show(request, *lock):
        page = open_form(running.url, request=request, lock=lock)
        assert page.sign_in(running)["ok"]
        return page

    return show


def asked(page):
    """The request that a form makes of its settings, as its code has it."""
    names = {}
    exec(page.ask("code")["code"].partition("\nwith ")[0], names)  # noqa: S102 (what a person would do)
    return names["request"]


def test_form_shows_the_request(shown):
    """Every setting stands in its field, and the privileges are named as the preset they are."""
    request = KeyRequest(
        "Class key",
        privileges=[BASEMAPS, "premium:user:staticbasemaptiles"],
        expires=timedelta(days=30),
        referrers=["https://app.example.com", "https://*.example.com"],
        tags=["class", "map"],
        summary="For the class",
        folder="Keys",
    )
    draft = shown(request).state["draft"]
    assert draft["preset"] == "basemaps"
    assert draft["privileges"] == list(request.privileges)
    assert draft["referrers"] == "https://app.example.com\nhttps://*.example.com"
    assert (draft["days"], draft["ends"]) == (30, "")
    assert (draft["title"], draft["folder"], draft["tags"]) == ("Class key", "Keys", ["class", "map"])


def test_locked_settings_are_told_as_fields(shown):
    """An argument of the request locks the fields that fill it; the others are open."""
    page = shown(KeyRequest(), "privileges", "expires", "private")
    assert set(page.state["locked"]) == {"privileges", "preset", "days", "ends", "private"}


@pytest.mark.parametrize(
    "part",
    [
        {"privileges": [BASEMAPS, GEOCODING]},
        {"preset": "basemaps-services"},
        {"days": 90},
        {"ends": "2030-01-01T00:00:00+00:00"},
        {"items": [{"id": "a" * 32, "title": ""}]},
        {"title": "Other"},
        {"generate": False},
        {"private": True},
        {"referrers": "https://evil.example.com"},
        {"folder": "Elsewhere"},
        {"tags": ["x"]},
        {"summary": "x"},
    ],
    ids=lambda part: next(iter(part)),
)
def test_edit_of_what_is_locked_changes_nothing(shown, part):
    """Whatever a page sends, the locked setting stays, and the answer says who has set it."""
    every = ("title", "privileges", "items", "expires", "referrers", "private", "folder", "tags", "summary")
    page = shown(KeyRequest("Mine"), *every, "generate")
    before = page.state["draft"]
    answer = page.ask("draft", draft=part)
    assert "code of this cell" in answer["errors"][next(iter(part))]
    assert answer["draft"] == before


def test_create_with_another_value_for_what_is_locked_makes_nothing(shown, running):
    """What the page showed would not be what is made, so nothing is; the right value stands there then."""
    page = shown(KeyRequest(expires=timedelta(days=1)), "expires")
    before = len(running.portal.requests)
    answer = page.ask("create", draft={"days": 365})
    assert answer["error"]["field"] == "days"
    assert (page.state["draft"]["days"], len(running.portal.requests)) == (1, before)
    assert page.ask("create", draft=page.state["draft"])["ok"]


def test_create_with_the_last_name_of_locked_privileges(shown, running):
    """Items change what the privileges are called; a page that has not heard of it changes none."""
    page = shown(KeyRequest(privileges=[BASEMAPS, "premium:user:staticbasemaptiles"]), "privileges")
    draft = page.state["draft"]
    item = {"id": running.portal.layer, "title": "Places"}
    assert page.ask("draft", draft={"items": [item]})["draft"]["preset"] != draft["preset"]
    assert page.ask("create", draft={**draft, "items": [item]})["ok"]
    assert page.form.credential.privileges == tuple(draft["privileges"])


def test_preset_leaves_what_is_locked(shown, running):
    """Another account or another choice changes nothing that is locked."""
    page = shown(KeyRequest(privileges=[GEOCODING], items=[running.portal.layer]), "privileges", "items")
    page.ask("draft", draft={"private": True})
    draft = page.ask("draft", draft={"private": False})["draft"]
    assert (draft["privileges"], draft["preset"]) == ([GEOCODING], "")
    assert [item["id"] for item in draft["items"]] == [running.portal.layer]


def test_locked_private_privileges_need_a_private_application(shown):
    """Locked privileges are never left out: where they do not fit, it is said."""
    page = shown(KeyRequest(privileges=["portal:user:viewOrgUsers"], private=True), "privileges")
    assert page.ask("draft", draft={"private": False})["draft"]["privileges"] == ["portal:user:viewOrgUsers"]
    assert "private application" in page.ask("check")["errors"]["privileges"]


@pytest.mark.parametrize("expires", LIFETIMES, ids=str)
def test_lifetime_is_kept_exactly_while_it_is_untouched(shown, expires):
    """Hours, a day or a moment: other edits, and the page's own copy of the fields, leave it as it is."""
    page = shown(KeyRequest(expires=expires))
    page.ask("draft", draft={"folder": "Keys"})
    page.ask("draft", draft=page.state["draft"])
    assert asked(page).expires == expires


def test_lifetime_that_is_changed_is_the_new_one(shown):
    """An edit of the days takes the place of the request's end."""
    page = shown(KeyRequest(expires=TOMORROW))
    draft = page.ask("draft", draft={"days": 30})["draft"]
    assert (draft["ends"], asked(page).expires) == ("", timedelta(days=30))


def test_end_of_a_day_is_shown_as_a_moment():
    """A date is its last second on the person's clock, with the offset that the page needs."""
    shown = datetime.fromisoformat(with_request(Draft.new(None), KeyRequest(expires=TOMORROW)).ends)
    assert (shown.date(), shown.hour, shown.minute) == (TOMORROW, 23, 59)
    assert shown.tzinfo is not None


def test_request_wins_over_the_last_form(open_form, running):
    """The session is taken over, the settings are the request's; the next form goes on with those."""
    page = open_form(running.url)
    page.sign_in(running)
    page.ask("draft", draft={"preset": "basemaps-services", "folder": "Old"})
    second = open_form(running.url, request=KeyRequest("New", privileges=[GEOCODING]), lock=["title"])
    draft = second.state["draft"]
    assert second.state["phase"] == "signed-in"
    assert (draft["title"], draft["privileges"], draft["folder"]) == ("New", [GEOCODING], "")
    second.ask("draft", draft={"folder": "Keys"})
    third = open_form(running.url).state
    assert (third["draft"]["folder"], third["locked"]) == ("Keys", [])


def test_locked_title_is_that_of_further_keys(shown):
    """Another key has another proposed title, but not where the title is locked."""
    page = shown(KeyRequest("Class key"), "title")
    page.ask("create", draft={})
    page.ask("another")
    assert page.state["draft"]["title"] == "Class key"


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"request": KeyRequest(), "lock": ["everything"]}, FieldError, "choose among title, privileges"),
        ({"request": KeyRequest(), "lock": "expires"}, TypeError, r'lock=\("expires",\)'),
        ({"request": KeyRequest(), "lock": [7]}, FieldError, "no setting 7"),
        ({"request": "basemaps"}, TypeError, "a KeyRequest"),
        ({"request": KeyRequest(), "preset": "basemaps"}, TypeError, "not both"),
        ({"request": KeyRequest(privileges=["x:" + "y" * 400])}, FieldError, "more than the form can show"),
    ],
)
def test_wrong_arguments_are_told_in_the_cell(open_form, arguments, error, words):
    """A lock that nothing answers to fails where it was written, with the remedy."""
    with pytest.raises(error, match=words):
        open_form(**arguments)
