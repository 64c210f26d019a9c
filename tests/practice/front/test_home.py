"""The page for people: what it shows, what it never shows, and what nobody can put into it."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

VOID = {"meta", "br"}


class Page(HTMLParser):
    """The page's elements, its text, and whether every element that is opened is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags, self.words, self.open = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Note an element."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        """See that the innermost element ends."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Note words."""
        self.words.append(data)

    @property
    def text(self):
        """All words with single spaces."""
        return " ".join(" ".join(self.words).split())


async def look(caller, path="/", **parameters):
    """The page that somebody sees, as it came and taken apart."""
    reply = await caller.send(path, method="GET", **parameters)
    assert reply.status_code == 200
    return reply, Page(reply.text)


async def test_says_what_it_is_and_shows_what_there_is(ada, portal):
    """Practice, not Esri's; addresses, people with roles, services, the private layer and its item."""
    _, page = await look(ada)
    for words in ("practice portal", "Nothing here is real", "not made by Esri", "GeoNames, CC BY 4.0"):
        assert words in page.text
    for words in ("http://practice.test/sharing/rest", "ada", "publisher", "administrator", portal.layer):
        assert words in page.text
    assert "premium:user:staticbasemaptiles" in page.text


async def test_is_well_made(ada):
    """One h1, headings below it in order, every table with a caption and scoped heads, nothing left open."""
    await ada("search", q="trees")
    _, page = await look(ada)
    names = [tag for tag, _ in page.tags]
    assert page.open == []
    assert ("html", {"lang": "en"}) in page.tags
    assert names.count("h1") == 1
    assert names.count("table") == names.count("caption") > 3
    assert all(attrs.get("scope") in {"row", "col"} for tag, attrs in page.tags if tag == "th")
    assert not {"script", "img", "form", "link", "iframe"} & set(names)


async def test_no_secret_is_shown(ada, grace, portal):
    """Neither a password, a token, a key nor a client secret, whoever looks."""
    key, app = await ada.make_key()
    secrets = [*(user.password for user in portal.users), ada.token, grace.token, key, app["client_secret"]]
    for caller in (ada, grace):
        reply, _ = await look(caller)
        assert not [secret for secret in secrets if secret in reply.text]


async def test_last_requests_are_named_without_values(ada):
    """Operation, path and names of parameters; the newest first; the page itself is left out."""
    await look(ada)
    await ada("search", q="a value of mine", method="GET")
    await ada("community/self", token="wrong")
    reply, page = await look(ada)
    shown = reply.text[reply.text.index("Last requests") :]
    assert shown.index("community/self") < shown.index("<code>/sharing/rest/search</code>")
    assert "error 498" in page.text
    assert "f, q" in page.text
    assert "a value of mine" not in reply.text
    assert "home" not in shown


async def test_counts_keys_of_people(ada, portal):
    """A teacher sees how many live keys there are."""
    await ada.make_key()
    _, page = await look(ada)
    assert f"ada publisher yes {len(portal.items_of('ada'))} 0 1 1" in page.text


@pytest.mark.parametrize("place", ["path", "parameter", "title"])
async def test_nobody_writes_markup_into_it(ada, place):
    """Paths, names of parameters and titles come out as text."""
    evil = "<script>alert(1)</script>"
    if place == "path":
        await ada.send(f"/{evil}", method="GET")
    elif place == "parameter":
        await ada("search", q="x", **{evil: "1"})
    else:
        item = await ada.add(evil)
        await ada(f"{ada.me}/items/{item}/update", title=f"'\"{evil}", tags=evil)
    reply, page = await look(ada)
    assert "<script" not in reply.text
    assert "script" not in [tag for tag, _ in page.tags]
    assert page.open == []


async def test_armed_faults_and_changed_switches(open_portal, call_as):
    """What was armed, with how often it will strike still, and what is not at its default."""
    portal = open_portal(faults=["addItem:slow=0.5*3"], switches={"edits": "keep"}, latency=1)
    _, page = await look(call_as(portal))
    assert "Armed faults: addItem:slow=0.5*3" in page.text
    assert "not at their default: edits=keep" in page.text
    assert "Latency: 1 ms" in page.text


async def test_needs_no_script_and_allows_none(anyone):
    """The policy allows the page's own style by its hash and nothing else; other origins cannot read it."""
    reply, _ = await look(anyone)
    policy = reply.headers["content-security-policy"]
    style = re.search(r"<style>(.*?)</style>", reply.text, re.DOTALL)[1]
    proof = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{proof}';")
    assert "access-control-allow-origin" not in reply.headers
    assert (reply.headers["x-content-type-options"], reply.headers["cache-control"]) == (
        "nosniff",
        "no-store",
    )


async def test_refreshes_when_it_is_asked_to(anyone):
    """Only with `live=true` does the page load itself anew."""
    calm, _ = await look(anyone)
    live, page = await look(anyone, live="true")
    assert 'http-equiv="refresh"' not in calm.text
    assert ("meta", {"http-equiv": "refresh", "content": "5"}) in page.tags
    assert "Stop refreshing" in live.text


@pytest.mark.parametrize(
    "path", ["/", "/portal", "/portal/", "/portal/home", "/home", "/portal/home/index.html"]
)
async def test_enterprise_shows_it_below_its_web_adaptor_too(open_portal, call_as, path):
    """The usual addresses of a portal's first page; it names the version and that there are no basemaps."""
    _, page = await look(call_as(open_portal("enterprise", version="11.4")), path)
    assert "ArcGIS Enterprise 11.4.0" in page.text
    assert "http://practice.test/portal/sharing/rest" in page.text
    assert "Location services are not offered" in page.text
