"""Kept keys in the next session: asked about, put in, or told why not."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from dotenv import set_key

from arcgis_keywidget import ApiKey, KeyRequest, Portal, current_key, forget, keep, kept, load, unkeep, use
from arcgis_keywidget.errors import (
    ExpiredError,
    FieldError,
    KeyWidgetError,
    PortalUnreachableError,
    TokenError,
)
from arcgis_keywidget.models import session_keys
from arcgis_keywidget.session.status import status

PERSONAL = ("portal:user:createItem",)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The working folder: keys are written nowhere else. Nothing stays in the environment."""
    monkeypatch.chdir(tmp_path)
    yield
    forget()


@pytest.fixture
def portal(served):
    """The served practice portal, signed in to."""
    user = served.portal.users[0]
    with Portal.connect(served.url) as portal:
        portal.sign_in(user.username, user.password)
        yield portal


@pytest.fixture
def made(portal):
    """A key that was just made."""
    return portal.create_key(KeyRequest("My key"))


def test_using_the_next_key_leaves_the_kept_one(portal, made):
    """Only keep() takes the next one in its place."""
    keep(made, ".env")
    rotated = portal.rotate(made)
    use(rotated, environ=())
    assert load("My key", environ=()) == made.key
    keep(rotated, ".env")
    assert load("My key", environ=()) == rotated.key


def test_a_kept_key_is_there_in_the_next_session(served, made):
    """One request, with the key in the header; then it is the session's, with all that the portal tells."""
    keep(made, ".env")
    served.portal.log.forget()
    key = load("My key", environ=["GIS_KEY"])
    (entry,) = served.portal.requests
    assert (entry["operation"], entry["token_by"]) == ("portals/self", "X-Esri-Authorization")
    assert key is current_key()
    assert key == made.key == os.environ["GIS_KEY"]
    assert (key.portal, key.services) == (served.url, made.key.services)
    assert abs(key.expires - made.key.expires) <= timedelta(seconds=1)
    assert str.__str__(key) not in repr(key)
    assert status.describe()["title"] == "My key"


def test_the_only_kept_key_needs_no_name(made, portal):
    """Two do."""
    keep(made, ".env")
    assert load() == made.key
    keep(portal.create_key(KeyRequest("Other")), ".env")
    with pytest.raises(FieldError, match="name: Several keys are kept: 'My key', 'Other'"):
        load()


def test_it_is_found_in_the_vault(made, vault):
    """A real one."""
    del vault
    keep(made)
    assert load("MY KEY") == made.key


def test_of_two_places_the_newer_key_counts(made, portal, vault):
    """One was replaced, the other not."""
    del vault
    keep(made)
    newer = portal.generate(made, expires=timedelta(days=30))
    keep(newer, ".env")
    assert load("My key") == newer.key
    assert {one.where for one in unkeep("My key")} == {"keyring", ".env"}
    assert kept() == ()


NEXT = """
from arcgis_keywidget import current_key, load
from arcgis_keywidget.errors import KeyWidgetError
try:
    current_key()
except KeyWidgetError as error:
    print(error)
print(repr(load("My key")), repr(current_key()))
"""


def test_another_process_has_it(made):
    """As after a restart of the kernel: the key has gone with it, and comes back."""
    keep(made, ".env")
    done = subprocess.run([sys.executable, "-c", NEXT], capture_output=True, text=True, check=True)
    first, second = done.stdout.splitlines()
    assert "Keys go with their kernel: load(" in first
    assert second.startswith(f"<ApiKey {made.key.masked}")
    assert str.__str__(made.key) not in done.stdout + done.stderr


def refused(error, words):
    """Loading is refused so, and puts nothing in the session; returns the error."""
    with pytest.raises(error, match=words) as caught:
        load("My key")
    assert [*session_keys] == []
    return caught.value


def test_a_revoked_key_is_told(made, portal):
    """With the exact call that makes the next one, which works."""
    keep(made, ".env")
    portal.revoke(made, 1)
    error = refused(TokenError, r"127\.0\.0\.1 no longer accepts the kept key 'My key': it was revoked")
    assert f'keep(portal.generate("{made.item_id}"), ".env")' in error.hint
    assert f'KeyForm("{portal.url}")' in error.hint
    assert "unkeep('My key')" in error.hint
    keep(portal.generate(made.item_id), ".env")
    assert load("My key") != made.key


