from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from arcgis_keywidget.form.phases import Phase
from arcgis_keywidget.models import Secret

KINDS = [
    "look",
    "draft",
    "items",
    "folders",
    "create",
    "cancel",
    "reveal",
    "copy",
    "tile",
    "another",
    "forget",
    "page",
    "kind",
    "transcript",
]
SIGNED_OUT_ONLY = ["sign-out", "sign-in"]
FIELDS = ["username", "method", "preset", "days", "title", "folder", "item", "id", "kind"]

scalars = (
    some.none()
    | some.booleans()
    | some.integers()
    | some.floats()
    | some.text(some.characters(), max_size=20)
)
json = some.recursive(
    scalars,
    lambda inner: (
        some.lists(inner, max_size=4)
        | some.dictionaries(some.sampled_from(FIELDS) | some.text(max_size=8), inner, max_size=5)
    ),
    max_leaves=12,
)
messages = some.fixed_dictionaries(
    {"id": some.integers(1, 99) | scalars, "kind": some.sampled_from([*KINDS, *SIGNED_OUT_ONLY])},
    optional=dict.fromkeys(("draft", "text", "start", "style", "z", "x", "y", "username", "method"), json),
)
NOWHERE = "http://127.0.0.1:9"  # the discard port: a sign-in that gets so far fails at once
buffers = some.lists(some.binary(max_size=30) | some.just(b"x" * 20_000), max_size=3)


@pytest.fixture
def nowhere(open_form):
    """A form for a portal that nobody serves."""
    return open_form(NOWHERE)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=json | messages, data=buffers)
def test_any_message_is_answered_and_moves_nothing(nowhere, caplog, capsys, content, data):
    """Arbitrary JSON and buffers: every message gets one answer, nothing is logged, nobody is signed in."""
    page = nowhere
    before = len(page.answers())
    page.send(content, map(memoryview, data))
    page.wire.await_true(lambda: len(page.answers()) > before)
    assert page.state["phase"] == Phase.SIGNED_OUT
    assert caplog.records == []
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "content", [None, 7, "look", [], ["look"], {}, {"kind": "look-away"}, {"kind": ["look"]}]
)
def test_what_is_no_message_is_told_so(page, content):
    """No kind, an unknown kind, or no object at all: answered as not understood."""
    page.send(content)
    answer = page.wire.await_true(page.answers)[-1]
    assert answer["ok"] is False
    assert "did not understand" in answer["error"]["title"]


@pytest.mark.parametrize("buffers", [[b"\xff\xfe"], [b"one", b"two"], [b"x" * 20_000]])
def test_secret_of_a_wrong_shape_is_refused(page, buffers):
    """Not UTF-8, two of them, or far too long: refused before anything is sent."""
    answer = page.ask("sign-in", *buffers, portal="https://www.arcgis.com", username="ada")
    assert "did not understand" in answer["error"]["title"]
    assert page.states() == []


def test_ids_come_back_as_they_were(page):
    """Short texts and numbers are ids; anything else is answered without one."""
    ids = {"q-1": "q-1", 17: 17, "x" * 65: None, (): None, None: None}
    for number, sent in enumerate(ids):
        page.send({"kind": "cancel", "id": sent})
        page.wire.await_true(lambda number=number: len(page.answers()) > number)
    assert [answer["re"] for answer in page.answers()] == list(ids.values())


def test_secret_is_copied_at_once(page, running, monkeypatch):
    """The page may wipe its buffer as soon as it is sent: the kernel has its own copy, wrapped."""
    taken = []
    monkeypatch.setattr(page.form._flow, "sign_in", lambda part, secret, _: _note(taken, part, secret))
    buffer = bytearray(b"a secret")
    page.send({"kind": "sign-in", "id": 1, "portal": running.url}, [memoryview(buffer)])
    buffer[:] = b"\0" * len(buffer)
    page.wire.await_true(lambda: taken)
    assert taken == [Secret("a secret")]


async def _note(taken, _part, secret):
    taken.append(secret)
