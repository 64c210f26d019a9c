"""Keys in a .env file: what is written, what is left alone, what is refused."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from dotenv import dotenv_values

from arcgis_keywidget import keep, kept, unkeep
from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.session import vault

FILE = Path(".env")


def test_a_key_is_written_for_this_person_alone(make):
    """0600, with what its portal can be asked with later; the answer and the list show no key."""
    made = make()
    told = keep(made, ".env")
    assert stat.S_IMODE(FILE.stat().st_mode) == 0o600
    assert dotenv_values(FILE) == {"MY_KEY": made.key}
    assert (told,) == kept()
    assert (told.name, told.portal, told.item_id) == ("My key", made.key.portal, made.item_id)
    assert (told.title, told.expires, told.slot, told.where) == ("My key", made.key.expires, 1, ".env")
    assert told.place == f"the variable MY_KEY in {FILE.absolute()}"
    assert "canary" not in repr(told)
    assert vault.read(told).reveal() == made.key


def test_all_else_of_the_file_stays(make):
    """Comments, order, blank lines, other values, bytes that are no UTF-8; also after the key is dropped."""
    before = b"# mine\n\nB=2\nA='x y'  # why\nL=\xe9\n"
    FILE.write_bytes(before)
    FILE.chmod(0o600)
    keep(make(), ".env")
    assert FILE.read_bytes().startswith(before)
    unkeep("my KEY")
    assert FILE.read_bytes() == before
    assert kept() == ()


def test_a_newer_key_takes_the_place_of_the_older(make):
    """After rotating, say: the same item, the other slot."""
    keep(make(), ".env")
    told = keep(make(slot=2, mark="newer"), ".env")
    assert kept() == (told,)
    assert told.slot == 2
    assert "canary" not in FILE.read_text()


def test_another_credential_does_not_take_a_name(make):
    """Two items of one portal may have one title: the person says which is which."""
    keep(make(), ".env")
    with pytest.raises(FieldError, match="name: Another credential's key is kept as 'My key'"):
        keep(make(item="2"), ".env")
    keep(make(item="2"), ".env", name="Second")
    assert {one.name for one in kept()} == {"My key", "Second"}


def test_one_title_in_two_portals_has_two_variables(make):
    """And dropping one needs the portal."""
    keep(make(), ".env")
    other = keep(make(portal="https://gis.example.com"), ".env")
    assert "MY_KEY_2" in other.place
    with pytest.raises(FieldError, match=r"portal: Keys of several portals .*gis\.example\.com"):
        unkeep("My key")
    assert unkeep("My key", portal="gis.example.com") == (other,)
    assert [one.portal for one in kept()] == ["https://www.arcgis.com"]


def test_the_variable_is_the_persons_choice(make):
    """One that holds something else is never overwritten; the key's own may be changed."""
    FILE.write_text("TAKEN=1\n")
    FILE.chmod(0o600)
    with pytest.raises(FieldError, match="variable: TAKEN is something else"):
        keep(make(), ".env", variable="TAKEN")
    keep(make(), ".env", variable="FIRST")
    keep(make(), ".env", variable="SECOND")
    assert [*dotenv_values(FILE)] == ["TAKEN", "SECOND"]


def test_a_derived_name_leaves_what_is_taken_alone(make):
    """The person's own MY_KEY stays."""
    FILE.write_text("MY_KEY=mine\n")
    FILE.chmod(0o600)
    keep(make(), ".env")
    assert dotenv_values(FILE)["MY_KEY"] == "mine"
    assert dotenv_values(FILE)["MY_KEY_2"] == make().key


def refused(make, words, path=".env"):
    """Keeping is refused with these words, and nothing is written."""
    before = {one: one.lstat().st_mtime_ns for one in Path().rglob("*") if one.name != ".gitignore"}
    with pytest.raises((KeyWidgetError, FieldError), match=words):
        keep(make(), ".env", path=path)
    assert {one: one.lstat().st_mtime_ns for one in Path().rglob("*") if one.name != ".gitignore"} == before


