"""What was asked, as the page tells it, and as a shell repeats it."""

from __future__ import annotations

import shlex
from urllib.parse import quote, urlsplit

import pytest

from arcgis_keywidget import Portal
from arcgis_keywidget.form.transcript import curl_of, summary_of
from arcgis_keywidget.models import Exchange, Transcript

HOSTILE = 'a\'b; rm -rf ~ $(id) `id` "x" & | > *é\\'
URL = "https://gis.example.com/portal/sharing/rest"


def curl(**fields):
    """The words that a shell makes of the command line of an exchange."""
    return shlex.split(curl_of(Exchange(**{"method": "POST", "url": f"{URL}/x", **fields})))


def test_a_form_is_repeated_with_placeholders():
    """Every parameter stands with its own name in the place of its value; f=json is as it was sent."""
    words = curl(form=("f", "title"), authorized=True)
    assert words == [
        "curl",
        *("--header", "X-Esri-Authorization: Bearer <token>"),
        *("--header", "Referer: <referrer>"),
        *("--data-urlencode", "f=json"),
        *("--data-urlencode", "title=<title>"),
        f"{URL}/x",
    ]


def test_a_query_is_repeated_as_one():
    """A GET asks with --get; without a token there is no header."""
    words = curl(method="GET", query=("f", "q"))
    assert words == ["curl", "--get", "--data-urlencode", "f=json", "--data-urlencode", "q=<q>", f"{URL}/x"]


def test_odd_requests_are_repeated_too():
    """A POST without a form is a POST; a query beside a form stays in the address; brackets are no globs."""
    assert curl() == ["curl", "--request", "POST", f"{URL}/x"]
    assert curl(query=("f",), form=("a",))[-1] == f"{URL}/x?f=json"
    assert curl(method="GET", url="https://[::1]/x") == ["curl", "--globoff", "https://[::1]/x"]


@pytest.mark.parametrize("name", [HOSTILE, "-o /etc/passwd", "a\nb", "[1-9]{a,b}"])
def test_hostile_names_stay_words(name):
    """A user's name in a path, and even in a parameter, is one word, and nothing of it is run."""
    address = f"{URL}/content/users/{quote(name, safe='')}"
    words = curl(url=address, form=(name,))
    assert words[-1] == address
    assert f"{name}=<{name}>" in words
    assert len([word for word in words if "rm" in word or "passwd" in word]) <= 2


def test_the_summary_counts_all_and_adds_up_what_is_remembered():
    """A long session forgets its oldest requests, but not how many there were."""
    transcript = Transcript()
    for number in range(250):
        transcript.add(Exchange(method="GET", url=URL, milliseconds=number))
    assert summary_of(transcript) == {"count": 250, "milliseconds": sum(range(50, 250))}


def test_the_page_is_told_what_was_asked(signed_in, running):
    """Each request of the job with its names and figures, in order, and no value of any of them."""
    signed_in.ask("create", draft={"preset": "basemaps", "title": "Canary title", "days": 7})
    told = signed_in.ask("transcript")["exchanges"]
    asked = [entry["path"] for entry in running.portal.requests]
    assert [one["path"] for one in told] == asked[: len(told)]  # then the form checks its key, untold
    assert [one["path"].rpartition("/")[2] for one in told[-4:]] == [
        *("addItem", "registerApp", "update", "token"),
    ]
    assert {one["status"] for one in told} == {200}
    assert "password" in told[0]["parameters"]
    assert "password=<password>" in shlex.split(told[0]["curl"])
    assert not [word for word in shlex.split(told[0]["curl"]) if "Authorization" in word]
    for sent, logged in zip(told, running.portal.requests[: len(told)], strict=True):
        assert sorted(sent["parameters"]) == sorted([*logged["query"], *logged["body"]])
        assert urlsplit(shlex.split(sent["curl"])[-1]).path == logged["path"]
    for value in ("Canary title", running.portal.users[0].password, str.__str__(signed_in.form.key)):
        assert value not in repr(told)
    state = signed_in.state["transcript"]
    assert state["count"] == len(told) == 7
    assert abs(state["milliseconds"] - sum(one["milliseconds"] for one in told)) <= len(told)


def test_errors_are_told_with_their_numbers(page, running):
    """The status of HTTP and ArcGIS's own code both stand there."""
    page.ask("sign-in", b"wrong", portal=running.url, username="ada", method="password")
    (refused,) = page.ask("transcript")["exchanges"]
    assert (refused["status"], refused["code"]) == (200, 400)


def test_a_form_has_one_transcript(open_form, running):
    """It goes on from portal to portal; a portal that was handed in brings its own."""
    page = open_form()
    page.sign_in(running)
    page.ask("sign-out")
    page.sign_in(running)
    assert page.state["transcript"]["count"] == 6
    with Portal.connect(running.url) as portal:
        portal.sign_in(running.portal.users[0].username, running.portal.users[0].password)
        assert open_form(portal).state["transcript"]["count"] == portal.transcript.count == 2
