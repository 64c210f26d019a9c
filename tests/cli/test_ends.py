"""`rotate`, `revoke`, `edit` and `delete`: what ends is meant, told, and finished by another run."""

from __future__ import annotations

import pytest

from arcgis_keywidget._loop import run
from arcgis_keywidget.errors import KeyWidgetError

BASEMAPS = "premium:user:basemaps"


def lives(portal, key) -> bool:
    """Whether a key opens anything."""
    try:
        portal.inspect_key(key)
    except KeyWidgetError:
        return False
    return True


def test_rotation_leaves_the_present_key_alive(shell, made, ada) -> None:
    """Until it is revoked."""
    one = made("Trees")
    ran = shell("rotate", "Trees", "--expires", "3")
    key = ran.out.strip()
    assert ran.status == 0
    assert lives(ada, key)
    assert lives(ada, one.key)
    assert "1: 6 days left, 2: 2 days left" in ran.err
    assert shell("revoke", "Trees", "--slot", "1", "--yes").status == 0
    assert (lives(ada, key), lives(ada, one.key)) == (True, False)


def test_the_old_key_ends_where_that_is_said(shell, made, ada) -> None:
    """After the new one was written."""
    one = made("Trees")
    ran = shell("rotate", one.item_id, "--revoke-old", "--json")
    assert (ran.status, "Ended the old key in slot 1" in ran.err) == (0, True)
    assert (lives(ada, ran.told["key"]), lives(ada, one.key)) == (True, False)


def test_an_old_key_that_does_not_end_is_told(shell, made, ada, site) -> None:
    """Status 1; the new key is out."""
    one = made("Trees")
    site.practice.fail("revokeToken:error=500*9")
    ran = shell("rotate", one.item_id, "--revoke-old")
    assert ran.status == 1
    assert "The old key in slot 1 lives on" in ran.err
    assert lives(ada, ran.out.strip())


def test_two_live_keys_are_not_rotated(shell, made, ada) -> None:
    """The way out is told."""
    one = made("Trees")
    ada.rotate(one)
    ran = shell("rotate", one.item_id)
    assert (ran.status, ran.out) == (2, "")
    assert f"arcgis-keywidget revoke {one.item_id} --slot 1" in ran.err


def test_a_free_slot_needs_no_revoking(shell, made) -> None:
    """It is as it shall be."""
    one = made("Trees")
    ran = shell("revoke", one.item_id, "--slot", "2", "--yes", "--json")
    assert (ran.status, "holds no key" in ran.err) == (0, True)
    assert ran.told["slots"][0]["state"] == "live"


@pytest.mark.parametrize("argv", [["revoke", "Trees", "--slot", "1"], ["delete", "Trees"]])
def test_nothing_ends_unasked(shell, made, ada, site, argv) -> None:
    """Where nobody can be asked, --yes must say it; nothing is sent."""
    one = made("Trees")
    site.practice.log.forget()
    ran = shell(*argv)
    assert (ran.status, ran.out) == (2, "")
    assert "--yes" in ran.err
    assert site.operations() == []
    assert lives(ada, one.key)


def test_free_settings_change_without_a_question(shell, made, ada) -> None:
    """And the key lives on; an empty value takes a setting away."""
    one = made("Trees", tags=("a",), summary="Old.")
    argv = ["--title", "Woods", "--summary", "", "--tag", "b", "--tag", "c", "--folder", "Class"]
    ran = shell("edit", "Trees", *argv, "--json")
    assert ran.status == 0
    now = ada.read_key(one)
    assert (now.title, now.summary, now.tags, now.folder) == ("Woods", "", ("b", "c"), "Class")
    assert ran.told["title"] == "Woods"
    assert lives(ada, one.key)
    assert shell("edit", one.item_id, "--tag", "", "--folder", "").status == 0
    assert (ada.read_key(one).tags, ada.read_key(one).folder) == ((), None)