def test_an_expired_key_is_told_as_that(served, made, monkeypatch):
    """By its date."""
    short = ApiKey(made.key, portal=served.url, expires=datetime.now(UTC) - timedelta(days=1))
    keep(short, ".env", name="My key")
    later = time.time() + 400 * 86_400
    monkeypatch.setattr(served.portal, "clock", lambda: later)
    refused(ExpiredError, r"The kept key 'My key' has ended on 20")


def test_a_deleted_credential_is_told(made, portal):
    """Its key is accepted no more."""
    keep(made, ".env")
    portal.delete(made)
    refused(TokenError, "no longer accepts")


def test_another_secret_in_the_place_of_a_key_is_not_sent(made, portal, served):
    """Somebody has put a user's token, or nothing that could be sent, in its variable."""
    keep(made, ".env")
    served.portal.log.forget()
    for other in (portal.portal._rest.token.reveal(), "two words"):
        set_key(".env", "MY_KEY", other)
        refused(KeyWidgetError, "The variable MY_KEY .* was changed since 'My key' was kept")
    assert [*served.portal.requests] == []


def test_a_note_of_somebody_else_sends_no_secret_of_the_file(served, made):
    """Of a file that was unpacked or merged, say: it names a portal of its own for what stands below."""
    keep(made, ".env")
    served.portal.log.forget()
    note, key = Path(".env").read_text().splitlines()
    other = note.replace("MY_KEY", "PASSWORD").replace("My key", "Other")
    Path(".env").write_text(f"{note}\n{key}\n{other}\nPASSWORD=canary\n")
    for check in (True, False):
        with pytest.raises(KeyWidgetError, match=r"The variable PASSWORD .* was changed since 'Other'"):
            load("Other", check=check)
    moved = note.replace(served.url, "http://127.0.0.1:9")
    Path(".env").write_text(f"{moved}\n{key}\n")
    refused(KeyWidgetError, "The variable MY_KEY .* was changed")
    assert [*served.portal.requests] == []


def test_an_empty_variable_is_told(made):
    """The key is gone."""
    keep(made, ".env")
    set_key(".env", "MY_KEY", "")
    refused(KeyWidgetError, "is gone from the variable MY_KEY")


def test_a_portal_that_cannot_be_reached_is_told(served, made):
    """And how to take the key unasked; it then knows what was kept of it."""
    gone = ApiKey(
        made.key, portal="http://127.0.0.1:9", expires=made.key.expires, referrer="https://a.example"
    )
    keep(gone, ".env", name="My key")
    refused(PortalUnreachableError, r"load\('My key', check=False\)")
    key = load("My key", check=False)
    assert key is current_key()
    assert (key.portal, key.expires, key.referrer) == (gone.portal, gone.expires, gone.referrer)
    assert status.describe()["title"] == "My key"
    del served


def test_a_key_for_referrers_is_asked_about_with_one(portal):
    """The one that was kept with it."""
    made = portal.create_key(KeyRequest("My key", referrers=["https://a.example"]))
    keep(made, ".env")
    assert load("My key").referrer == made.key.referrer


def test_what_is_not_kept_is_told():
    """That no portal shows a key twice, and how to make the next."""
    refused(KeyWidgetError, "No key is kept as 'My key'.*cannot be read from the portal again.*generate")


def test_the_portal_chooses_between_keys_of_one_name(served, made):
    """Both are named."""
    keep(made, ".env")
    keep(ApiKey(made.key, portal="https://gis.example.com"), ".env", name="My key")
    with pytest.raises(FieldError, match=r"portal: .*http://127\.0\.0\.1:\d+, https://gis\.example\.com"):
        load("My key")
    assert load("My key", portal=served.url) == made.key


def test_a_variable_that_is_taken_is_told(made):
    """As `use` tells it; the key is not in the session then."""
    keep(made, ".env")
    with pytest.raises(FieldError, match="variable"):
        load("My key", variable="print")
    assert [*session_keys] == []


def test_using_a_key_keeps_nothing(made):
    """Only keep() does."""
    use(made)
    assert [*Path().iterdir()] == []
    assert kept() == ()
