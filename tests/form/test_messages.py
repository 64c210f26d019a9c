from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from arcgis_keywidget.form.fields import READERS, VIEWS
from arcgis_keywidget.form.phases import Phase
from arcgis_keywidget.models import PRESETS, Secret
from arcgis_keywidget.privileges import catalogue

KINDS = [
    "look",
    "draft",
    "privileges",
    "items",
    "lookup",
    "folders",
    "check",
    "code",
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
    "part",
    "keys",
    "generate",
    "revoke",
    "end-former",
    "change",
    "delete",
]
SIGNED_OUT_ONLY = ["sign-out", "sign-in"]
FIELDS = [*READERS, "id", "kind", "type"]

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
    optional=dict.fromkeys(
        ("draft", "text", "start", "kinds", "owner", "private", "style", "z", "x", "y", *READERS), json
    ),
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


names = some.sampled_from([*catalogue(), *PRESETS, "0" * 32, *VIEWS]) | some.text(max_size=20)
items = some.lists(some.fixed_dictionaries({"id": names, "title": names}), max_size=3)
values = scalars | some.lists(names, max_size=4) | items | some.sampled_from(["2030-01-01T00:00:00Z", 30])
drafts = some.dictionaries(some.sampled_from([*READERS]), names | values, max_size=6)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=some.lists(drafts, max_size=3))
def test_any_edit_leaves_a_draft_that_can_be_judged(signed_in, edits):
    """Whatever was edited, the form can say what is wrong with it, or has the code of a key."""
    for part in edits:
        signed_in.ask("draft", draft=part)
    errors = signed_in.ask("check")["errors"]
    code = signed_in.ask("code")
    assert code["ok"] is not bool(errors)
    if code["ok"]:
        compile(code["code"], "next cell", "exec")
    else:
        assert code["error"]["field"] in errors


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
