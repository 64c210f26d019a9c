"""At a terminal: hidden questions, consent, Ctrl-C, and a key that is shown only where that is meant."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import pytest

from arcgis_keywidget._loop import run
from tests.cli.terminal import COMMAND, Terminal, clean_environ
from tests.clients.sign_in_page import read_code, sign_in
from tests.leaks.search import find
from tests.portal.conftest import OUT_OF_BAND, register


def as_ada(site, name: str, *argv: str, **options) -> Terminal:
    """A command of Ada's, which asks for her password."""
    return Terminal(name, "--portal", site.url, "--user", "ada", *argv, **options)


def wait_for(done) -> None:
    """Wait until the portal, or the screen, is that far."""
    while not done():
        time.sleep(0.05)


def titles(site) -> list[str]:
    """What Ada has in the portal."""
    return [item["title"] for item in site.practice.items_of(site.ada.username)]


def test_name_and_password_are_asked_and_the_password_unseen(site, made) -> None:
    """In that order, on standard error."""
    made("Trees")
    with Terminal("list", "--portal", site.url) as terminal:
        terminal.answer(f"User name at {site.url}: ", "ada")
        terminal.answer_unseen(f"Password at {site.url}: ", site.ada.password)
        assert terminal.end() == 0
    assert "Trees" in terminal.seen
    assert find({"password": site.ada.password}, {"screen": terminal.seen.encode()}) == []


def test_the_key_goes_to_a_file_and_not_to_the_screen(site, ada, tmp_path) -> None:
    """The questions are asked at the terminal all the same."""
    argv = ["create", "--portal", site.url, "--title", "Trees"]
    with Terminal(*argv, output=tmp_path / "key") as terminal:
        terminal.answer("User name", "ada")
        terminal.answer_unseen("Password", site.ada.password)
        assert terminal.end() == 0
    key = (tmp_path / "key").read_text().removesuffix("\n")
    assert ada.inspect_key(key).live_slots()
    assert "Made 'Trees'" in terminal.seen
    assert find({"key": key, "password": site.ada.password}, {"screen": terminal.seen.encode()}) == []


@pytest.mark.parametrize("argv", [["create"], ["rotate", "Trees"]])
def test_a_key_is_not_shown_on_a_terminal_unasked(site, argv) -> None:
    """Refused before anything is asked or sent."""
    with as_ada(site, *argv) as terminal:
        assert terminal.end() == 2
    assert "--show-key" in terminal.seen
    assert "Password" not in terminal.seen
    assert site.operations() == []


def test_the_key_is_shown_where_that_is_said(site, ada) -> None:
    """On a line of its own."""
    with as_ada(site, "create", "--show-key") as terminal:
        terminal.answer_unseen("Password", site.ada.password)
        assert terminal.end() == 0
    (key,) = [line for line in terminal.seen.splitlines() if line.startswith("AAPTpractice")]
    assert ada.inspect_key(key).live_slots()


def test_a_key_that_cannot_be_written_is_taken_back(site) -> None:
    """A full disk: nothing of it remains, and that is told."""
    with as_ada(site, "create", "--title", "Trees", output=Path("/dev/full")) as terminal:
        terminal.answer_unseen("Password", site.ada.password)
        assert terminal.end() == 2
    assert "could not be written to standard output. It was taken back" in terminal.seen
    assert "Trees" not in titles(site)
    assert "Exception ignored" not in terminal.seen
    assert "AAPTpractice" not in terminal.seen


def test_a_rotated_key_that_cannot_be_written_ends(site, made, ada) -> None:
    """And the present one lives on, although it was to be revoked."""
    one = made("Trees")
    with as_ada(site, "rotate", "Trees", "--revoke-old", output=Path("/dev/full")) as terminal:
        terminal.answer_unseen("Password", site.ada.password)
        assert terminal.end() == 2
    assert [slot.number for slot in ada.read_key(one).live_slots()] == [1]


def test_the_browser_signs_in(site, ada, made) -> None:
    """The page's address is told; the code is read unseen."""
    made("Trees")
    client = run(register(ada.portal, OUT_OF_BAND))
    with Terminal("list", "--portal", site.url, "--client-id", client) as terminal:
        terminal.read_until("Code: ")
        (address,) = [line for line in terminal.seen.splitlines() if line.startswith(site.url)]
        code = read_code(sign_in(address, site.ada))
        terminal.type(code)
        assert terminal.end() == 0
    assert "Trees" in terminal.seen
    assert code not in terminal.seen


@pytest.mark.parametrize(("answer", "status", "left"), [("n", 1, True), ("", 1, True), ("y", 0, False)])
def test_deleting_asks_first(site, made, answer, status, left) -> None:
    """What would go is told; Enter alone is no."""
    one = made("Trees")
    with as_ada(site, "delete", "Trees") as terminal:
        terminal.answer_unseen("Password", site.ada.password)
        terminal.answer("[y/N]: ", answer)
        assert terminal.end() == status
    assert f"{one.item_id}  Trees (1: 6 days left, 2: free)" in terminal.seen
    assert ("Trees" in titles(site)) is left


