"""The portal, its people and their tokens."""

from __future__ import annotations

import pytest

REFERER = "https://notebook.example"
PORTAL_MEMBERS = """
    id name isPortal portalMode portalName portalHostname urlKey customBaseUrl currentVersion allSSL access
    culture region supportsOAuth supportsHostedServices maxTokenExpirationMinutes helperServices httpPort
    httpsPort authorizedCrossOriginDomains authorizedCrossOriginNoCorsDomains allowedRedirectUris
    defaultBasemap basemapGalleryGroupQuery"""
PERSON_MEMBERS = """
    username id fullName firstName lastName preferredView description email userType idpUsername favGroupId
    lastLogin mfaEnabled access storageUsage storageQuota orgId role roleId privileges level userLicenseTypeId
    disabled tags culture cultureFormat region units thumbnail created modified groups provider"""


def code(reply):
    """The code of an error reply."""
    return reply["error"]["code"]


async def test_info_and_root_need_no_token(anyone):
    """Where tokens come from, and the version."""
    info = await anyone("info")
    assert info["authInfo"]["tokenServicesUrl"] == "http://practice.test/sharing/rest/generateToken"
    assert await anyone("/sharing/rest/") == {"currentVersion": "2025.3"}
    assert (await anyone("/sharing//rest//info/"))["owningSystemUrl"] == info["owningSystemUrl"]


async def test_without_f_a_page_comes_back(anyone):
    """The real portal answers HTML when `f` is missing; pjson is JSON with line breaks."""
    reply = await anyone.http.get("http://practice.test/sharing/rest/info")
    assert reply.headers["content-type"].startswith("text/html")
    assert "\n" in (await anyone.send("info", f="pjson")).text


@pytest.mark.parametrize(
    ("account", "is_portal", "mode", "services"),
    [
        ("location-platform", False, "multitenant", {"basemapStyles", "staticBasemapTiles"}),
        ("online", False, "multitenant", {"basemapStyles"}),
        ("enterprise", True, "singletenant", set()),
    ],
)
async def test_accounts_differ(open_portal, call_as, account, is_portal, mode, services):
    """Each account kind shows its marks, and privileges that fit it."""
    ada = await call_as(open_portal(account)).sign_in()
    document = await ada("portals/self")
    assert (document["isPortal"], document["portalMode"]) == (is_portal, mode)
    assert set(document["practiceServices"]) == services
    assert ("subscriptionInfo" in document) is not is_portal
    held = set(document["user"]["privileges"])
    assert ("premium:user:staticbasemaptiles" in held) == (account == "location-platform")
    assert ("premium:user:geocode" in held) == (account == "online")
    assert {"portal:user:generateApiTokens", "portal:user:assignPrivilegesToApps"} <= held


@pytest.mark.parametrize("account", ["location-platform", "online", "enterprise"])
async def test_documents_are_complete(open_portal, call_as, account):
    """Portal and person have every member that Esri's clients and a captured reply show."""
    ada = await call_as(open_portal(account)).sign_in()
    document = await ada("portals/self")
    assert not set(PORTAL_MEMBERS.split()) - set(document)
    assert not set(PERSON_MEMBERS.split()) - set(document["user"])
    assert document["user"] == await ada("community/self") == await ada("community/users/ada")


async def test_enterprise_lives_below_its_web_adaptor_too(open_portal, call_as):
    """The same portal answers with and without the context path, and names itself with it."""
    anyone = call_as(open_portal("enterprise"))
    info = await anyone("/portal/sharing/rest/info")
    assert info == await anyone("info")
    assert info["owningSystemUrl"] == "http://practice.test/portal"


async def test_portal_without_a_token_names_no_user(anyone):
    """The public view."""
    assert "user" not in await anyone("portals/self")


async def test_self_and_members(ada, sam, grace):
    """One's own document is full; a colleague's holds no privileges, except for an administrator."""
    me = await ada("community/self")
    assert me["username"] == "ada"
    assert me["privileges"] == (await ada("portals/self"))["user"]["privileges"]
    assert "privileges" not in await sam("community/users/ada")
    assert (await grace("community/users/ada"))["role"] == "org_publisher"
    assert "portal:user:generateApiTokens" not in (await sam("community/self"))["privileges"]
    assert code(await ada("community/users/nobody")) == 400


