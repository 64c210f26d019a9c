"""Keys in the operating system's vault: a real one, and the back ends that are none."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import warnings
from pathlib import Path

import keyring
import pytest
from keyring.backends import chainer, fail, null
from keyrings.alt import file

from arcgis_keywidget import keep, kept, unkeep
from arcgis_keywidget.errors import FieldError, KeyWidgetError, MissingExtraError
from arcgis_keywidget.session import vault as places
from arcgis_keywidget.session.keyring_store import KeyringStore
from tests.secret_service import entries, lock, missing, secret_service


def test_a_key_is_kept_in_the_vault_unless_told_otherwise(make, vault):
    """With what its portal can be asked with, under a name that its person knows; no file is written."""
    made = make()
    told = keep(made)
    assert (told.where, told.place) == ("keyring", "the Secret Service of this desktop")
    assert kept() == (told,)
    assert places.read(told).reveal() == made.key
    entry = json.loads(entries(vault)["my key @ https://www.arcgis.com"])
    assert entry.pop("key") == made.key
    assert entry == {
        "name": "My key",
        "portal": "https://www.arcgis.com",
        "item": "1" * 32,
        "title": "My key",
        "expires": made.key.expires.isoformat(),
        "slot": 1,
        "referrer": None,
        "trust": [],
    }
    assert [*Path().iterdir()] == []
    assert "canary" not in repr((told, KeyringStore()))


def test_a_newer_key_takes_the_place_of_the_older(make, vault):
    """Nothing of the older remains."""
    keep(make())
    told = keep(make(slot=2, mark="newer"))
    assert kept() == (told,)
    assert not any("canary" in entry for entry in entries(vault).values())


def test_another_credential_does_not_take_a_name(make, vault):
    """Its key stays."""
    del vault
    told = keep(make())
    with pytest.raises(FieldError, match="name: Another credential's key"):
        keep(make(item="2"))
    assert kept() == (told,)


def test_dropping_a_key_leaves_the_others(make, vault):
    """And nothing of itself; one that a person took out of the vault by hand can be dropped, too."""
    keep(make("One"))
    keep(make("Two", item="2"))
    unkeep("one")
    assert [one.name for one in kept()] == ["Two"]
    assert not any("1" * 32 in entry for entry in entries(vault).values())
    keyring.delete_password("arcgis-keywidget", "two @ https://www.arcgis.com")
    assert kept() == ()
    keep(make("Two", item="2"))
    assert [one.name for one in kept()] == ["Two"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"key": 1}', '{"key": "AAPT"}', '"x"'])
def test_what_is_none_of_ours_is_passed_over(make, vault, text):
    """Whatever somebody has put in the place of an entry, or of the list."""
    del vault
    keep(make("One"))
    keyring.set_password("arcgis-keywidget", "one @ https://www.arcgis.com", text)
    assert kept() == ()
    keyring.set_password("arcgis-keywidget", "index", text)
    told = keep(make("Two", item="2"))
    assert kept() == (told,)


@pytest.mark.parametrize(
    ("backend", "name", "why"),
    [
        (fail.Keyring(), "keyring.backends.fail.Keyring", "no vault of the operating system"),
        (null.Keyring(), "keyring.backends.null.Keyring", "keeps nothing"),
        (file.PlaintextKeyring(), "keyrings.alt.file.PlaintextKeyring", "most often unencrypted"),
        (chainer.ChainerBackend(), "keyrings.alt.file.PlaintextKeyring", "most often unencrypted"),
    ],
)
def test_what_does_not_encrypt_is_refused_by_name(make, backend, name, why):
    """With the reason, and the other place; nothing is written anywhere."""
    keyring.set_keyring(backend)
    with pytest.raises(KeyWidgetError) as caught:
        keep(make(), "keyring")
    assert name in caught.value.title
    assert why in caught.value.title
    assert ".env" in caught.value.hint
    assert kept() == ()


class Unknown(keyring.backend.KeyringBackend):
    """A back end of somebody's."""

    priority = 99

    def get_password(self, service, username):
        """Fail: it may not be asked."""
        del service, username
        raise AssertionError

    set_password = delete_password = get_password


def test_a_back_end_that_nobody_knows_is_refused(make):
    """However highly it thinks of itself."""
    keyring.set_keyring(Unknown())
    with pytest.raises(KeyWidgetError, match="Unknown: it is not known to encrypt"):
        keep(make(), "keyring")


