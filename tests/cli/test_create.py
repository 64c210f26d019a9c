"""`arcgis-keywidget create`: all settings, and a key that goes where it should and nowhere else."""

from __future__ import annotations

import io
import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from arcgis_keywidget import cli
from arcgis_keywidget.models import PRESETS, Account, AccountKind
from arcgis_keywidget.privileges import catalogue, presets

BASEMAPS = "premium:user:basemaps"


def test_the_key_alone_is_the_output(shell, ada) -> None:
    """So that it can be piped on; it works, and the words on standard error do not hold it."""
    ran = shell("create", "--title", "Trees")
    assert ran.status == 0
    assert ran.out.endswith("\n")
    found = ada.inspect_key(ran.out.strip())
    assert found.privileges == (BASEMAPS,)
    assert f"Made 'Trees' ({found.item_id}). Slots: 1: 6 days left, 2: free." in ran.err


def test_json_holds_the_key_and_its_credential(shell, ada) -> None:
    """One document on standard output."""
    told = shell("create", "--title", "Trees", "--json").told
    assert ada.inspect_key(told["key"]).item_id == told["id"]
    assert (told["title"], told["privileges"], told["slots"][0]["state"]) == ("Trees", [BASEMAPS], "live")
    assert told["page"].endswith(f"/home/item.html?id={told['id']}")


def test_every_setting_arrives(shell, ada, site) -> None:
    """As the portal keeps it."""
    layer = site.practice.layer
    settings = ["--title", "Roads", "--item", layer, "--privilege", BASEMAPS, "--expires", "30", "--private"]
    settings += ["--privilege", "portal:user:viewOrgUsers", "--referrer", "https://app.example.com"]
    settings += ["--folder", "Class", "--tag", "class-7", "--tag", "b", "--summary", "For the map."]
    item = shell("create", *settings, "--json").told["id"]
    one = ada.read_key(item)
    assert set(one.privileges) == {BASEMAPS, "portal:user:viewOrgUsers"}
    assert (one.title, one.items, one.referrers) == ("Roads", (layer,), ("https://app.example.com",))
    assert (one.folder, one.tags, one.summary) == ("Class", ("class-7", "b"), "For the map.")
    assert 29 < one.days_left() < 30


def test_a_date_is_the_last_day(shell, ada) -> None:
    """To its end, where the person is."""
    day = date.today() + timedelta(days=20)  # noqa: DTZ011 (a day of the person's calendar)
    item = shell("create", "--expires", day.isoformat(), "--json").told["id"]
    assert ada.read_key(item).ends().astimezone().date() == day


@pytest.mark.parametrize(
    ("argv", "privileges"),
    [
        ([], [BASEMAPS]),
        (["--item", "LAYER"], []),
        (["--preset", "basemaps-layer", "--item", "LAYER"], [BASEMAPS, "premium:user:staticbasemaptiles"]),
        (
            ["--preset", "basemaps", "--privilege", "premium:user:geocode:temporary"],
            [BASEMAPS, "premium:user:staticbasemaptiles", "premium:user:geocode:temporary"],
        ),
    ],
)
def test_presets_and_what_is_said_besides(shell, site, argv, privileges) -> None:
    """Nothing said is basemaps; an item alone opens no more than that."""
    argv = [site.practice.layer if one == "LAYER" else one for one in argv]
    told = shell("create", *argv, "--json").told
    assert set(told["privileges"]) == set(privileges)


def test_the_presets_offered_are_those_there_are() -> None:
    """Of all kinds of account together."""
    everything = frozenset(catalogue())
    accounts = [
        Account(username="a", full_name="", organization="", kind=kind, privileges=everything)
        for kind in AccountKind
    ]
    assert {one.id for account in accounts for one in presets(account)} == {*PRESETS}


def test_a_preset_that_needs_an_item_says_so(shell, site) -> None:
    """Nothing is made."""
    ran = shell("create", "--preset", "basemaps-layer")
    assert (ran.status, ran.out) == (2, "")
    assert "--preset: basemaps-layer needs an --item" in ran.err
    assert "addItem" not in site.operations()


