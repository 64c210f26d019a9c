"""What is configured for keys holds on the command line: the beginning, what stays, and the longest life."""

from __future__ import annotations

import io
import json
import sys
from datetime import date, timedelta

import pytest

from arcgis_keywidget import cli
from arcgis_keywidget._loop import run
from arcgis_keywidget.models import default_network
from tests.cli.terminal import Terminal
from tests.portal.conftest import OUT_OF_BAND, register

BASEMAPS = "premium:user:basemaps"
GEOCODE = "premium:user:geocode:temporary"
COURSE = {"course": {"title": "Our course", "privileges": [BASEMAPS, GEOCODE]}}


@pytest.fixture
def house(monkeypatch):
    """Sets settings, in the environment."""

    def settle(**settings: object) -> None:
        for name, value in settings.items():
            text = value if isinstance(value, str) else json.dumps(value)
            monkeypatch.setenv(f"ARCGIS_KEYWIDGET_{name.upper()}", text)

    return settle


def test_a_key_begins_as_configured(shell, ada, house) -> None:
    """Folder, tags, days and preset, where nothing is said of them."""
    house(folder="Class", tags=["class-7"], default_days=3, presets=COURSE, preset="course")
    one = ada.read_key(shell("create", "--json").told["id"])
    assert (one.folder, one.tags, set(one.privileges)) == ("Class", ("class-7",), {BASEMAPS, GEOCODE})
    assert 2 < one.days_left() < 3


def test_what_is_said_counts_more(shell, ada, house) -> None:
    """An empty folder is the root, an empty tag none."""
    house(folder="Class", tags=["class-7"], default_days=3, presets=COURSE, preset="course")
    argv = ["--folder", "", "--tag", "", "--expires", "5", "--privilege", BASEMAPS]
    one = ada.read_key(shell("create", *argv, "--json").told["id"])
    assert (one.folder, one.tags, one.privileges) == (None, (), (BASEMAPS,))
    assert 4 < one.days_left() < 5


def test_an_own_preset_is_chosen_by_its_name(shell, house) -> None:
    """As those of the package; another name is refused, with those there are, and not repeated."""
    house(presets=COURSE)
    assert set(shell("create", "--preset", "course", "--json").told["privileges"]) == {BASEMAPS, GEOCODE}
    ran = shell("create", "--preset", "canary")
    assert "--preset: this value cannot be used; choose one of basemaps," in ran.err
    assert "layer, course." in ran.err
    assert "canary" not in ran.err


@pytest.mark.parametrize(
    "privileges", [["portal:user:viewOrgUsers"], ["premium:user:spatialanalysis:notofthisaccount"]]
)
def test_a_preset_that_cannot_be_granted_is_refused(shell, site, house, privileges) -> None:
    """For private applications only, or not of this account: as the form, which does not offer it."""
    house(presets={"course": privileges}, preset="course")
    ran = shell("create")
    assert (ran.status, "addItem" in site.operations()) == (2, False)
    assert "--preset: your account may grant basemaps, basemaps-layer" in ran.err


@pytest.mark.parametrize("argv", [["create"], ["rotate", "Trees"]])
@pytest.mark.parametrize("last", ["4", (date.today() + timedelta(days=5)).isoformat()])  # noqa: DTZ011 (a person's day)
def test_no_key_lives_longer_than_it_may(shell, site, house, argv, last) -> None:
    """Said in the form's sentence, with who has set it; nothing is sent."""
    house(max_days=3)
    ran = shell(*argv, "--expires", last)
    assert (ran.status, ran.out, site.operations()) == (2, "", [])
    told = "A key lives at least 1 day and at most 3 days. ARCGIS_KEYWIDGET_MAX_DAYS has set that."
    assert f"--expires: {told}" in ran.err


def test_the_usual_life_fits_the_longest(shell, made, ada, house) -> None:
    """Of a new key and of the next one."""
    house(max_days=3)
    one = made("Trees")
    assert 2 < ada.read_key(shell("create", "--json").told["id"]).days_left() < 3
    assert "2: 2 days left" in shell("rotate", one.item_id).err


@pytest.mark.parametrize(
    ("locks", "argv", "option"),
    [
        ("folder", ["--folder", "Mine"], "--folder"),
        ("tags", ["--tag", "b"], "--tag"),
        ("expires", ["--expires", "4"], "--expires"),
        ("privileges", ["--preset", "basemaps-services"], "--preset"),
        ("privileges", ["--privilege", BASEMAPS], "--privilege"),
        ("items", ["--item", "0" * 32], "--item"),
        ("private", ["--private"], "--private"),
        ("generate", ["--no-generate"], "--no-generate"),
        ("title", ["--title", "Trees"], "--title"),
        ("referrers", ["--referrer", "https://a.example.com"], "--referrer"),
        ("summary", ["--summary", "x"], "--summary"),
    ],
)
def test_what_is_locked_stays(shell, site, house, locks, argv, option) -> None:
    """In the form's sentence, with who has set it; nothing is sent."""
    house(locks=locks, folder="Class", tags=["a"], default_days=3)
    ran = shell("create", *argv)
    assert (ran.status, ran.out, site.operations()) == (2, "", [])
    told = "This stands as it is for everybody here: ARCGIS_KEYWIDGET_LOCKS has set it."
    assert f"{option}: {told}" in ran.err


def test_what_is_locked_may_be_said_as_it_is(shell, ada, house, site) -> None:
    """A script need not know what is locked."""
    house(locks="folder,tags,expires,privileges,private,generate", folder="Class", default_days=3)
    argv = ["--folder", "Class", "--expires", "3", "--preset", "basemaps", "--public"]
    assert ada.read_key(shell("create", *argv, "--json").told["id"]).folder == "Class"
    locked = shell("create", "--item", site.practice.layer, "--json").told
    assert set(locked["privileges"]) == {BASEMAPS, "premium:user:staticbasemaptiles"}


def test_a_limit_that_does_not_count_is_told(shell, house) -> None:
    """It may have been meant to hold."""
    house(max_days="three")
    ran = shell("create")
    assert ran.status == 0
    assert "ARCGIS_KEYWIDGET_MAX_DAYS is left out." in ran.err


def test_a_portal_has_a_client_id_of_its_own(site, ada, house) -> None:
    """It counts more than that for all other portals."""
    client = run(register(ada.portal, OUT_OF_BAND))
    house(portals=[{"title": "Ours", "url": f"{site.url}/", "client_id": client}], client_id="others")
    with Terminal("list", "--portal", site.url) as terminal:
        terminal.read_until("Code: ")
        assert f"client_id={client}" in terminal.seen
        terminal.type("\x04")
        assert terminal.end() == 2


def test_a_sign_in_goes_the_configured_way(house, secure, monkeypatch, capsys) -> None:
    """To a portal with a certificate of its own, by the bundle that is configured."""
    ada = secure.portal.users[0]
    argv = ["list", "--portal", secure.https_url, "--user", ada.username, "--password-stdin"]
    for bundle, status in (("", 2), (str(secure.certificate), 0)):
        house(ca_bundle=bundle)
        default_network.settle(None)
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{ada.password}\n"))
        assert cli.main(argv) == status
    assert "not trusted" in capsys.readouterr().err