async def test_wrong_passwords_are_refused(anyone, portal):
    """Only the issued password fits; unknown people look the same."""
    issued = portal.users[0].password
    for username, password in [("ada", "guess"), ("ada", ""), ("ada", f"{issued} "), ("nobody", issued)]:
        reply = await anyone("generateToken", username=username, password=password, client="requestip")
        assert reply["error"] == {
            "code": 400,
            "message": "Unable to generate token.",
            "details": ["Invalid username or password."],
        }


async def test_token_needs_a_known_client(anyone, portal):
    """`client=referer` needs a referer; other words are refused."""
    ada = {"username": "ada", "password": portal.users[0].password}
    assert code(await anyone("generateToken", **ada, client="referer")) == 400
    assert code(await anyone("generateToken", **ada, client="other")) == 400
    assert code(await anyone("generateToken", **ada, client="requestip", expiration="soon")) == 400


async def test_token_is_bound_to_its_referer(ada):
    """The same token with another Referer, or none, is invalid; a trimmed one passes."""
    assert (await ada("community/self", headers={"Referer": f"{REFERER}/lab/tree"}))["username"] == "ada"
    for other in ("https://elsewhere.example", ""):
        assert code(await ada("community/self", headers={"Referer": other})) == 498


async def test_token_bound_to_another_address_is_invalid(anyone, portal):
    """`client=ip` names the address that may use the token."""
    ada = {"username": "ada", "password": portal.users[0].password}
    mine = await anyone("generateToken", **ada, client="requestip")
    other = await anyone("generateToken", **ada, client="ip", ip="203.0.113.9")
    assert (await anyone("community/self", token=mine["token"]))["username"] == "ada"
    assert code(await anyone("community/self", token=other["token"])) == 498


async def test_tokens_expire_by_the_clock(ada, clock, portal, anyone):
    """Two weeks were asked for; a year is cut to the account's limit; without a wish it is an hour."""
    clock.now += 20_160 * 60 + 1
    assert (await ada("community/self"))["error"] == {"code": 498, "message": "Invalid token.", "details": []}
    asked = {"username": "ada", "password": portal.users[0].password, "client": "requestip"}
    assert (await anyone("generateToken", **asked))["expires"] == clock.ms + 3_600_000
    longest = await anyone("generateToken", **asked, expiration="525600")
    assert longest["expires"] == clock.ms + 21_600 * 60_000


async def test_three_carriers_in_order(ada, anyone):
    """X-Esri-Authorization goes before Authorization, and both before the parameter."""
    token = ada.token
    bad = "Bearer wrong"
    assert (await anyone("community/self", headers={"Authorization": f"Bearer {token}"}))["username"] == "ada"
    for method in ("GET", "POST"):
        reply = await anyone.send("community/self", method=method)
        assert code(reply.json()) == 499
        url = "http://practice.test/sharing/rest/community/self"
        place = {"params" if method == "GET" else "data": {"f": "json", "token": token}}
        reply = await anyone.http.request(method, url, headers={"Referer": REFERER}, **place)
        assert reply.json()["username"] == "ada"
    assert code(await ada("community/self", headers={"X-Esri-Authorization": bad})) == 498
    assert (await ada("community/self", headers={"Authorization": bad}))["username"] == "ada"


async def test_no_reply_asks_for_another_kind_of_sign_in(anyone):
    """WWW-Authenticate would turn Esri's Python client to Kerberos or Basic."""
    for path in ("community/self", "nowhere", "/arcgis/rest/services/static-basemap-tiles-service/v1/self"):
        reply = await anyone.send(path)
        assert "www-authenticate" not in reply.headers
    assert reply.status_code == 401


async def test_unknown_paths_and_methods(anyone):
    """404 and 405, in the log like everything else."""
    assert (await anyone.send("nowhere")).status_code == 404
    assert (await anyone.send("info", method="PUT")).status_code == 405
    assert [entry["status"] for entry in anyone.portal.requests] == [404, 405]
