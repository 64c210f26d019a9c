"""The portal itself and its people: `info`, `portals/self`, `community`, `generateToken`."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice import tokens
from arcgis_keywidget.practice.paths import LOCATION_SERVICES
from arcgis_keywidget.practice.people import ORG_ID, describe_user
from arcgis_keywidget.practice.replies import Refusal, invalid_token, not_permitted

if TYPE_CHECKING:
    from arcgis_keywidget.practice.call import Call
    from arcgis_keywidget.practice.people import User
    from arcgis_keywidget.practice.tokens import App

_NO_LIMITS = (
    *("authorizedCrossOriginDomains", "authorizedCrossOriginNoCorsDomains", "allowedRedirectUris"),
    "rotatorPanels",
)
_END_OF_SUBSCRIPTION = 4_102_444_800_000
"""In milliseconds since 1970: the year 2100, as an open-ended subscription."""
ANY_TIME = -1
"""A moment before the end of every token: what has expired is found, too."""


def describe_info(call: Call) -> dict[str, Any]:
    """`info`: where tokens come from; needs none."""
    service = f"{call.base}/sharing/rest/generateToken"
    return {
        "owningSystemUrl": call.base,
        "authInfo": {"tokenServicesUrl": service, "isTokenBasedSecurity": True},
    }


def describe_root(call: Call) -> dict[str, Any]:
    """The root: the version, and Enterprise's own numbers on Enterprise."""
    return dict(call.portal.account.version)


def describe_portal(call: Call) -> dict[str, Any]:
    """`portals/self`: the organisation; `user` for a person's token, `appInfo` for a key's or an app's.

    The token of a person who signed in with OAuth 2.0 shows both (a captured reply). A key of personal scope
    very probably shows its owner as well; so it does here.
    """
    account, caller = call.portal.account, call.caller
    document: dict[str, Any] = {
        "id": ORG_ID,
        "name": "Practice organization",
        "description": "A practice portal: nothing here is real.",
        "access": "private",
        "culture": "en",
        "region": "WO",
        "isPortal": account.is_portal,
        "portalMode": "singletenant" if account.is_portal else "multitenant",
        "portalName": account.portal_name,
        "portalHostname": call.base.partition("://")[2],
        # An address under .invalid can never lead a client, or its token, to a real host.
        "urlKey": None if account.is_portal else "practice",
        "customBaseUrl": "" if account.is_portal else "arcgis.invalid",
        **account.version,
        "allSSL": call.secure,
        "supportsOAuth": True,
        "supportsHostedServices": True,
        "maxTokenExpirationMinutes": int(call.portal.switches.longest_token),
        "helperServices": {"geocode": []},
        "defaultBasemap": _describe_basemap(call),
        **{name: [] for name in _NO_LIMITS},
        "basemapGalleryGroupQuery": "",
        "httpPort": 80 if account.is_portal else -1,
        "httpsPort": 443 if account.is_portal else -1,
        "practiceServices": {name: LOCATION_SERVICES[name] for name in account.services},
    }
    if account.subscription:
        document["subscriptionInfo"] = {
            "id": "0000000000",
            "type": account.subscription,
            "state": "active",
            "expDate": _END_OF_SUBSCRIPTION,
        }
    if caller and caller.shows_account:
        document["user"] = _describe(call, caller.user, own=True)
    if inspected := inspect_token(call):
        document["appInfo"] = inspected
    elif caller and (app := caller.app or caller.client):
        document["appInfo"] = _describe_app(app, caller.expires)
    return document


def _describe_basemap(call: Call) -> dict[str, Any]:
    """The basemap that maps begin with; without layers where the account kind has no basemap styles."""
    if "basemapStyles" not in call.portal.account.services:
        return {"title": "Practice basemap", "baseMapLayers": []}
    style = f"{call.root}{LOCATION_SERVICES['basemapStyles']}/styles/arcgis/streets"
    layer = {"id": "practice-streets", "title": "Streets", "layerType": "VectorTileLayer", "styleUrl": style}
    return {"title": "Practice basemap", "baseMapLayers": [{**layer, "visibility": True, "opacity": 1}]}


def inspect_token(call: Call) -> dict[str, Any] | None:
    """`appInfoToken`: the `appInfo` of another token, live or expired; None when it was not sent.

    Documented: the caller's own token must be no API key, and both must be of one organisation. The reply to
    a token that is of none is not known.

    Raises:
        Refusal: 498 for an unknown token, 499 without a token of one's own, 403 for a key.
    """
    sent = call.text("appInfoToken")
    if not sent:
        return None
    call.person()
    found = tokens.find_key(call.store, sent, ANY_TIME)
    if found:
        return _describe_app(*found)
    row = tokens.find_access_token(call.store, sent, ANY_TIME)
    app = tokens.find_app(call.store, client_id=row["client"]) if row and row["client"] else None
    if row is None:
        raise invalid_token()
    return _describe_app(app, row["expires"]) if app else None


def _describe_app(app: App, expires: int | None) -> dict[str, Any]:
    info = {
        "appId": app.client_id,
        "itemId": app.item,
        "appOwner": app.owner,
        "orgId": ORG_ID,
        "appTitle": app.title,
        "privileges": app.privileges,
    }
    return info if expires is None else info | {"expirationDate": expires}


def describe_self(call: Call) -> dict[str, Any]:
    """`community/self`: the person who calls; 498 for a key that does not show its owner, a guess."""
    caller = call.known_caller
    if not caller.shows_account:
        raise invalid_token()
    inspected = inspect_token(call)
    return _describe(call, caller.user, own=True) | ({"appInfo": inspected} if inspected else {})


def list_tags(call: Call) -> dict[str, Any]:
    """`community/users/{u}/tags`: what the person has tagged items with, and how often; her own only."""
    user = call.person()
    if call.path["username"] != user.username:
        raise not_permitted()
    rows = call.store.rows("SELECT tags FROM items WHERE owner = ? AND tags <> '[]'", user.username)
    counts = Counter(tag for row in rows for tag in json.loads(row["tags"]))
    return {"tags": [{"tag": tag, "count": count} for tag, count in sorted(counts.items())]}


def describe_member(call: Call) -> dict[str, Any]:
    """`community/users/{u}`: all of it for the person and administrators, else the public part."""
    caller = call.known_caller
    user = next((user for user in call.portal.users if user.username == call.path["username"]), None)
    if user is None:
        raise Refusal(400, "User does not exist or is inaccessible.", message_code="COM_0018")
    own = caller.user == user and caller.shows_account
    return _describe(call, user, own=own or "portal:admin:viewUsers" in caller.privileges)


def _describe(call: Call, user: User, *, own: bool) -> dict[str, Any]:
    created = call.store.count("SELECT created FROM people WHERE username = ?", user.username)
    return describe_user(call.portal.account, user, created, own=own)
