"""What a house sets for every form: presets, where settings begin, what stays, how long a key may live."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from traitlets.config import Config

from arcgis_keywidget import KeyRequest, _loop
from arcgis_keywidget.config import FormConfig
from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.form import widget
from arcgis_keywidget.services.basemaps import tile
from arcgis_keywidget.services.check import check
from tests.form.test_session import enter

BASEMAPS = "premium:user:basemaps"
GEOCODING = "premium:user:geocode:temporary"
COURSE = {"title": "Our course", "privileges": [BASEMAPS, GEOCODING], "text": "For us."}


@pytest.fixture
def house(monkeypatch):
    """Sets c.KeyForm for the forms that are opened next, as the environment for some."""

    def set_up(environ=None, **section):
        read = lambda: FormConfig(Config({"KeyForm": section}), environ or {})  # noqa: E731 (a stand-in)
        monkeypatch.setattr(widget, "read_config", read)

    return set_up


@pytest.fixture
def opened(house, open_form, running):
    """Opens a form of a house, signed in as the user who may create keys."""

    def open_signed_in(*, environ=None, arguments=None, **section):
        house(environ, **section)
        page = open_form(running.url, **(arguments or {}))
        if page.state["phase"] == "signed-out":  # else it goes on with the session of the last one
            assert page.sign_in(running)["ok"]
        return page

    return open_signed_in


def in_days(days):
    """A moment as the page writes it."""
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


def test_settings_begin_as_the_house_says(opened):
    """Preset, days, folder and tags; the key is made with them."""
    page = opened(presets={"course": COURSE}, preset="course", default_days=3, folder="Class", tags=["gis"])
    draft = page.state["draft"]
    assert (draft["preset"], draft["days"], draft["folder"], draft["tags"]) == ("course", 3, "Class", ["gis"])
    assert draft["privileges"] == COURSE["privileges"]
    assert page.state["presets"][0] | {"cost": ""} == {
        "id": "course",
        "title": "Our course",
        "text": "For us.",
        "needs_item": False,
        "cost": "",
    }
    assert page.ask("create", draft={"title": "For the course"})["ok"]
    made = page.form.credential
    assert (set(made.privileges), made.folder, made.tags) == (set(COURSE["privileges"]), "Class", ("gis",))
    assert made.key.expires - datetime.now(UTC) <= timedelta(days=3)


def test_a_preset_that_the_account_may_not_grant_is_not_offered(opened):
    """The first that is offered is chosen."""
    page = opened(presets={"raster": ["premium:publisher:rasteranalysis"]}, preset="raster")
    assert page.state["presets"][0]["id"] == page.state["draft"]["preset"] == "basemaps"


def test_a_preset_for_private_applications_is_told(house, open_form):
    """A form opens with it left out."""
    house(presets={"mine": ["portal:user:createItem"]})
    assert "'mine'" in open_form().state["alert"]["hint"]


def test_the_longest_lifetime_holds_and_names_who_set_it(opened):
    """For days and dates, for a further key of a credential, and in what the page offers."""
    page = opened(environ={"ARCGIS_KEYWIDGET_MAX_DAYS": "5"})
    state = page.state
    assert (state["max_days"], state["draft"]["days"]) == (5, 5)
    assert [one["days"] for one in state["lifetimes"]] == [1]
    for field, wrong, right in (("days", 6, 5), ("ends", in_days(5.5), in_days(4.9))):
        message = page.ask("draft", draft={field: wrong})["errors"][field]
        assert message.endswith("at most 5 days. ARCGIS_KEYWIDGET_MAX_DAYS has set that.")
        assert page.ask("create", draft={"title": "Too long"})["error"]["field"] == field
        assert page.ask("draft", draft={field: right})["errors"] == {}
    assert page.ask("create", draft={"title": "Short", "ends": "", "days": 5})["ok"]
    page.ask("another")
    asked = page.ask("generate", item=page.ask("keys")["keys"][0]["id"], days=6)
    assert "ARCGIS_KEYWIDGET_MAX_DAYS" in asked["error"]["title"]


def test_a_request_is_bound_by_the_longest_lifetime(opened):
    """By its span, its last day or its end."""
    end = datetime.now(UTC) + timedelta(days=9)
    spans = timedelta(days=9), end, end.astimezone().date()
    for expires in spans:
        page = opened(max_days=8, arguments={"request": KeyRequest("Long", expires=expires)})
        assert "at most 8 days" in str(page.ask("check")["errors"])
        page = opened(max_days=9, arguments={"request": KeyRequest("Right", expires=expires)})
        assert page.ask("check")["errors"] == {}


def test_what_the_house_locks_stays(opened):
    """With its value; who would change it is told who has set that. Other fields are free."""
    page = opened(
        environ={"ARCGIS_KEYWIDGET_LOCKS": "privileges,expires,folder"},
        presets={"course": COURSE},
        preset="course",
        default_days=3,
        folder="Class",
    )
    assert set(page.state["locked"]) == {"privileges", "preset", "days", "ends", "folder"}
    errors = page.ask("draft", draft={"days": 4, "folder": "", "privileges": [], "summary": "mine"})["errors"]
    assert set(errors) == {"days", "folder", "privileges"}
    assert "ARCGIS_KEYWIDGET_LOCKS" in errors["days"]
    assert page.ask("create", draft={"title": "As told"})["ok"]
    made = page.form.credential
    assert (set(made.privileges), made.folder, made.summary) == (set(COURSE["privileges"]), "Class", "mine")


def test_a_locked_preset_of_the_form_brings_its_privileges(opened):
    """Which are known only once somebody is signed in."""
    page = opened(locks=["privileges"])
    assert BASEMAPS in page.state["draft"]["privileges"]
    assert page.ask("create", draft={"title": "Usual"})["ok"]


def test_a_request_does_not_lift_a_lock_of_the_house(house, open_form):
    """The form says that some of its settings stand otherwise, and who has set that."""
    request = KeyRequest("Mine", expires=timedelta(days=30), tags=["mine"])
    house(locks=["expires"], default_days=3)
    state = open_form(request=request).state
    assert (state["draft"]["days"], state["draft"]["tags"]) == (3, ["mine"])
    assert "stand otherwise" in state["alert"]["title"]


def test_arguments_count_more_than_the_house(opened, running, open_form):
    """For this form alone, also where it goes on with the last one's settings; a lock needs no request."""
    arguments = {"default_days": 2, "folder": "Own", "lock": ["expires"]}
    page = opened(default_days=3, folder="Class", arguments=arguments)
    assert (page.state["draft"]["days"], page.state["draft"]["folder"]) == (2, "Own")
    assert page.state["locked"] == ["days", "ends"]
    again = open_form(running.url, folder="Third")
    assert (again.state["draft"]["days"], again.state["draft"]["folder"]) == (2, "Third")


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        ({"max_days": 400}, FieldError),
        ({"proxies": {"https": "nowhere"}}, FieldError),
        ({"preset": "course"}, FieldError),
        ({"dayz": 4}, TypeError),
    ],
)
def test_wrong_arguments_are_told_in_the_cell(house, open_form, arguments, kind):
    """A mistake in code is an error there."""
    house()
    with pytest.raises(kind):
        open_form(**arguments)


def test_proxies_of_the_house_are_not_asked_for_this_machine(opened):
    """The practice portal is there whatever is set."""
    page = opened(proxies={"all": "http://127.0.0.1:9"})
    assert page.ask("create", draft={"title": "Here", "days": 7})["ok"]


def test_certificates_of_the_house_hold_for_all_that_the_form_does(house, open_form, secure):
    """Signing in, making a key, the check of it and the tiles; and for services that the key is used at."""
    house(ca_bundle=str(secure.certificate))
    page = open_form()
    assert enter(page, secure)["ok"]
    draft = {"privileges": [BASEMAPS, "premium:user:staticbasemaptiles"], "view": "details"}
    assert page.ask("create", draft={**draft, "title": "By HTTPS", "days": 7})["ok"]
    page.await_state(lambda state: (state["result"] or {}).get("check", {}).get("rows"))
    made = page.form.credential
    assert _loop.run(check(credential=made)).ok
    assert _loop.run(tile("arcgis/streets", 2, 2, 1, key=made.key)).content
