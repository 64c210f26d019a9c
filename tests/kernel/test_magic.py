"""`%arcgis_key` in a real kernel: what it says, what it takes, and that it shows no key."""

from __future__ import annotations

import re

import pytest

from tests.leaks.search import find, read_folder

pytestmark = pytest.mark.kernel

LATER = "from dataclasses import replace\nfrom datetime import UTC, datetime, timedelta\n"
NEAR = "ApiKey(os.environ['CANARY'], portal='https://gis.example.com', expires=datetime.now(UTC) + {left})"


@pytest.fixture
def magic(signed_in):
    """A kernel with the magic loaded and a portal that is signed in."""
    assert signed_in.run("%load_ext arcgis_keywidget") == ""
    signed_in.run("from arcgis_keywidget import ApiKey\n" + LATER)
    return signed_in


def test_status_tells_title_portal_and_days(magic, portal):
    """Nothing yet, then the key that was made: by its title, masked, with the time that is left."""
    assert "There is no API key in this session yet" in magic.run("%arcgis_key")
    magic.run("use(portal.create_key(request))")
    host = portal.url.removeprefix("http://")
    told = magic.run("%arcgis_key status")
    assert re.fullmatch(rf"A key of the kernel: AAPT••••AT1_••••, {host}, 6 days left\.\n", told)


@pytest.mark.parametrize(
    ("left", "told"),
    [
        ("timedelta(days=2, hours=1)", "2 days left. It ends soon"),
        ("timedelta(minutes=-1)", "ended less than an hour ago. It opens nothing"),
    ],
)
def test_an_end_that_is_near_or_past_is_told(magic, left, told):
    """Under three days, and after the end, with what to do."""
    magic.run("os.environ['CANARY'] = 'AAPTnear' + 'x' * 40 + '-end1'")
    magic.run(f"near = {NEAR.format(left=left)}")
    assert magic.run("%arcgis_key use near").startswith(f"Key ending in end1: ••••, gis.example.com, {told}")


def test_a_key_is_used_and_forgotten_by_a_name(magic):
    """Of a variable, a credential or an environment variable; and taken out by variable or title."""
    magic.run("credential = portal.create_key(request)")
    assert "It is in the variable arcgis_api_key." in magic.run("%arcgis_key use credential")
    assert magic.run("arcgis_api_key == credential.key") == "True"
    assert "Forgotten in this kernel" in magic.run("%arcgis_key forget A key of the kernel")
    assert "NameError" in magic.run("arcgis_api_key")
    magic.run("os.environ['MY_KEY'] = str.__str__(credential.key)")
    assert "the variable other" in magic.run("%arcgis_key use MY_KEY as other")
    assert "Forgotten in this kernel" in magic.run("%arcgis_key forget MY_KEY")
    assert "There was no API key" in magic.run("%arcgis_key forget")


@pytest.mark.parametrize(
    "line",
    ["AAPTcanary", "use AAPTcanaryAT1_abcdefgh", "use 'AAPTcanaryAT1_abcdefgh", f"load {'canary' * 12}"],
)
def test_a_key_in_the_line_is_refused_and_not_repeated(magic, line):
    """It says where a key goes, and what to do about this one; there is no traceback."""
    told = magic.run(f"%arcgis_key {line}")
    assert "A key is never written in a line" in told
    assert "canary" not in told
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("secret-word", "%arcgis_key knows status, use, new, load, forget, help."),
        ("use secret_word", "There is no variable"),
        ("use portal", "The variable portal holds no key, but a BlockingPortal."),
        ("use", "Write %arcgis_key use NAME [as OTHER]."),
        ("use 'half", "A quotation mark has no other"),
        ("new ftp://x", "A portal's address begins with https://"),
    ],
)
def test_mistakes_are_told_in_a_sentence(magic, line, told):
    """Without a traceback, and without a word that may be a secret; the cell has failed."""
    shown = magic.run(f"%arcgis_key {line}")
    assert f"UsageError: {told}" in shown
    assert "Traceback" not in shown
    assert "secret" not in shown


def test_the_form_is_shown(magic):
    """`new` shows a KeyForm, for the portal that is named."""
    assert "KeyForm" in magic.run("%arcgis_key new practice")


@pytest.fixture
def keeping(magic, tmp_path):
    """The same, with a key kept in a .env file, and none in the session."""
    magic.run(f"import os\nfrom arcgis_keywidget import keep\nos.chdir({str(tmp_path)!r})")
    kept = magic.run("credential = portal.create_key(request)\nkeep(credential, '.env').name")
    assert kept == "'A key of the kernel'"
    return magic


@pytest.mark.parametrize("name", ["", " A key of the kernel", " 'a key of the KERNEL'"])
def test_a_kept_key_is_loaded_by_its_title(keeping, portal, name):
    """And told by it, with the time that is left; the only one needs no name."""
    host = portal.url.removeprefix("http://")
    told = keeping.run(f"%arcgis_key load{name}")
    assert told == f"A key of the kernel: AAPT••••AT1_••••, {host}, 6 days left.\n"
    assert keeping.run("%arcgis_key") == told
    assert keeping.run("arcgis_api_key == credential.key") == "True"


@pytest.mark.parametrize(
    ("before", "name", "told"),
    [
        ("", "Trees", "No key is kept as 'Trees'."),
        ("portal.revoke(credential, 1)", "", " no longer accepts the kept key 'A key of the kernel'"),
        ("portal.delete(credential)", "", " no longer accepts the kept key 'A key of the kernel'"),
        ("os.chmod('.env', 0o644)", "", "chmod 600"),
    ],
)
def test_a_kept_key_that_does_not_load_is_told(keeping, before, name, told):
    """In the sentence of load(), without a traceback; the session has no key."""
    keeping.run(before)
    shown = keeping.run(f"%arcgis_key load {name}")
    assert shown.startswith("UsageError: ")
    assert told in shown
    assert "Traceback" not in shown
    assert "There is no API key in this session yet" in keeping.run("%arcgis_key")


def test_words_are_completed(magic):
    """The commands, and for `use` the variables that hold a key."""
    assert "forget" in completed(magic, "%arcgis_key fo")
    assert {"status", "use", "new"} <= completed(magic, "%arcgis_key ")
    magic.run("credential = portal.create_key(request)")
    assert "credential" in completed(magic, "%arcgis_key use cre")


def test_the_magic_can_be_taken_away(magic):
    """`%unload_ext` ends it."""
    magic.run("%unload_ext arcgis_keywidget")
    assert "not found" in magic.run("%arcgis_key")


def test_no_key_is_in_outputs_out_or_files(magic, home):
    """After every command: what was shown, Out, In and the history file."""
    lines = ["use credential", "", "status", "use arcgis_api_key as other", "forget", "help"]
    magic.run("credential = portal.create_key(request)")
    shown = "\n".join(magic.run(f"%arcgis_key {line}") for line in lines)
    key = magic.run("print(str.__str__(credential.key))").strip()
    held = magic.run("any(str.__str__(credential.key) in str(value) for value in [*Out.values(), *In])")
    assert held == "False"
    assert find({"key": key}, {"outputs": shown.encode(), **read_folder(home)}) == []


def completed(kernel, code):
    """The words that a notebook would offer."""
    kernel.client.complete(code, len(code))
    reply = kernel.client.get_shell_msg(timeout=60)
    while reply["msg_type"] != "complete_reply":
        reply = kernel.client.get_shell_msg(timeout=60)
    return set(reply["content"]["matches"])
