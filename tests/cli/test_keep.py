"""`--keep`: a key that goes to the keyring or a .env file, and is neither written out nor lost on its way."""

from __future__ import annotations

import re
import signal
import time
from pathlib import Path

import pytest

from arcgis_keywidget import KeyRequest, forget, keep, kept, load
from arcgis_keywidget.session.folder import Folder
from tests.cli.terminal import Terminal
from tests.cli.test_terminal import as_ada, titles, wait_for


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """The working folder: keys are written nowhere else. Nothing stays in the environment."""
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    forget()


@pytest.mark.parametrize("where", [".env", "keyring"])
@pytest.mark.usefixtures("vault")
def test_a_key_is_kept_and_not_written(shell, ada, where) -> None:
    """It is told where, without the key, and loads in the next session."""
    ran = shell("create", "--title", "Trees", "--keep", where)
    assert (ran.status, ran.out) == (0, "")
    (entry,) = kept()
    assert f"Kept the key in {entry.place}. In Python: load('Trees')" in ran.err
    key = load("Trees", environ=())
    assert ada.inspect_key(key).item_id == entry.item_id
    assert (entry.where, key in ran.err) == (where, False)


def test_a_key_at_a_terminal_needs_no_showing(site, here) -> None:
    """It is in the file, and not on the screen."""
    with as_ada(site, "create", "--title", "Trees", "--keep", ".env") as terminal:
        terminal.answer_unseen("Password", site.ada.password)
        assert terminal.end() == 0
    assert "AAPTpractice" in (here / ".env").read_text()
    assert "AAPTpractice" not in terminal.seen


def test_json_has_the_key_only_where_that_is_said(shell, here) -> None:
    """Its credential in any case."""
    told = shell("create", "--title", "Trees", "--keep", ".env", "--json").told
    assert ("key" in told, kept()[0].item_id) == (False, told["id"])
    told = shell("create", "--title", "Roads", "--keep", ".env", "--show-key", "--json").told
    assert told["key"] in (here / ".env").read_text()


@pytest.mark.parametrize("argv", [["create"], ["rotate", "Trees"]])
def test_a_place_that_cannot_be_used_is_told_first(shell, site, here, argv) -> None:
    """With the reason and the remedy, and nothing is sent."""
    ran = shell(*argv, "--keep", "keyring")
    assert (ran.status, ran.out, site.operations()) == (2, "", [])
    assert "--keep: The keyring here is not used (keyring.backends.fail.Keyring" in ran.err
    (here / ".env").write_text("A=1\n")
    (here / ".env").chmod(0o644)
    ran = shell(*argv, "--keep", ".env")
    assert (ran.status, site.operations()) == (2, [])
    assert "chmod 600" in ran.err


def test_nothing_is_kept_where_no_key_is_made(shell, site) -> None:
    """Refused, rather than passed over."""
    ran = shell("create", "--no-generate", "--keep", ".env")
    assert (ran.status, site.operations()) == (2, [])
    assert "--keep: there is no key to keep" in ran.err


def test_a_rotated_key_takes_the_place_of_the_kept_one(shell, ada) -> None:
    """The older one lives on until it is revoked."""
    shell("create", "--title", "Trees", "--keep", ".env")
    (before,) = kept()
    assert shell("rotate", before.item_id, "--keep", ".env", "--revoke-old").status == 0
    (after,) = kept()
    assert (before.slot, after.slot, after.place) == (1, 2, before.place)
    assert ada.inspect_key(load("Trees", environ=())).item_id == before.item_id


@pytest.mark.parametrize("rotated", [False, True])
def test_a_key_that_cannot_be_kept_after_all_is_taken_back(shell, made, ada, site, rotated) -> None:
    """Another credential's key has the name: that one stays, and nothing of the new one remains."""
    other = ada.create_key(KeyRequest("Trees"))
    keep(other, ".env")
    argv = ["rotate", made("Trees").item_id] if rotated else ["create", "--title", "Trees"]
    before = titles(site)
    ran = shell(*argv, "--keep", ".env")
    assert ran.status == 2
    assert "The key could not be kept: Another credential's key is kept as 'Trees'" in ran.err
    assert "It was taken back: nothing of it remains." in ran.err
    assert (titles(site), kept()[0].item_id) == (before, other.item_id)
    if rotated:
        assert [slot.number for slot in ada.read_key(argv[1]).live_slots()] == [1]


