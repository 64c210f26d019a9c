"""`arcgis-keywidget list` and `show`: what there is, chosen, sorted, and safe to look at."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from arcgis_keywidget._loop import run

EVIL = "\x1b[2J[red]Trees[/red] <script>\u202egpj.\r\nfake"
SHOWN = "\\x1b[2J[red]Trees[/red] <script>\\u202egpj."


def test_a_pipe_gets_a_line_for_each(shell, made, site) -> None:
    """Tabs between, nothing cut, no key."""
    one = made("Trees", referrers=("https://app.example.com",), folder="Class", tags=("a", "b"))
    two = made("A long title " * 9, generate=False, items=(site.practice.layer,))
    ran = shell("list")
    assert ran.status == 0
    assert [line.split("\t") for line in ran.out.splitlines()] == [
        [two.title, two.item_id, "1: free, 2: free", "1", "1", "", "", ""],
        [
            "Trees",
            one.item_id,
            "1: 6 days left, 2: free",
            "1",
            "0",
            "https://app.example.com",
            "Class",
            "a, b",
        ],
    ]


def test_json_is_all_that_is_known(shell, made) -> None:
    """With the same names as of other commands."""
    one = made("Trees", tags=("a",), summary="For the map.")
    (told,) = shell("list", "--json").told
    assert (told["id"], told["client_id"], told["tags"]) == (one.item_id, one.client_id, ["a"])
    assert (told["summary"], told["protected"], told["legacy"]) == ("For the map.", False, False)
    assert told == shell("show", one.item_id, "--json").told | {"days_left": told["days_left"]}
    assert str.__str__(one.key) not in json.dumps(told)


@pytest.mark.parametrize(
    ("argv", "titles"),
    [
        ([], ["Lanes", "Roads", "Trees"]),
        (["--title", "t*"], ["Trees"]),
        (["--tag", "CLASS-?"], ["Roads", "Trees"]),
        (["--expiring", "5"], ["Trees"]),
        (["--expiring", "0"], []),
        (["--sort", "expiry"], ["Trees", "Roads", "Lanes"]),
        (["--sort", "folder"], ["Lanes", "Trees", "Roads"]),
    ],
)
def test_chosen_and_sorted(shell, made, argv, titles) -> None:
    """What has no live key, and so no end, comes last, and never expires."""
    made("Roads", expires=timedelta(days=9), tags=("class-7",), folder="Z")
    made("Trees", expires=timedelta(days=2), tags=("class-8",), folder="A")
    made("Lanes", generate=False)
    ran = shell("list", *argv)
    assert [line.split("\t")[0] for line in ran.out.splitlines()] == titles
    assert ran.status == 0
    assert bool(ran.err) is not bool(titles)


def test_legacy_keys_are_marked(shell, site) -> None:
    """In words, in the place of slots."""
    site.plant_legacy("Old map")
    site.settle()
    assert "Old map" in (shown := shell("list").out)
    assert "legacy key, no longer accepted" in shown
    assert shell("list", "--json").told[0]["legacy"] is True


@pytest.mark.parametrize("command", ["list", "show", "revoke", "delete"])
def test_a_title_is_shown_and_not_obeyed(shell, made, ada, command) -> None:
    """Escapes, line ends and what turns the direction of writing are written out; brackets are brackets."""
    one = made("Trees")
    path = f"content/users/{one.owner}/items/{one.item_id}/update"
    run(ada.portal._rest.post(path, {"title": EVIL}))
    name = [] if command == "list" else [one.item_id]
    more = {"revoke": ["--slot", "1", "--yes"], "delete": ["--yes"]}.get(command, [])
    ran = shell(command, *name, *more)
    assert ran.status == 0
    shown = ran.out + ran.err
    assert SHOWN in shown
    assert not {"\x1b", "\u202e", "\r"} & set(shown)
    assert not any(line.startswith("fake") for line in shown.splitlines())


def test_show_tells_all_but_the_key(shell, made, site) -> None:
    """By id and by title, in any case of letters; a list on a line each."""
    one = made("Trees", items=site.practice.layers[:2], summary="For the map.", tags=("a",), folder="Class")
    ran = shell("show", "TREES")
    assert ran.out == shell("show", one.item_id.upper()).out
    lines = dict(line.split(maxsplit=1) for line in ran.out.splitlines() if not line.startswith(" "))
    assert (lines["Title"], lines["ID"], lines["Folder"], lines["Summary"]) == (
        "Trees",
        one.item_id,
        "Class",
        "For the map.",
    )
    assert lines["Slots"] == "1: 6 days left, 2: free"
    assert lines["Page"] == f"{site.url}/home/item.html?id={one.item_id}"
    assert all(item in ran.out for item in one.items)


@pytest.mark.parametrize(
    ("name", "says"), [("Nothing", "None of your keys has this title"), ("0" * 32, "no API key credential")]
)
def test_what_is_not_there_is_told(shell, made, name, says) -> None:
    """Status 2."""
    made("Trees")
    ran = shell("show", name)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err


def test_an_ambiguous_title_is_told_with_ids(shell, made) -> None:
    """Large and small letters do not tell two apart; nor does a wildcard choose."""
    ids = {made("Trees").item_id, made("trees", folder="Class").item_id}
    ran = shell("show", "Trees")
    assert (ran.status, ran.out) == (2, "")
    assert {line.split()[0] for line in ran.err.splitlines() if line.startswith("  ")} == ids
    assert "Name the one by its id" in ran.err
    assert "None of your keys" in shell("show", "T*").err
