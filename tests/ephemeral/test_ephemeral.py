"""Keys that end with their process."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from arcgis_keywidget import Portal, _loop, ephemeral
from arcgis_keywidget.errors import FieldError, LeftBehindError, UndoneError
from arcgis_keywidget.practice import PracticePortal, serve
from arcgis_keywidget.session.lease import read_leases
from arcgis_keywidget.session.standing import standing_of
from tests.ephemeral.conftest import REQUEST, items

DAY = timedelta(days=1)
SCRIPT = """
import os, sys
from arcgis_keywidget import KeyRequest, Portal, ephemeral
portal = Portal.connect(sys.argv[1])
portal.sign_in("ada", os.environ["PRACTICE_PASSWORD"])
print(ephemeral.create_key(portal, KeyRequest("Ends with me")).item_id)
"""


def run_script(served, more: str = "") -> subprocess.CompletedProcess[str]:
    """Run a script that makes such a key, to its end."""
    command = [sys.executable, "-c", SCRIPT + more, served.url.replace("127.0.0.1", "localhost")]
    environment = {**ephemeral.os.environ, "PRACTICE_PASSWORD": served.portal.users[0].password}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_a_script_that_ends_leaves_nothing(served, home):
    """Though executors are shut by then, and the portal's name must be looked up; it prints nothing."""
    done = run_script(served)
    assert (done.returncode, done.stderr) == (0, "")
    assert items(served) == []
    assert [*home.iterdir()] == []


def test_a_script_that_fails_leaves_nothing(served):
    """Its own error is what is told."""
    done = run_script(served, "raise SystemExit(3)")
    assert (done.returncode, done.stderr) == (3, "")
    assert items(served) == []


def test_a_forked_child_that_exits_does_not_end_the_key(served, ada):
    """It runs what is registered for the exit, too; the parent's key is not among it."""
    child = "\nif os.fork() == 0: sys.exit(0)\nos.wait()\nos._exit(0)"
    assert run_script(served, child).returncode == 0
    (item,) = items(served)
    assert [slot.number for slot in ada.read_key(item).live_slots()] == [1]


def test_it_lives_a_day_at_most(ada):
    """Or less, where less is asked for; never in the past."""
    before = datetime.now(UTC)
    day = ephemeral.create_key(ada, replace(REQUEST, expires=timedelta(days=90)))
    hour = ephemeral.create_key(ada, replace(REQUEST, expires=timedelta(hours=1)))
    assert day.key.expires - before < DAY + timedelta(minutes=1)
    assert hour.key.expires - before < timedelta(minutes=61)
    assert ephemeral.is_ephemeral(day.item_id)
    assert standing_of(day.key).warning == ""  # or every one of them would warn from the beginning
    with pytest.raises(FieldError):
        ephemeral.create_key(ada, replace(REQUEST, expires=before - DAY))


def test_its_lease_holds_no_secret(served, ada, home):
    """Neither the key nor what would end it, nor who it is of."""
    credential = ephemeral.create_key(ada, REQUEST)
    (path,) = home.iterdir()
    text = path.read_text()
    store = served.portal.store
    secret = store.one("SELECT client_secret FROM apps WHERE item = ?", credential.item_id)
    assert credential.item_id in text
    for word in (
        str.__str__(credential.key),
        str(secret),
        served.portal.users[0].password,
        credential.client_id,
    ):
        assert word not in text


def test_what_was_undone_is_not_tied(served, ada):
    """No item, no lease, nothing to end."""
    served.portal.fail("registerApp:error=500")
    with pytest.raises(UndoneError):
        ephemeral.create_key(ada, REQUEST)
    assert items(served) == []
    assert read_leases() == ()
    assert ephemeral._bonds.held == {}


def test_what_could_not_be_undone_stays_tied(served, ada):
    """The end of the process, or the next sign-in, tries again."""
    served.portal.fail("registerApp:error=500")
    for _ in range(2):
        served.portal.fail("delete:error=500")
    with pytest.raises(LeftBehindError) as caught:
        ephemeral.create_key(ada, REQUEST)
    assert [lease.item for lease in read_leases()] == [*caught.value.items]
    assert ephemeral.is_ephemeral(caught.value.items[0])


def test_a_key_that_was_ended_early_needs_no_further_word(ada):
    """Deleted by hand; at the end there is nothing, and its lease goes."""
    credential = ephemeral.create_key(ada, REQUEST)
    ada.delete(credential)
    _loop.run(ephemeral._bonds.held[credential.item_id].end())
    assert read_leases() == ()


def test_every_slot_ends(served, ada):
    """Also one that was made later."""
    credential = ephemeral.create_key(ada, REQUEST)
    ada.rotate(credential)
    ada.sign_out()
    _loop.run(ephemeral._bonds.held[credential.item_id].end())
    ada.sign_in("ada", served.portal.users[0].password)
    assert [slot.active for slot in ada.read_key(credential).slots] == [False, False]


def test_another_person_signed_in_does_not_delete_it(served, ada):
    """The key ends by its secret; the item is for its owner."""
    credential = ephemeral.create_key(ada, REQUEST)
    other = served.portal.users[1]
    ada.sign_in(other.username, other.password)
    _loop.run(ephemeral._bonds.held[credential.item_id].end())
    assert items(served) == [credential.item_id]
    assert ephemeral.leftovers(ada) == ()
    ada.sign_in("ada", served.portal.users[0].password)


def test_the_pulse_renews_the_lease_and_brings_it_back(ada, home):
    """Also where the folder was emptied meanwhile."""
    ephemeral.create_key(ada, REQUEST)
    (before,) = read_leases()
    for path in home.iterdir():
        path.unlink()
    _loop.run(ephemeral._bonds._write())
    (after,) = read_leases()
    assert after.marker == before.marker
    assert after.heard >= before.heard


def test_without_a_place_for_notes_there_is_a_warning(ada, home):
    """And the key all the same."""
    home.parent.mkdir()
    home.write_text("")
    with pytest.warns(UserWarning, match="No note"):
        credential = ephemeral.create_key(ada, REQUEST)
    assert credential.key
    assert not ephemeral.is_noted(credential.item_id)
    home.unlink()


def test_a_portal_of_another_loop_is_refused(portal):
    """Its loop ends before the process does."""
    with pytest.raises(TypeError, match=r"Portal\.connect"):
        ephemeral.create_key(portal, REQUEST)


@pytest.mark.parametrize("switches", [{"soonest_expiry": "tomorrow"}, {"expiry": "day"}])
def test_its_day_is_one_that_strict_portals_allow(switches):
    """Whatever the portal's calendar: it ends on a later day, and not days later."""
    with serve(PracticePortal(switches=switches)) as running, Portal.connect(running.url) as portal:
        portal.sign_in("ada", running.portal.users[0].password)
        before = datetime.now(UTC)
        credential = ephemeral.create_key(portal, REQUEST)
        assert before < credential.key.expires < before + 2 * DAY
    running.portal.close()
