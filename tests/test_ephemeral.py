"""Keys that end with their process, and what is left of a process that was killed."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from arcgis_keywidget import KeyRequest, Portal, _loop, ephemeral
from arcgis_keywidget.errors import FieldError, KeyWidgetError, LeftBehindError, UndoneError
from arcgis_keywidget.practice import PracticePortal, serve
from arcgis_keywidget.session import lease as leases
from arcgis_keywidget.session.lease import read_leases, write_lease
from arcgis_keywidget.session.process import Process

DAY = timedelta(days=1)
REQUEST = KeyRequest("Ends with me")
SCRIPT = """
import os, sys
from arcgis_keywidget import KeyRequest, Portal, ephemeral
portal = Portal.connect(sys.argv[1])
portal.sign_in("ada", os.environ["PRACTICE_PASSWORD"])
print(ephemeral.create_key(portal, KeyRequest("Ends with me")).item_id)
"""


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Leases of its own for each test, and what it ties to this process let go of."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    yield tmp_path / "arcgis-keywidget" / "leases"
    ephemeral._bonds.held.clear()
    ephemeral._exit._end.works.clear()


@pytest.fixture
def ada(served):
    """The first user, signed in, blocking; by a name that has to be looked up."""
    with Portal.connect(served.url.replace("127.0.0.1", "localhost")) as portal:
        portal.sign_in("ada", served.portal.users[0].password)
        yield portal
        portal.sign_in("ada", served.portal.users[0].password)
        for item in items(served):
            _loop.run(portal.portal._rest.post(f"content/users/ada/items/{item}/delete", {}))


def items(served) -> list[str]:
    """The ids of the keys of these tests that the portal has."""
    return [one["id"] for one in served.portal.items_of("ada") if one["title"] == REQUEST.title]


def abandon() -> None:
    """Have the leases be of a process that is gone, as if it had been killed."""
    for lease in read_leases():
        write_lease(replace(lease, process=replace(lease.process, started="1")))
    ephemeral._bonds.held.clear()


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


def test_leftovers_are_listed_and_deleted(ada, served):
    """Those of a killed process, and no more after it; running it again does no harm."""
    credential = ephemeral.create_key(ada, REQUEST)
    assert ephemeral.leftovers(ada) == ()
    abandon()
    (left,) = ephemeral.leftovers(ada)
    assert (left.credential.item_id, left.credential.title, left.marked) == (
        credential.item_id,
        REQUEST.title,
        True,
    )
    assert [(one.credential.title, one.state) for one in ephemeral.delete_leftovers(ada)] == [
        (REQUEST.title, "done")
    ]
    assert items(served) == []
    assert ephemeral.delete_leftovers(ada) == ()


def test_only_those_that_are_named_are_deleted(ada, served):
    """And none for an empty list."""
    first, second = (ephemeral.create_key(ada, REQUEST).item_id for _ in range(2))
    abandon()
    assert ephemeral.delete_leftovers(ada, []) == ()
    assert len(ephemeral.delete_leftovers(ada, [second])) == 1
    assert items(served) == [first]


def test_an_item_without_its_mark_is_not_deleted(ada, served):
    """Whatever the lease says: it is told, and left to the person."""
    credential = ephemeral.create_key(ada, REQUEST)
    path = f"content/users/ada/items/{credential.item_id}/update"
    _loop.run(ada.portal._rest.post(path, {"typeKeywords": "APIToken"}))
    abandon()
    assert [left.marked for left in ephemeral.leftovers(ada)] == [False]
    (outcome,) = ephemeral.delete_leftovers(ada)
    assert outcome.state == "failed"
    assert "mark" in outcome.why
    assert items(served) == [credential.item_id]


def test_an_item_that_is_gone_already_needs_no_word(ada):
    """Its lease is dropped, unseen."""
    credential = ephemeral.create_key(ada, REQUEST)
    ada.delete(credential)
    abandon()
    assert ephemeral.leftovers(ada) == ()
    assert read_leases() == ()


def test_a_protected_item_is_told(ada):
    """And its lease stays, for when it is protected no more."""
    credential = ephemeral.create_key(ada, REQUEST)
    path = f"content/users/ada/items/{credential.item_id}"
    _loop.run(ada.portal._rest.post(f"{path}/protect", {}))
    abandon()
    (outcome,) = ephemeral.delete_leftovers(ada)
    assert outcome.state == "failed"
    assert "protected" in outcome.why
    _loop.run(ada.portal._rest.post(f"{path}/unprotect", {}))
    assert [one.state for one in ephemeral.delete_leftovers(ada)] == ["done"]


def test_a_lease_of_another_machine_is_left_alone_for_a_day(ada):
    """Its kernel may run: homes are shared."""
    ephemeral.create_key(ada, REQUEST)
    ephemeral._bonds.held.clear()
    (lease,) = read_leases()
    far = Process(host="node-7", space="x", boot="y", number=1, started="z")
    write_lease(replace(lease, process=far))
    assert ephemeral.leftovers(ada) == ()
    assert ephemeral.delete_leftovers(ada) == ()


def test_a_kernel_that_is_heard_of_again_keeps_its_key(ada, served, monkeypatch):
    """Between the look and the deletion it wrote its lease anew."""
    ephemeral.create_key(ada, REQUEST)
    (lease,) = read_leases()
    abandon()
    real = ephemeral.read_lease
    monkeypatch.setattr(ephemeral, "read_lease", lambda marker: write_lease(lease) or real(marker))
    (outcome,) = ephemeral.delete_leftovers(ada)
    assert (outcome.state, "heard" in outcome.why) == ("failed", True)
    assert len(items(served)) == 1


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


def test_nobody_signed_in(served):
    """One sentence, nothing sent."""
    with Portal.connect(served.url) as portal, pytest.raises(KeyWidgetError, match="signed in"):
        ephemeral.leftovers(portal)
    assert leases.read_leases() == ()


@pytest.mark.parametrize("switches", [{"soonest_expiry": "tomorrow"}, {"expiry": "day"}])
def test_its_day_is_one_that_strict_portals_allow(switches):
    """Whatever the portal's calendar: it ends on a later day, and not days later."""
    with serve(PracticePortal(switches=switches)) as running, Portal.connect(running.url) as portal:
        portal.sign_in("ada", running.portal.users[0].password)
        before = datetime.now(UTC)
        credential = ephemeral.create_key(portal, REQUEST)
        assert before < credential.key.expires < before + 2 * DAY
    running.portal.close()


def test_a_portal_that_drops_our_mark_leaves_the_item_to_the_person():
    """It is listed as unmarked, and not deleted."""
    portal_of = PracticePortal(switches={"own_keywords": "drop"})
    with serve(portal_of) as running, Portal.connect(running.url) as portal:
        portal.sign_in("ada", running.portal.users[0].password)
        ephemeral.create_key(portal, REQUEST)
        abandon()
        assert [left.marked for left in ephemeral.leftovers(portal)] == [False]
        assert [one.state for one in ephemeral.delete_leftovers(portal)] == ["failed"]
    running.portal.close()