CHAIN = """
import os
del os.environ["PYTHON_KEYRING_BACKEND"]
import keyring
from arcgis_keywidget import ApiKey, keep
assert type(keyring.get_keyring()).__name__ == "ChainerBackend"
print(keep(ApiKey("AAPTcanary" + "x" * 40 + "AT1_12345678"), name="Mine").place)
"""


def test_of_several_back_ends_the_one_that_encrypts_is_taken(vault, tmp_path):
    """As the library finds them by itself; the file of the other is not there."""
    del vault
    environ = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", CHAIN], env=environ, capture_output=True, text=True, check=True
    )
    assert done.stdout == "the Secret Service of this desktop\n"
    assert [*tmp_path.rglob("keyring_pass.cfg")] == []


def test_a_back_end_that_does_not_start_is_told(make, monkeypatch):
    """One that is named in the environment, and is not there."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "no.such.Backend")
    with pytest.raises(KeyWidgetError, match=r"does not start here \(ModuleNotFoundError\).*diagnose"):
        keep(make(), "keyring")


def test_where_no_place_is_named_both_are_told(make):
    """Nothing goes to a file that nobody asked for."""
    with pytest.raises(KeyWidgetError, match=r"not kept: .*fail\.Keyring.*where='\.env'\) writes it, unenc"):
        keep(make())
    assert not Path(".env").exists()
    Path(".env").mkdir()
    with pytest.raises(KeyWidgetError, match=r"not kept: .*fail\.Keyring.*\.env is a folder"):
        keep(make())


def test_without_the_libraries_the_extras_are_named(make, monkeypatch):
    """And what is kept elsewhere is found all the same."""
    keep(make(), ".env")
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(MissingExtraError, match=r"arcgis-keywidget\[keyring\]"):
        keep(make(), "keyring")
    assert len(kept()) == 1
    monkeypatch.setitem(sys.modules, "dotenv", None)
    with pytest.raises(MissingExtraError, match=r"arcgis-keywidget\[dotenv\]"):
        keep(make(), ".env")


@pytest.fixture
def own_vault(tmp_path, monkeypatch):
    """A vault that the test may lock: nobody is there to unlock it."""
    if missing():
        pytest.skip(f"{missing()} is not installed")
    with secret_service(tmp_path, "login") as environ:
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        yield environ
        with warnings.catch_warnings():  # the library leaves its connection open where the vault is locked
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the same, while it runs
def test_a_locked_vault_is_told(make, own_vault):
    """As such, and what is in a file is found all the same."""
    keep(make())
    told = keep(make("Other", item="2"), ".env")
    lock(own_vault)
    with pytest.raises(KeyWidgetError, match=r"The keyring is locked \(the Secret Service.*Unlock it"):
        keep(make("Third", item="3"), "keyring")
    assert kept() == (told,)
    assert [(one.id, one.usable) for one in places.places()] == [("keyring", False), (".env", True)]


WRITE = """
import sys
from arcgis_keywidget import ApiKey, keep
key = ApiKey("AAPTcanary" + "x" * 40 + "AT1_12345678")
for number in range(5):
    keep(key, "keyring", name=f"{sys.argv[1]} {number}")
"""


def test_processes_that_keep_at_once_lose_nothing(vault):
    """The list of entries has all of them."""
    del vault
    writers = [subprocess.Popen([sys.executable, "-c", WRITE, name]) for name in ("one", "two", "three")]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    assert {one.name for one in kept()} == {f"{n} {i}" for n in ("one", "two", "three") for i in range(5)}


def test_many_keys_are_listed_in_pages(make, vault):
    """A Windows vault takes 1,280 characters an entry, as few names have."""
    names = [f"{number} {'x' * 240}" for number in range(7)]
    for name in names:
        keep(make(name))
    index = {name: text for name, text in entries(vault).items() if name.startswith("index")}
    assert {*index} == {"index", "index 2"}
    assert max(map(len, index.values())) <= 1200
    assert {one.name for one in kept()} == {*names}
    for name in names[3:]:
        unkeep(name)
    assert {one.name for one in kept()} == {*names[:3]}
    assert [name for name in entries(vault) if name.startswith("index")] == ["index"]


@pytest.mark.parametrize("index", ["[" * 100_000, "{}", "no JSON", '[1, null, ["a"]]'])
def test_a_list_of_somebody_else_stops_nothing(make, vault, index):
    """Other programs may write an entry of that name."""
    del vault
    keyring.set_password("arcgis-keywidget", "index", index)
    assert kept() == ()
    told = keep(make())
    assert kept() == (told,)
