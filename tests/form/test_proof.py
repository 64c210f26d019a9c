"""The check of the key, beside the ready key: told when it is there, and never in its way."""

from __future__ import annotations

import asyncio

import pytest

from arcgis_keywidget.form.proof import Proof

BASEMAPS = {"preset": "basemaps", "title": "A test key", "days": 7}
ASKED = ["portals/self", "static", "style"]


def check_of(state):
    """What a state tells of the check, None while there is none."""
    return state["result"] and state["result"]["check"]


def ended(state):
    """Whether the check has ended."""
    return bool(check_of(state) and check_of(state)["summary"])


def test_the_key_is_ready_before_its_check(signed_in, running):
    """Four requests make it and it is in the kernel at once; the check asks after that, with the key."""
    running.portal.fail("portals/self:slow=1")
    sent = len(running.portal.requests)
    assert signed_in.ask("create", draft=BASEMAPS)["ok"]
    state = signed_in.state
    assert (state["phase"], check_of(state)["summary"]) == ("ready", "")
    assert signed_in.form.key
    assert [entry["operation"] for entry in running.portal.requests[sent:]][:4] == [
        *("addItem", "registerApp", "update", "token")
    ]
    found = check_of(signed_in.await_state(ended))
    assert (found["summary"], found["ok"]) == ("3 work", True)
    assert sorted(entry["operation"] for entry in running.portal.requests[sent + 4 :]) == ASKED
    assert state["transcript"] == signed_in.state["transcript"]


def test_a_refusal_is_told_with_its_remedy(signed_in, running):
    """The key is ready all the same."""
    running.portal.fail("static:http=403")
    signed_in.ask("create", draft=BASEMAPS)
    found = check_of(signed_in.await_state(ended))
    assert found["summary"] == "2 work, 1 refused"
    (refused,) = (row for row in found["rows"] if row["state"] == "refused")
    assert refused["what"] == "Static basemap tiles"
    assert refused["mend"]
    assert (signed_in.state["phase"], signed_in.state["alert"]) == ("ready", None)


@pytest.mark.parametrize("fault", ["html", "drop-before", "error=498"])
def test_a_portal_in_trouble_spoils_nothing(signed_in, running, fault):
    """The check says so, and nothing else does."""
    running.portal.fail(f"portals/self:{fault}")
    signed_in.ask("create", draft=BASEMAPS)
    assert check_of(signed_in.await_state(ended))["ok"] is False
    assert (signed_in.state["phase"], signed_in.state["alert"]) == ("ready", None)
    assert signed_in.ask("reveal")["ok"]


@pytest.mark.parametrize("leave", ["another", "forget"])
def test_a_check_that_nobody_waits_for_is_dropped(signed_in, running, leave):
    """Whoever goes on is not disturbed, and the next key has a check of its own."""
    running.portal.fail("portals/self:slow=30")
    signed_in.ask("create", draft=BASEMAPS)
    signed_in.wire.await_true(lambda: not running.portal.faults.armed)  # the check waits for its answer
    assert signed_in.ask(leave)["ok"]
    assert signed_in.state["result"] is None
    assert signed_in.form._flow.proof.told is None
    signed_in.ask("create", draft=BASEMAPS)
    assert check_of(signed_in.await_state(ended))["ok"] is True


def test_a_credential_without_a_key_has_none(signed_in):
    """There is nothing to check."""
    signed_in.ask("create", draft={**BASEMAPS, "generate": False})
    assert check_of(signed_in.state) is None


async def test_a_failure_of_the_check_itself_is_said_and_no_more():
    """Whatever it is."""
    told = asyncio.Event()
    proof = Proof(told.set)

    async def fail():
        raise ZeroDivisionError

    proof.start(fail)
    await told.wait()
    assert proof.told == {"summary": "nothing, as the check itself failed", "ok": False, "rows": []}