def test_a_key_that_can_be_neither_kept_nor_taken_back_is_named(shell, ada, site) -> None:
    """By its id; status 1."""
    keep(ada.create_key(KeyRequest("Trees")), ".env")
    site.practice.fail("delete:error=500*9")
    ran = shell("create", "--title", "Trees", "--keep", ".env")
    assert ran.status == 1
    assert re.search(r"It is live in 'Trees' \([0-9a-f]{32}\); revoke it\.", ran.err)


def test_a_kept_key_that_cannot_be_written_stays_kept(site, ada) -> None:
    """A full disk: it is told where the key is; status 1."""
    argv = ["create", "--title", "Trees", "--keep", ".env", "--show-key"]
    with as_ada(site, *argv, output=Path("/dev/full")) as terminal:
        terminal.answer_unseen("Password", site.ada.password)
        assert terminal.end() == 1
    assert (
        "could not be written to standard output. It is made, and kept in the variable TREES" in terminal.seen
    )
    assert ada.inspect_key(load("Trees", environ=())).live_slots()


@pytest.mark.parametrize(
    ("fault", "status", "told"),
    [
        ("", 2, "Stopped. Nothing was made, or it was taken back."),
        ("delete:error=500*9", 1, "It was stopped. It is live in 'Trees' ("),
    ],
)
def test_ctrl_c_before_the_key_is_kept_takes_it_back(site, here, fault, status, told) -> None:
    """Another process has the file, so that it waits; what cannot be taken back is named."""
    site.practice.fail("registerApp:slow=2")
    if fault:
        site.practice.fail(fault)
    with as_ada(site, "create", "--title", "Trees", "--keep", ".env") as terminal, Folder(here) as folder:
        terminal.answer_unseen("Password", site.ada.password)
        wait_for(lambda: "addItem" in site.operations())
        with folder.locked(".env"):
            wait_for(lambda: site.practice.requests[-1]["path"].endswith("/oauth2/token"))
            time.sleep(0.5)  # until it waits for the file
            terminal.child.send_signal(signal.SIGINT)
            assert terminal.end() == status
    assert told in terminal.seen
    assert ("Trees" in titles(site)) is bool(fault)
    assert not (here / ".env").exists()


@pytest.mark.parametrize("argv", [["revoke", "--slot", "1"], ["delete"], ["rotate", "--revoke-old"]])
def test_a_kept_key_that_has_ended_is_told(shell, made, argv) -> None:
    """With how it is dropped; it is its owner's, and stays."""
    one = made("Trees")
    keep(one, ".env")
    command, *options = argv
    ran = shell(command, one.item_id, *options, *([] if command == "rotate" else ["--yes"]))
    assert ran.status == 0
    (entry,) = kept()
    assert f"An ended key is still kept in {entry.place}. To drop it, in Python: unkeep('Trees')" in ran.err


def test_a_kept_key_of_the_other_slot_is_not_told(shell, made, ada) -> None:
    """It lives."""
    one = made("Trees")
    keep(ada.rotate(one), ".env")
    assert "still kept" not in shell("revoke", one.item_id, "--slot", "1", "--yes").err


@pytest.mark.usefixtures("vault")
def test_the_keyring_is_looked_at_where_somebody_can_answer(site, made) -> None:
    """At a terminal; a scheduler is asked to unlock nothing."""
    keep(made("Trees"), "keyring")
    argv = ["revoke", "Trees", "--slot", "1", "--yes", "--portal", site.url, "--user", "ada"]
    with Terminal(*argv) as terminal:
        terminal.answer_unseen("Password", site.ada.password)
        assert terminal.end() == 0
    assert "An ended key is still kept in the Secret Service" in terminal.seen
