"""The pages of a sign-in: safe whatever an app is called, and readable for people and for programs."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re

import pytest

TITLE = '</script><script>alert(\'1\')</script> {"oauth_state":"x"}; & ]]> é 木'
# How Esri's Python package looks for the JSON of a page, in its several places.
PATTERNS = [
    r"(\{.*\})",
    r"({.+})",
    r"(?s)var oAuthInfo = ({.*?});",
    r"(?s)var oAuthInfo = ({.*?})",
]


@pytest.fixture
async def page(register):
    """The sign-in page of an app with a hostile title."""
    return await (await register(title=TITLE)).open()


@pytest.mark.parametrize("pattern", PATTERNS)
async def test_every_search_finds_the_same_json(page, pattern):
    """Braces, quotes and tags of the title neither end it nor come before it."""
    found = json.loads(re.search(pattern, page.text)[1].replace("'", '"'))
    assert found["appTitle"] == TITLE
    assert found["oauth_state"] == page.text.split('"oauth_state":"')[1].split('"')[0]
    assert found["oauth_state"] in page.text.replace(re.search(pattern, page.text)[1], "")


async def test_a_title_stays_text(page):
    """It is shown, escaped; the page has the one script that the package reads, and runs none."""
    assert f"<strong>{html.escape(TITLE)}</strong>" in page.text
    assert re.findall("<script[^>]*>", page.text) == ['<script type="text/plain">']
    assert page.text.count("</script>") == 1


async def test_the_policy_allows_the_style_and_one_way_out(page):
    """Nothing else may load or run; no frame, no referrer, no cache, no cookie."""
    policy = dict(part.split(" ", 1) for part in page.headers["content-security-policy"].split("; "))
    style = re.search("(?s)<style>(.*)</style>", page.text)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == {
        "default-src": "'none'",
        "style-src": f"'sha256-{digest}'",
        "form-action": "'self' https://app.example",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in page.headers


async def test_the_page_is_usable(page):
    """A language, a title, a width for telephones, labels for both fields, and a warning."""
    for part in (
        '<html lang="en">',
        "<title>Sign in - Practice portal</title>",
        'content="width=device-width',
        '<label for="username">',
        '<label for="password">',
        'autocomplete="current-password"',
        "Never type the password of a real account",
    ):
        assert part in page.text


async def test_a_wrong_password_is_announced_and_not_repeated(app):
    """The name is filled in when it is a user's; what else was typed there may have been a password."""
    known = await app.answer(await app.open(), password="wrong-password")
    assert 'role="alert"' in known.text
    assert 'aria-describedby="wrong"' in known.text
    assert 'value="ada"' in known.text
    unknown = await app.answer(await app.open(), username="ada", password="")
    form = {"oauth_state": re.search('oauth_state":"(.*?)"', unknown.text)[1]}
    typed = await app.caller.send("/sharing/oauth2/signin", **form, username="wrong-password", password="x")
    for page in (known, typed):
        assert "wrong-password" not in page.text
        assert "OAUTH_0015" in page.text


@pytest.mark.parametrize("query", ["code=<b>phish</b>", "error=<b>phish</b>", "code=phish", "error=phish"])
async def test_the_approval_page_repeats_nothing(anyone, query):
    """A link to it cannot put words into the portal's mouth."""
    reply = await anyone.http.get(f"http://practice.test/sharing/rest/oauth2/approval?{query}")
    assert "phish" not in reply.text


async def test_the_log_notes_no_password_and_no_token(app):
    """Names alone: of the form, and of what came back."""
    tokens = await app.sign_in(code_challenge=None)
    noted = json.dumps(app.portal.requests)
    assert {"signin", "authorize", "token"} <= {entry["operation"] for entry in app.portal.requests}
    for secret in (app.portal.users[0].password, tokens["access_token"], tokens["refresh_token"], app.secret):
        assert secret not in noted
