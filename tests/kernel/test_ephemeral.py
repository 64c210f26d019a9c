"""Keys that end with their kernel, in real kernels that end in every way."""

from __future__ import annotations

import time

import pytest

from arcgis_keywidget import Portal, ephemeral
from arcgis_keywidget.practice import PracticePortal, serve
from tests.kernel.conftest import SIGN_IN

pytestmark = pytest.mark.kernel

# A name, not an address: looking it up is what executors refuse at the end.
MAKE = """
from arcgis_keywidget import ephemeral
portal = Portal.connect(os.environ["PRACTICE_PORTAL"].replace("127.0.0.1", "localhost"))
portal.sign_in("ada", os.environ["PRACTICE_PASSWORD"])
credential = ephemeral.create_key(portal, request)
use(credential)
"""
ON_A_THREAD = """
from arcgis_keywidget import _loop, ephemeral
_ = _loop.run(ephemeral.make(portal.portal, request))
"""
MAKING = """
from arcgis_keywidget import _loop, ephemeral
_ = _loop.submit(ephemeral.make(portal.portal, request))
"""
DEAF = """
import time
print("on")
while True:
    try:
        time.sleep(60)
    except KeyboardInterrupt:
        pass
"""
CHILDREN = """
import multiprocessing, time
context = multiprocessing.get_context("fork")
for work, argument in ((time.sleep, 60), (abs, 1)):
    child = context.Process(target=work, args=(argument,))
    child.start()
    if argument == 60:
        child.terminate()
    child.join()
    print(child.exitcode)
"""
KILLED = -9
TITLE = "A key of the kernel"


@pytest.fixture
def tied(signed_in, tmp_path, monkeypatch):
    """A kernel with an ephemeral key, whose home this process shares."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    assert "Traceback" not in signed_in.run(MAKE)
    return signed_in


@pytest.fixture
def ada(portal):
    """The key's maker, signed in to the portal from outside the kernel."""
    with Portal.connect(portal.url.replace("127.0.0.1", "localhost")) as client:
        client.sign_in("ada", portal.portal.users[0].password)
        yield client


@pytest.fixture
def leases(tmp_path):
    """The names of the leases in this home."""
    folder = tmp_path / "data" / "arcgis-keywidget" / "leases"
    return lambda: [path.name for path in folder.iterdir()]


def end(kernel, **how) -> int:
    """Shut a kernel down as JupyterLab does; return how its process ended."""
    process = kernel.manager.provisioner.process
    kernel.manager.shutdown_kernel(**how)
    return process.wait()


def begin(kernel, code: str) -> str:
    """Start a cell, and wait until it has printed something."""
    message = kernel.start(code)
    while kernel.client.get_iopub_msg(timeout=90)["msg_type"] != "stream":
        pass
    return message


@pytest.fixture
def items(portal):
    """The ids of the credentials that there are, whatever the portal's index knows."""
    return lambda: [one["id"] for one in portal.portal.items_of("ada") if one["title"] == TITLE]


@pytest.fixture
def live(ada, items):
    """The slots that hold live keys."""
    return lambda: [slot.number for item in items() for slot in ada.read_key(item).live_slots()]


def test_shutdown_ends_the_key_and_deletes_its_item(tied, portal, live, items, leases):
    """Nothing is left, neither in the portal nor on the disk; the keys were revoked before."""
    assert live() == [1]
    assert len(leases()) == 1
    assert end(tied) == 0
    last = [entry["operation"] for entry in portal.portal.log.entries[-3:]]
    assert last == ["revokeToken", "revokeToken", "delete"]
    assert items() == []
    assert leases() == []


def test_restart_ends_the_key(tied, items, leases):
    """The next kernel begins with nothing."""
    tied.manager.restart_kernel()
    assert items() == []
    assert leases() == []


