"""What holds for every operation: methods, formats, headers of replies."""

from __future__ import annotations

import httpx
import pytest

from arcgis_keywidget.practice import serve

ROOT = "http://practice.test/sharing/rest"
READS = ("", "info", "portals/self", "portals/self/roles", "portals/self/apiKeys", "community/self")
MORE = ("community/users/ada", "community/users/ada/tags", "content/users/ada", "search?q=capitals")


async def paths_of(ada):
    """Everything that can be read: of the portal, of an item, of its app."""
    item = await ada.add()
    app = await ada.register(item)
    own = [f"{ada.me}/items/{item}{path}" for path in ("", "/status", "/canDelete", "/registeredAppInfo")]
    return [*READS, *MORE, *own, f"content/items/{item}", f"oauth2/apps/{app['client_id']}"]


async def test_get_and_post_read_alike(ada):
    """Official clients mix both for the same operation."""
    for path in await paths_of(ada):
        by_get, by_post = [await ada.send(path, method=method) for method in ("GET", "POST")]
        if "?" not in path:  # httpx replaces a query that stands in the address
            assert by_get.json() == by_post.json(), path
            assert "error" not in by_get.json(), path


async def test_get_and_post_give_tokens_alike(ada, portal):
    """The documentation names GET for `oauth2/token`, and so do old clients for `generateToken`."""
    app = await ada.register(await ada.add())
    named = {name: app[name] for name in ("client_id", "client_secret")}
    person = {"username": "ada", "password": portal.users[0].password, "client": "requestip"}
    for method in ("GET", "POST"):
        own = await ada("oauth2/token", method=method, grant_type="client_credentials", **named)
        hers = await ada("generateToken", method=method, **person)
        assert (own["expires_in"], set(hers)) == (7200, {"token", "expires", "ssl"})


async def test_every_format_of_every_reading(ada):
    """One line, many lines, a page; the page when nothing is said."""
    for path in await paths_of(ada):
        if "?" in path:
            continue
        one, many, html = [await ada.send(path, f=form) for form in ("json", "pjson", "html")]
        assert one.json() == many.json(), path
        assert len(one.text.splitlines()) == 1 < len(many.text.splitlines()), path
        unsaid = await ada.send(path, f="")
        assert html.headers["content-type"] == unsaid.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("account", ["location-platform", "enterprise"])
async def test_slashes_and_the_web_adaptor_make_no_difference(open_portal, call_as, account):
    """A slash at the end, two in the middle, and both below Enterprise's context."""
    portal = open_portal(account)
    ada = await call_as(portal).sign_in()
    expected = await ada("portals/self")
    context = portal.account.context
    for path in (
        "/sharing/rest/portals/self/",
        "/sharing//rest/portals//self",
        "//sharing/rest/portals/self//",
    ):
        assert await ada(path.replace("//sharing", "/sharing")) == expected
        assert await ada(f"{context}{path}") == expected


async def test_pages_of_other_origins_may_read_every_reply(ada, portal):
    """Refusals, what is not there, wrong methods, true statuses, redirects and faults included."""
    portal.fail("portals/self:http=429")
    portal.fail("info:html")
    tile = "/arcgis/rest/services/static-basemap-tiles-service/v1/arcgis/streets/static/tile/0/0/0"
    page = await ada.send(
        "oauth2/authorize", client_id="pythonapi", response_type="token", redirect_uri="https://practice.test"
    )
    oauth_state = page.text.partition('"oauth_state":"')[2].partition('"')[0]
    replies = [
        await ada.send("portals/self"),
        await ada.send("info"),
        await ada.send("content/items/none"),
        await ada.send("no/such/path"),
        await ada.send("oauth2/token"),
        await ada.send(tile, token="nonsense"),
        await ada.send("oauth2/signin", oauth_state=oauth_state, cancel="true"),
        await ada.http.put(f"{ROOT}/info"),
        await ada.http.post(f"{ROOT}/info", headers={"Host": "not a host"}),
    ]
    assert [reply.status_code for reply in replies] == [429, 200, 200, 404, 200, 401, 302, 405, 400]
    assert {reply.headers["access-control-allow-origin"] for reply in replies} == {"*"}
    assert not any("www-authenticate" in reply.headers or "retry-after" in reply.headers for reply in replies)


async def test_a_preflight_is_answered_wherever_it_goes(ada):
    """With the headers that a token may travel in."""
    for path in (f"{ROOT}/content/users/ada/addItem", f"{ROOT}/oauth2/token", "http://practice.test/none"):
        reply = await ada.http.options(path)
        allowed = reply.headers["access-control-allow-headers"].lower()
        assert reply.status_code == 204
        assert {"authorization", "x-esri-authorization", "content-type"} <= set(allowed.split(", "))


def test_head_is_a_get_without_its_body():
    """Over a socket, with the length that the body would have, and the connection goes on."""
    with serve() as served, httpx.Client() as client:
        for path in ("/sharing/rest/info?f=json", "/sharing/rest/content/items/none?f=json", "/none"):
            head, get = [client.request(method, served.url + path) for method in ("HEAD", "GET")]
            assert (head.status_code, head.content) == (get.status_code, b"")
            assert head.headers["content-length"] == str(len(get.content))


async def test_no_cache_keeps_a_token(ada, portal):
    """Neither one for a password nor one for another token."""
    user = portal.users[0]
    for asked in (
        {"username": user.username, "password": user.password, "client": "requestip"},
        {"serverUrl": f"http://practice.test/server/rest/services/Hosted/{portal.table.name}/FeatureServer"},
    ):
        reply = await ada.send("generateToken", **asked)
        assert reply.json()["token"]
        assert reply.headers["cache-control"] == "no-store"
