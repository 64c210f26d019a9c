"""Nothing that can be sent makes the portal fail, give away a secret, or note a value."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.practice.fuzz.requests import MARK, NAMES, requests

KNOWN_STATUS = {200, 204, 302, 303, 304, 307, 400, 401, 403, 404, 405, 406, 413, 415, 429}
quiet = {"deadline": None, "suppress_health_check": list(HealthCheck)}


def refuse(word):
    """NaN and Infinity are no JSON."""
    raise AssertionError(word)


def sent_text(request):
    """Everything that the client itself wrote."""
    headers = b" ".join(value for _, value in request["headers"])
    return b" ".join([request["raw"].encode("utf-8", "replace"), request["query"], headers, request["body"]])


def examine(world, request, reply):
    """The reply to any request: its status, its form, and no secret that was not sent along."""
    assert reply.status in KNOWN_STATUS, (reply.status, reply.body[:300])
    assert not [value for _, value in reply.headers if b"\n" in value or b"\r" in value]
    assert "www-authenticate" not in {name.decode().lower() for name, _ in reply.headers}
    if "json" in reply.header(b"content-type") and request["method"] != "HEAD":
        json.loads(reply.body, parse_constant=refuse)
    sent, told = sent_text(request), reply.body + b"".join(value for _, value in reply.headers)
    secrets = [*world.passwords.values(), *(token for token in world.bearers.values() if len(token) > 9)]
    if not any(world.bearers[name].encode() in sent for name in ("ada", "grace")):
        secrets += world.secrets
    leaked = [secret for secret in secrets if secret.encode() in told and secret.encode() not in sent]
    assert not leaked


def examine_log(world):
    """The entry says names only."""
    entry = {
        name: value for name, value in world.portal.requests[-1].items() if name not in {"path", "referer"}
    }
    noted = json.dumps(entry)
    assert MARK not in noted
    secrets = [*world.passwords.values(), *world.secrets, *world.bearers.values()]
    assert not [secret for secret in secrets if len(secret) > 9 and secret in noted]


def throw(world, data):
    """One request out of the whole table, undone afterwards so that the next one finds the same portal."""
    request = data.draw(requests(world))
    world.portal.store.run("BEGIN IMMEDIATE")
    try:
        reply = world.ask(**request)
    finally:
        world.portal.store.run("ROLLBACK")
    examine(world, request, reply)
    examine_log(world)


def test_parameters_are_found_by_reading_the_portal():
    """The list of names is not empty by a mistake of this file."""
    assert {"username", "apiToken", "privileges", "clearEmptyFields"} <= set(NAMES)


@settings(max_examples=1500, **quiet)
@given(data=st.data())
def test_any_request_is_answered(world, data):
    """Location Platform, every operation, every token in every place."""
    throw(world, data)


@settings(max_examples=400, **quiet)
@given(data=st.data())
def test_any_request_is_answered_by_enterprise(enterprise, data):
    """The same below a web adaptor."""
    throw(enterprise, data)


@pytest.mark.matrix
@pytest.mark.timeout(3600)
@settings(max_examples=40_000, **quiet)
@given(data=st.data())
def test_any_request_is_answered_for_long(world, data):
    """The long form."""
    throw(world, data)


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("rounds", [pytest.param(4), pytest.param(100, marks=pytest.mark.matrix)])
def test_nothing_breaks_the_store(world, rounds):
    """Sixty requests after each other that all count, then the store is looked at and put back."""

    @settings(max_examples=rounds, **quiet)
    @given(st.data())
    def run(data):
        for _ in range(60):
            request = data.draw(requests(world))
            assert world.ask(**request).status in KNOWN_STATUS
        world.check()
        world.portal.reset()
        world.furnish()

    run()