def test_a_restart_undoes_a_key_that_is_being_made(signed_in, portal, items):
    """Though the portal has not answered yet, and nobody knows the item's id."""
    portal.portal.fail("addItem:slow=1")
    signed_in.run(MAKING)
    while portal.portal.faults.armed:
        time.sleep(0.05)
    signed_in.manager.restart_kernel()
    time.sleep(1.5)
    assert items() == []


def test_an_interrupt_does_not_end_it_and_a_deaf_cell_does_not_save_it(tied, live, items):
    """Ctrl-C is for the cell; one that does not hear it is overtaken by the shutdown."""
    message = begin(tied, "import time; print('on'); time.sleep(60)")
    tied.interrupt()
    assert "KeyboardInterrupt" in tied.finish(message)
    assert live() == [1]
    begin(tied, DEAF)
    assert end(tied) != KILLED
    assert items() == []


def test_sigterm_ends_the_key(tied, items):
    """As a container's stop sends it; the process ends by it, as any does."""
    process = tied.manager.provisioner.process
    process.terminate()
    assert process.wait() == -15
    assert items() == []


def test_sigterm_ends_a_key_of_the_form_once_a_cell_has_run(signed_in, items):
    """The form makes it on another thread, where no signal can be handled; the next cell sees to that."""
    assert "Traceback" not in signed_in.run(ON_A_THREAD)
    assert len(items()) == 1
    signed_in.run("1")
    process = signed_in.manager.provisioner.process
    process.terminate()
    assert process.wait() == -15
    assert items() == []


def test_a_revocation_that_hangs_does_not_cost_the_deletion(tied, portal, items, leases):
    """It ends the key as well."""
    portal.portal.fail("revokeToken:slow=60*2")
    assert end(tied) == 0
    assert items() == []
    assert leases() == []


def test_a_portal_that_hangs_does_not_hold_the_kernel(tied, portal, ada, leases):
    """It ends before Jupyter kills it; the lease stays for the next sign-in."""
    portal.portal.fail("revokeToken:slow=60*2")
    portal.portal.fail("delete:slow=60")
    assert end(tied) != KILLED
    portal.portal.heal()
    assert len(leases()) == 1
    assert [one.marked for one in ephemeral.leftovers(ada)] == [True]


def test_a_portal_that_is_gone_does_not_hold_the_kernel(kernel, leases):
    """Nobody answers: the lease stays."""
    with serve(PracticePortal()) as running:
        ada = running.portal.users[0]
        kernel.run(f"import os; os.environ.update(PRACTICE_PORTAL={running.url!r})")
        kernel.run(
            f"os.environ.update(PRACTICE_PASSWORD={ada.password!r}, PRACTICE_LAYER={running.portal.layer!r})"
        )
        assert "Traceback" not in kernel.run(SIGN_IN + MAKE)
    running.portal.close()
    assert end(kernel) != KILLED
    assert len(leases()) == 1


def test_without_a_session_the_key_ends_and_its_item_stays(tied, ada, live, items, leases):
    """The secret of the application is enough to revoke it; the next sign-in deletes the rest."""
    tied.run("portal.close()")
    assert end(tied) == 0
    assert live() == []
    assert len(leases()) == 1
    (left,) = ephemeral.leftovers(ada)
    assert left.credential.title == TITLE
    assert [one.state for one in ephemeral.delete_leftovers(ada)] == ["done"]
    assert items() == []
    assert leases() == []


def test_a_killed_kernel_leaves_its_key_to_the_next_sign_in(tied, ada, live, items, leases):
    """While it lives its key is nobody's to delete; killed, it is listed and deleted."""
    assert ephemeral.leftovers(ada) == ()
    end(tied, now=True)
    assert live() == [1]
    assert [one.state for one in ephemeral.delete_leftovers(ada)] == ["done"]
    assert items() == []
    assert leases() == []


def test_children_do_not_end_the_key_of_their_parent(tied, live):
    """One is terminated, one runs to its end: the key lives on."""
    assert tied.run(CHILDREN).split() == ["-15", "0"]
    assert live() == [1]
