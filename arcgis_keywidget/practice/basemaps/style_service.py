"""Basemap Styles v2: the lists of styles, the styles and web maps themselves, and sessions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice.basemaps import style_lists
from arcgis_keywidget.practice.basemaps.access import (
    admit,
    check_service,
    forbidden,
    not_found,
    wrong_parameter,
)
from arcgis_keywidget.practice.basemaps.preferences import FAMILIES, PLACES
from arcgis_keywidget.practice.basemaps.sessions import LONGEST, SHORTEST, issue_session
from arcgis_keywidget.practice.basemaps.style_lists import Listing
from arcgis_keywidget.practice.basemaps.styles import STYLES
from arcgis_keywidget.practice.basemaps.vector_styles import (
    ROOT_STYLES,
    SERVICES,
    Wanted,
    describe_map_style,
)
from arcgis_keywidget.practice.paths import REST
from arcgis_keywidget.practice.replies import Refusal
from arcgis_keywidget.practice.sharing.items import visible_item

if TYPE_CHECKING:
    from arcgis_keywidget.practice.call import Call


def describe_server(call: Call) -> dict[str, Any]:
    """`rest/info`: the server's version and the portal that its tokens come from; needs none."""
    service = f"{call.base}{REST}/generateToken"
    return {
        "currentVersion": 11.4,
        "fullVersion": "11.4.0",
        "owningSystemUrl": call.base,
        "authInfo": {"isTokenBasedSecurity": True, "tokenServicesUrl": service},
    }


def describe_service(call: Call) -> dict[str, Any]:
    """`self`: languages, worldviews, places and families. Only success is documented, so it is open."""
    check_service(call)
    return style_lists.describe_service(call.root)


def list_styles(call: Call) -> dict[str, Any]:
    """`styles/self`: every style; whether it needs a token is not known, the switch `styles_self` chooses."""
    _admit_to_lists(call)
    return style_lists.list_styles(_listing(call, "styles"))


def list_webmaps(call: Call) -> dict[str, Any]:
    """`webmaps/self`: every style again, as web maps."""
    _admit_to_lists(call)
    return style_lists.list_styles(_listing(call, "webmaps"))


def describe_entry(call: Call) -> dict[str, Any]:
    """`styles/{id}/self` and `webmaps/{id}/self`: an entry of the list, and its choices."""
    _admit_to_lists(call)
    kind = "webmaps" if "/webmaps/" in call.request.scope["path"] else "styles"
    return style_lists.describe_entry(_listing(call, kind), *_name(call))


def describe_style(call: Call) -> dict[str, Any]:
    """`styles/{family}/{name}[/{part}]`: a MapLibre style."""
    return describe_map_style(_wanted(call))


def describe_webmap(call: Call) -> dict[str, Any]:
    """`webmaps/{family}/{name}[/{part}]`: a web map that points to the styles and picture services."""
    return style_lists.describe_webmap(_wanted(call))


def describe_custom_style(call: Call) -> dict[str, Any]:
    """`styles/items/{id}`: the style of a vector tile item that the caller may see.

    Items keep no style of their own here, so it is that of the tile service that the item's `url` names.
    Session tokens do not open custom styles (documented).
    """
    admit(call, sessions=False)
    try:
        item = visible_item(call, call.path["item"])
    except Refusal:
        raise not_found(call) from None
    found = [name for name in SERVICES if f"/{name}/VectorTileServer" in item["fields"]]
    if item["type"] != "Vector Tile Service" or not found:
        raise not_found(call)
    return describe_map_style(Wanted(name=ROOT_STYLES[SERVICES[found[0]]], root=call.root, token=_echo(call)))


def start_session(call: Call) -> dict[str, Any]:
    """`sessions/start`: a session token, for Location Platform alone; no session starts another."""
    admit(call, sessions=False)
    if call.portal.account.kind != "location-platform":
        raise forbidden(call)
    family = call.text("styleFamily", "arcgis")
    if family not in FAMILIES:
        raise wrong_parameter(call, f"'styleFamily' must be one of {', '.join(FAMILIES)}.")
    seconds = call.text("durationSeconds", str(LONGEST))
    if not (re.fullmatch("[0-9]{1,5}", seconds) and SHORTEST <= int(seconds) <= LONGEST):
        raise wrong_parameter(call, f"'durationSeconds' must be a number from {SHORTEST} to {LONGEST}.")
    end = call.now + int(seconds) * 1000
    token = issue_session(call.store, family, end)
    return {"sessionToken": token, "startTime": call.now, "endTime": end, "styleFamily": family}


def refuse_path(call: Call) -> dict[str, Any]:
    """Any other path of the service: 404 in its own words."""
    raise not_found(call)


def _admit_to_lists(call: Call) -> None:
    if call.carried is not None or call.portal.switches.styles_self == "token":
        admit(call)
    check_service(call)


def _listing(call: Call, kind: str) -> Listing:
    return Listing(root=call.root, kind=kind, slash=call.portal.switches.style_path == "slash")


def _name(call: Call) -> tuple[str, str]:
    name, part = f"{call.path['family']}/{call.path['name']}", call.path.get("part", "")
    if name not in STYLES or (part and part not in STYLES[name].parts):
        raise not_found(call)
    return name, part


def _wanted(call: Call) -> Wanted:
    """What is asked for, checked: the style first, then its parameters."""
    check_service(call)
    admit(call, call.path["family"] if call.path["family"] in FAMILIES else "")
    name, part = _name(call)
    language, places = style_lists.choose_language(name, call.text("language")), call.text("places", "none")
    worldview = call.text("worldview")
    if worldview and worldview not in style_lists.worldviews_of(name, part):
        raise wrong_parameter(
            call, "This style does not support the 'worldview' parameter or this value of it."
        )
    if places not in PLACES or (places != "none" and not style_lists.places_of(name)):
        raise wrong_parameter(call, "This style does not support the 'places' parameter or this value of it.")
    if call.text("f", "json") not in {"json", "pjson"}:
        raise wrong_parameter(call, "'f' must be json or pjson.")
    return Wanted(name=name, part=part, language=language, root=call.root, token=_echo(call))


def _echo(call: Call) -> str:
    """The token that addresses get, unless `echoToken` is false."""
    return "" if call.carried is None or call.text("echoToken").lower() == "false" else call.carried[0]
