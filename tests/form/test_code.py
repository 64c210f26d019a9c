"""A form's settings as Python: run, the code makes the very same request."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings

from arcgis_keywidget import KeyRequest, Portal
from arcgis_keywidget.form.checks import repeatable
from arcgis_keywidget.form.code import Entry, key_code, request_code
from arcgis_keywidget.form.draft import Draft
from arcgis_keywidget.form.locks import with_request
from tests.form.requests import requests
from tests.form.test_gis import await_phase, make_gis


def repeated(request):
    """What the code makes of a request: everything is run but the sign-in."""
    names = {}
    exec(key_code(request).partition("\nwith ")[0], names)  # noqa: S102 (the very thing that is tested)
    return names["request"]


@settings(deadline=None, max_examples=300)
@given(request=requests)
def test_code_repeats_any_request(request):
    """Whatever the texts hold, quotes, line ends and braces among it: the request comes out equal."""
    assert repeated(request) == request


@settings(deadline=None, max_examples=200)
@given(request=requests)
def test_form_keeps_any_request(request):
    """Through the fields of the form and back nothing changes, of no kind of lifetime either."""
    draft = with_request(Draft.new(None), request)
    assert repeatable(draft) == request
    assert repeated(repeatable(draft.amended(draft.as_dict()))) == request


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (KeyRequest(), "KeyRequest()"),
        (KeyRequest("It's mine"), 'KeyRequest(title="It\'s mine")'),
        (KeyRequest(expires=timedelta(hours=12)), "KeyRequest(expires=timedelta(hours=12))"),
        (KeyRequest(generate=False, tags=["a"]), "KeyRequest(tags=['a'], generate=False)"),
        (KeyRequest(private=True, folder="Keys"), "KeyRequest(private=True, folder='Keys')"),
    ],
)
def test_code_names_only_what_is_not_the_default(request_, code):
    """The shortest code: a default is left out, a lifetime is written as people would."""
    assert request_code(request_) == code


def test_code_is_the_whole_job():
    """Imports, sign-in and the key in the kernel; and lines that a page can show."""
    day = date.today() + timedelta(days=40)  # noqa: DTZ011 (a day on the person's calendar)
    request = KeyRequest(
        "A key", expires=day, items=["a" * 32, "b" * 32], referrers=["https://app.example.com"]
    )
    assert (
        key_code(request, Entry(address="https://gis.example.com", authority="ca.pem"))
        == f"""\
from datetime import date

from arcgis_keywidget import KeyRequest, Portal, use

request = KeyRequest(
    title='A key',
    items=[
        '{"a" * 32}',
        '{"b" * 32}',
    ],
    expires=date({day.year}, {day.month}, {day.day}),
    referrers=['https://app.example.com'],
)
with Portal.connect('https://gis.example.com', verify='ca.pem') as portal:
    portal.sign_in()
    use(portal.create_key(request))"""
    )


@pytest.mark.parametrize(
    ("entry", "lines"),
    [
        (Entry(method="token"), ['portal.sign_in_with_token(getpass("Token: "))']),
        (
            Entry(method="browser", client_id="it's mine"),
            [
                'page = portal.begin_code_sign_in("it\'s mine")',
                "print(page.url)",
                'portal.sign_in_with_code(getpass("Code: "), page)',
            ],
        ),
    ],
)
def test_code_signs_in_as_the_person_did(entry, lines):
    """Whoever has no password is not asked for one; what is secret is asked for, unseen."""
    code = key_code(KeyRequest(), entry)
    compile(code, "next cell", "exec")
    assert code.startswith("from getpass import getpass\n\nfrom arcgis_keywidget")
    assert [line.strip() for line in code.splitlines()[-len(lines) - 1 : -1]] == lines


def test_code_of_a_token_carries_its_referrer(page, running, monkeypatch):
    """A token that is bound to a Referer signs in with the same one; run, the code makes the key."""
    issued = running.portal.users[0]
    with Portal.connect(running.url, referer="http") as portal:
        portal.sign_in(issued.username, issued.password)
        token = portal.portal._rest.token.reveal()
    entry = {"portal": running.url, "method": "token", "referrer": "http"}
    assert page.ask("sign-in", token.encode(), **entry)["ok"]
    page.ask("draft", draft={"title": "By token"})
    monkeypatch.setattr("getpass.getpass", lambda _: token)
    exec(page.ask("code")["code"], {})  # noqa: S102 (what a person would do)
    assert "By token" in titles(running)


def test_code_of_a_gis_begins_with_the_gis(open_form, running):
    """Whoever came by a GIS has no other way in: run beside it, the code makes the key."""
    page = open_form(running.url.replace("127.0.0.1", "localhost"))
    page.sign_in(running)
    gis = make_gis(running.url, page.form.portal.portal._rest.token.reveal())
    page = open_form(gis=gis)
    await_phase(page, "signed-in")
    page.ask("draft", draft={"title": "By GIS"})
    exec(page.ask("code")["code"], {"gis": gis})  # noqa: S102 (what a person would do)
    assert "By GIS" in titles(running)


def titles(running):
    """What the first user owns."""
    return [item["title"] for item in running.portal.items_of("ada")]


def test_code_without_a_key_uses_none():
    """A credential without its key is made, and nothing is put in the kernel."""
    assert key_code(KeyRequest(generate=False)).splitlines()[-1] == "    portal.create_key(request)"
    assert "use" not in key_code(KeyRequest(generate=False))


def test_moment_keeps_its_offset():
    """An exact end is written with the offset it was given in."""
    end = (datetime.now().astimezone() + timedelta(days=2)).replace(microsecond=0)
    assert f"datetime.fromisoformat('{end.isoformat()}')" in key_code(KeyRequest(expires=end))