def test_without_a_key_nothing_is_written(shell, ada) -> None:
    """The credential is there; its first key comes from rotate."""
    ran = shell("create", "--title", "Trees", "--no-generate")
    assert (ran.status, ran.out) == (0, "")
    (one,) = ada.list_keys(title="Trees") or [None]
    assert one is None or one.live_slots() == ()
    item = ran.err.partition("(")[2].partition(")")[0]
    key = shell("rotate", item).out.strip()
    assert ada.inspect_key(key).item_id == item


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["--title", " "], "--title: This is empty"),
        (["--expires", "AAPTcanary"], "--expires: Write the days, such as 30"),
        (["--expires", "400"], "--expires: A key may live 365 days at most"),
        (["--expires", "2020-01-01"], "--expires: This lies in the past"),
        (["--expires", "9" * 30], "--expires: Write the days"),
        (["--privilege", "AAPTcanary"], "--privilege: This is no privilege, as 'premium:user:basemaps' is."),
        (["--item", "AAPTcanary"], "--item: This is no item id"),
        (["--referrer", "AAPTcanary"], "--referrer: Begin with https://"),
        (["--referrer", "https://x.example/AAPTcanary"], "--referrer: Leave out what follows"),
        (["--tag", "AAPTcanary,b"], "--tag: A tag needs"),
        (["--preset", "AAPTcanary"], "--preset: this value cannot be used; choose one of basemaps,"),
        (["--key", "AAPTcanary"], "A key is never one"),
        (["AAPTcanary"], "A key is never one"),
        (["--folder"], "not understood"),
    ],
)
def test_a_setting_that_cannot_be_is_named_and_not_repeated(shell, site, argv, says) -> None:
    """Status 2, before anything is sent."""
    ran = shell("create", *argv)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err
    assert "canary" not in ran.err
    assert site.operations() == []


@pytest.mark.parametrize(
    ("privilege", "says"),
    [
        ("portal:user:viewOrgUsers", "--private"),
        ("portal:admin:viewUsers", "'portal:admin:viewUsers' is "),
    ],
)
def test_a_privilege_that_cannot_be_granted_is_named(shell, site, privilege, says) -> None:
    """In words of the command line; nothing is made."""
    ran = shell("create", "--privilege", privilege)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err
    assert "private=True" not in ran.err
    assert "addItem" not in site.operations()


def test_what_fails_half_way_is_undone_and_told(shell, site) -> None:
    """One sentence, no traceback, nothing left."""
    site.practice.fail("registerApp:error=500")
    ran = shell("create", "--title", "Trees")
    assert (ran.status, ran.out) == (2, "")
    assert "Nothing of this key is left behind." in ran.err
    assert [
        one["title"] for one in site.practice.items_of(site.ada.username) if one["title"] == "Trees"
    ] == []


def test_what_remains_is_named_by_its_id(shell, site) -> None:
    """Status 1: a part of it is there."""
    site.practice.fail("registerApp:error=500")
    site.practice.fail("delete:error=500*9")
    ran = shell("create", "--title", "Trees")
    (left,) = [one["id"] for one in site.practice.items_of(site.ada.username) if one["title"] == "Trees"]
    assert ran.status == 1
    assert left in ran.err


def test_days_are_counted_from_now(shell) -> None:
    """The end is told with its zone."""
    told = shell("create", "--expires", "2", "--json").told
    ends = datetime.fromisoformat(told["slots"][0]["expires"])
    assert timedelta(days=1) < ends - datetime.now(UTC) <= timedelta(days=2)


def test_an_account_that_may_make_no_keys_is_told_why(site, monkeypatch, capsys) -> None:
    """With what it lacks; nothing is made."""
    sam = site.practice.users[2]
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{sam.password}\n"))
    assert cli.main(["create", "--portal", site.url, "--user", sam.username, "--password-stdin"]) == 2
    shown = capsys.readouterr()
    assert "Your account may not make API keys" in shown.err
    assert shown.out == ""
    assert "addItem" not in site.operations()
