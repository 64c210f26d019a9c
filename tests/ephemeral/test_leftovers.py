"""What is left of a process that was killed: listed, and deleted when the person says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from arcgis_keywidget import Portal, _loop, ephemeral
from arcgis_keywidget.errors import KeyWidgetError
from arcgis_keywidget.practice import PracticePortal, serve
from arcgis_keywidget.session import lease as leases
from arcgis_keywidget.session.lease import read_leases, write_lease
from arcgis_keywidget.session.process import Process
from tests.ephemeral.conftest import REQUEST, abandon, items


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


def test_nobody_signed_in(served):
    """One sentence, nothing sent."""
    with Portal.connect(served.url) as portal, pytest.raises(KeyWidgetError, match="signed in"):
        ephemeral.leftovers(portal)
    assert leases.read_leases() == ()


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


@pytest.mark.parametrize("fault", ["http=404", "error=404", "error=400"])
def test_a_gateway_that_says_not_found_does_not_say_that_it_is_gone(ada, served, fault):
    """A portal may be starting behind it: the lease stays, and nothing is told as deleted."""
    ephemeral.create_key(ada, REQUEST)
    abandon()
    served.portal.fail(f"item:{fault}*2")
    with pytest.raises(KeyWidgetError):
        ephemeral.leftovers(ada)
    assert [one.state for one in ephemeral.delete_leftovers(ada)] == ["failed"]
    assert len(read_leases()) == 1
    assert [one.state for one in ephemeral.delete_leftovers(ada)] == ["done"]
    assert items(served) == []