def test_what_ends_live_keys_is_warned_of(shell, made, ada, site) -> None:
    """Refused where nobody can be asked; with --yes it is done, and the next step told."""
    one = made("Trees")
    argv = ["edit", one.item_id, "--item", site.practice.layer]
    ran = shell(*argv)
    assert ran.status == 2
    assert "ends the live keys" in ran.err
    assert lives(ada, one.key)
    ran = shell(*argv, "--yes")
    assert ran.status == 0
    assert f"arcgis-keywidget rotate {one.item_id}" in ran.err
    assert ada.read_key(one).items == (site.practice.layer,)


def test_what_is_as_asked_needs_no_question(shell, made, ada) -> None:
    """The same privileges end nothing."""
    one = made("Trees")
    assert shell("edit", one.item_id, "--privilege", BASEMAPS).status == 0
    assert lives(ada, one.key)
    assert shell("edit", one.item_id).status == 2


def test_many_are_deleted_by_tag_id_and_title(shell, made, ada, site) -> None:
    """Each told; a dry run tells the same before, and deletes nothing."""
    a, b, c = made("A", tags=("class-7",)), made("B"), made("C")
    d = made("D", tags=("class-77",))
    argv = ["delete", b.item_id, "c", "--tag", "Class-7"]
    dry = shell(*argv, "--dry-run", "--json")
    assert dry.status == 0
    assert {(one["id"], one["state"]) for one in dry.told} == {(x.item_id, "planned") for x in (a, b, c)}
    ran = shell(*argv, "--yes")
    assert ran.status == 0
    told = [line.split(" (")[0] for line in ran.err.splitlines()]
    assert told == ["Deleted 'B'", "Deleted 'C'", "Deleted 'A'"]
    site.settle()
    assert [one.item_id for one in ada.list_keys()] == [d.item_id]
    again = shell(*argv, "--yes")
    assert again.status == 0
    assert again.err.count("is not there (any more)") == 2


def test_a_star_is_a_star(shell, made, ada) -> None:
    """Nothing is deleted by a pattern."""
    made("Trees", tags=("a",))
    assert shell("delete", "T*", "--tag", "*", "--yes").status == 0
    assert len(ada.list_keys()) == 1


def test_a_protected_key_is_told_and_the_others_deleted(shell, made, ada, site) -> None:
    """Status 1, also of the dry run; another run finishes."""
    kept, gone = made("A", tags=("t",)), made("B", tags=("t",))
    path = f"content/users/{kept.owner}/items/{kept.item_id}"
    run(ada.portal._rest.post(f"{path}/protect", {}))
    for more in ("--dry-run", "--yes"):
        ran = shell("delete", "--tag", "t", more)
        assert ran.status == 1
        assert f"Not deleted: 'A' ({kept.item_id}). " in ran.err
        assert "protected" in ran.err
    assert f"Deleted 'B' ({gone.item_id})" in ran.err
    run(ada.portal._rest.post(f"{path}/unprotect", {}))
    site.settle()
    assert shell("delete", "--tag", "t", "--yes").status == 0
    site.settle()
    assert ada.list_keys() == ()


def test_a_portal_that_fails_in_the_middle_is_told(shell, made, site) -> None:
    """What was not tried is named, too."""
    for title in "ABC":
        made(title, tags=("t",))
    site.practice.fail("delete:http=429")
    ran = shell("delete", "--tag", "t", "--yes", "--json")
    assert ran.status == 1
    assert [one["state"] for one in ran.told] == ["failed", "not tried", "not tried"]
    assert shell("delete", "--tag", "t", "--yes").status == 0


def test_a_title_of_several_deletes_none(shell, made, ada) -> None:
    """They are told with their ids, and nothing else is deleted either."""
    ids = [made("Trees").item_id, made("Trees").item_id, made("Roads").item_id]
    ran = shell("delete", "Roads", "Trees", "--yes")
    assert ran.status == 2
    assert all(one in ran.err for one in ids[:2])
    assert len(ada.list_keys()) == 3


def test_delete_needs_a_name(shell, site) -> None:
    """Nothing named is not everything."""
    ran = shell("delete", "--yes")
    assert (ran.status, site.operations()) == (2, [])
    assert "name ids or titles, or a --tag" in ran.err