def test_what_ends_live_keys_is_asked(site, made, ada) -> None:
    """With the warning; no leaves everything."""
    one = made("Trees")
    with as_ada(site, "edit", "Trees", "--item", site.practice.layer) as terminal:
        terminal.answer_unseen("Password", site.ada.password)
        terminal.answer("Change it? [y/N]: ", "n")
        assert terminal.end() == 1
    assert "This ends the live keys of 'Trees'" in terminal.seen
    assert ada.read_key(one) == ada.read_key(one.item_id)
    assert ada.read_key(one).items == ()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_undoes_what_was_begun(site, sign) -> None:
    """And says so; no traceback, nothing left. A scheduler's request to end is the same."""
    site.practice.fail("registerApp:slow=2")
    with as_ada(site, "create", "--title", "Trees", "--show-key") as terminal:
        terminal.answer_unseen("Password", site.ada.password)
        wait_for(lambda: "addItem" in site.operations())
        terminal.child.send_signal(sign)
        assert terminal.end() == 2
    assert "Stopped. Nothing was made, or it was taken back." in terminal.seen
    assert "Traceback" not in terminal.seen
    assert "Trees" not in titles(site)


def test_what_ctrl_c_leaves_is_named(site) -> None:
    """By its id, where the portal does not let it be deleted."""
    site.practice.fail("registerApp:slow=2")
    site.practice.fail("delete:error=500*9")
    with as_ada(site, "create", "--title", "Trees", "--show-key") as terminal:
        terminal.answer_unseen("Password", site.ada.password)
        wait_for(lambda: "addItem" in site.operations())
        terminal.child.send_signal(signal.SIGINT)
        assert terminal.end() == 2
    (left,) = [one["id"] for one in site.practice.items_of("ada") if one["title"] == "Trees"]
    assert left in terminal.seen
    assert "taken back" not in terminal.seen


def test_ctrl_c_among_many_tells_what_was_deleted(site, made) -> None:
    """And running it again finishes."""
    for title in ("Ash", "Oak"):
        made(title, tags=("t",))
    site.practice.log.forget()
    site.practice.fail("delete:slow=0")
    site.practice.fail("delete:slow=3")
    with as_ada(site, "delete", "--tag", "t", "--yes") as terminal:
        terminal.answer_unseen("Password", site.ada.password)
        wait_for(lambda: site.operations().count("delete") == 1 and "Deleted" in terminal.look())
        terminal.child.send_signal(signal.SIGINT)
        assert terminal.end() == 2
    assert "Deleted 'Ash'" in terminal.seen
    assert "Stopped. What was deleted is told above; run it again to finish." in terminal.seen
    site.practice.heal()
    site.settle()
    with as_ada(site, "delete", "--tag", "t", "--yes") as again:
        again.answer_unseen("Password", site.ada.password)
        assert again.end() == 0
    assert not {"Ash", "Oak"} & {*titles(site)}


def test_a_second_ctrl_c_does_not_wait_for_the_undo(site) -> None:
    """It is told that something may be left."""
    site.practice.fail("registerApp:slow=2")
    site.practice.fail("delete:slow=2")
    with as_ada(site, "create", "--title", "Trees", "--show-key") as terminal:
        terminal.answer_unseen("Password", site.ada.password)
        wait_for(lambda: "addItem" in site.operations())
        terminal.child.send_signal(signal.SIGINT)
        time.sleep(0.5)
        terminal.child.send_signal(signal.SIGINT)
        assert terminal.end() == 2
    assert "Stopped. Not all of it may have been taken back" in terminal.seen
    assert "Traceback" not in terminal.seen


@pytest.mark.parametrize("typed", ["\x03", "\x04"])
def test_a_question_may_be_left(site, typed) -> None:
    """Ctrl-C and Ctrl-D at the password."""
    with as_ada(site, "list") as terminal:
        terminal.answer_unseen("Password", typed)
        if typed == "\x03":
            terminal.child.send_signal(signal.SIGINT)
        assert terminal.end() == 2
    assert "Stopped." in terminal.seen
    assert "Traceback" not in terminal.seen


@pytest.mark.parametrize("columns", [40, 100, 180])
def test_the_table_fits_and_no_id_is_cut(site, made, columns) -> None:
    """A table where it fits, else a block for each; brackets of a title stay."""
    one = made("[bold]Trees[/bold] :smile:", tags=("class-7",), folder="Class")
    with as_ada(site, "list", columns=columns) as terminal:
        terminal.answer_unseen("Password", site.ada.password)
        assert terminal.end() == 0
    assert one.item_id in terminal.seen
    assert "[bold]Trees[/bold] :smile:" in terminal.seen
    assert ("Privileges" in terminal.seen) is (columns > 150)


def test_a_reader_that_has_had_enough_is_no_error(site, made) -> None:
    """As head is: no traceback."""
    for number in range(3):
        made(f"Trees {number}")
    child = subprocess.Popen(
        [*COMMAND, "list", "--portal", site.url, "--user", "ada", "--password-stdin"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=clean_environ(),
    )
    child.stdout.close()
    _, err = child.communicate(f"{site.ada.password}\n".encode(), timeout=60)
    assert (child.returncode, err) == (2, b"")


def test_many_keys_are_counted_while_they_are_read(site, made) -> None:
    """On standard error, and wiped away."""
    for number in range(12):
        made(f"Trees {number}", generate=False)
    with as_ada(site, "list", "--title", "none") as terminal:
        terminal.answer_unseen("Password", site.ada.password)
        assert terminal.end() == 0
    assert "\rReading your keys: 10\r      " in terminal.seen