def test_a_link_is_not_followed(make):
    """What it leads to stays as it is."""
    target = Path("target")
    target.write_text("A=1\n")
    FILE.symlink_to(target)
    refused(make, r"symbolic link.*Name the file itself")
    assert target.read_text() == "A=1\n"


def test_a_link_that_leads_nowhere_makes_no_file(make):
    """Nor is the link replaced."""
    FILE.symlink_to("nowhere")
    refused(make, "symbolic link")
    assert not Path("nowhere").exists()


def test_a_folder_and_a_pipe_are_refused(make):
    """Neither is a file of settings; a pipe does not block."""
    Path("folder").mkdir()
    refused(make, r"path: .*folder is a folder; name a file in it", path="folder")
    os.mkfifo("pipe")
    refused(make, "no plain file", path="pipe")


def test_a_folder_that_is_not_there_is_told(make):
    """None is made."""
    refused(make, r"no folder .*nowhere", path="nowhere/.env")


def test_a_file_that_others_can_read_is_told(make):
    """With the command that mends it; what is kept in it is not read either."""
    FILE.write_text("A=1\n")
    FILE.chmod(0o640)
    refused(make, r"Others .* may read .*\.env \(mode 640\).*chmod 600")
    FILE.chmod(0o600)
    keep(make(), ".env")
    FILE.chmod(0o604)
    assert kept() == ()
    assert "mode 604" in "".join(vault.look().troubles)


def test_a_file_that_is_read_only_is_told(make):
    """Its person does not want it changed; a new one is not put in its place."""
    FILE.write_text("A=1\n")
    FILE.chmod(0o400)
    refused(make, r"\.env is read-only.*chmod u\+w")
    assert not vault.places()[1].usable


def test_a_folder_of_that_name_keeps_nothing_from_being_found(make):
    """Some call their virtual environment so."""
    FILE.mkdir()
    assert kept() == ()
    told = keep(make(), ".env", path="keys.env")
    assert kept("keys.env") == (told,)
    assert "is a folder" in vault.look().troubles[-1]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_another_user_is_told(make):
    """Even where root could write it."""
    FILE.write_text("A=1\n")
    FILE.chmod(0o600)
    os.chown(FILE, 65534, 65534)
    refused(make, "belongs to another user")


@pytest.fixture
def nobody(tmp_path):
    """A user for whom permissions count, even where the tests run as root; in a folder to read only."""
    home = Path().absolute()
    home.chmod(0o555)
    before = os.geteuid()
    for folder in tmp_path.parents:
        if folder.stat().st_uid == before and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o011)
    tmp_path.chmod(0o755)
    if before == 0:
        os.seteuid(65534)
    yield
    os.seteuid(before)
    home.chmod(0o755)


def test_a_folder_to_read_only_is_told(make, nobody):
    """Nothing can be written in it."""
    del nobody
    refused(make, "may not be read or written here")


@pytest.mark.parametrize("path", ["a\0b", ".env\n!secret", "~nobody-here/.env", "a" * 300])
def test_a_path_that_no_file_has_is_refused_in_words(make, path):
    """What other places keep is still told."""
    with pytest.raises((FieldError, KeyWidgetError)):
        keep(make(), ".env", path=path)
    assert kept(path) == ()
    assert [*Path().iterdir()] == []


def test_a_working_folder_that_is_gone_is_told(make, here):
    """Somebody else may delete it."""
    here.rmdir()
    with pytest.raises(KeyWidgetError, match=r"which file \.env is"):
        keep(make(), ".env")
    assert kept() == ()


@pytest.mark.parametrize(
    "told",
    [
        {"name": "My key\x1b[2J"},
        {"item": "x'); evil('"},
        {"expires": "2030-01-01T00:00:00"},
        {"referrer": "a\r\nX-Evil: b"},
        {"trust": ["gis.example.com\n"]},
    ],
)
def test_a_note_that_was_tampered_with_is_none(make, told):
    """What is in it is shown, compared and sent."""
    keep(make(), ".env")
    before = FILE.read_text()
    comment, rest = before.split("\n", 1)
    note = json.loads(comment.removeprefix("# arcgis-keywidget "))
    FILE.write_text(f"# arcgis-keywidget {json.dumps({**note, **told})}\n{rest}")
    assert kept() == ()
