"""Static Basemap Tiles v1: 512 px pictures for who holds the privilege.

Refusals are true HTTP 400, 401, 403 and 404, as those of the real location services are. Styles, parameters
and fields are those of the service's documentation; where it is silent, `docs/fidelity.md` says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.responses import Response

from arcgis_keywidget.practice.basemaps.description import describe_style, name_style
from arcgis_keywidget.practice.basemaps.preferences import LANGUAGES, WORLDVIEWS, list_codes
from arcgis_keywidget.practice.basemaps.styles import STYLES
from arcgis_keywidget.practice.basemaps.thumbnails import THUMBNAIL_TILE, make_thumbnail
from arcgis_keywidget.practice.basemaps.tiles import LABELS, TileKey
from arcgis_keywidget.practice.paths import STATIC_TILES
from arcgis_keywidget.practice.replies import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arcgis_keywidget.practice.call import Call

TILES_PRIVILEGE = "premium:user:staticbasemaptiles"
SESSION_PREFIX = "AAST"
"""How the tokens of Basemap Styles sessions begin; they open nothing here (documented)."""
_NUMBER = re.compile("[0-9]{1,8}")
_OPEN = "open"
_FAMILIES = {"arcgis": "ArcGIS Basemap styles", _OPEN: "Open Basemap styles"}
# A browser asks again each time, so that a key that was revoked shows at once; 304 costs next to nothing.
_KEPT = "private, no-cache"


class StylePart(NamedTuple):
    """A style, or a part of it, as the service names it."""

    style: str
    part: str

    @property
    def path(self) -> str:
        """Its name in paths."""
        return "/".join(filter(None, self))

    @property
    def family(self) -> str:
        """Where its data come from: `arcgis` or `open`."""
        return self.style.partition("/")[0]


async def send_tile(call: Call) -> Response:
    """`static/tile/{z}/{y}/{x}`: 512 px PNG, row before column."""
    chosen = _open_style(call)
    _check_preferences(call, chosen)
    numbers = [call.path[name] for name in "zxy"]
    if not all(map(_NUMBER.fullmatch, numbers)):
        raise _not_found()
    z, x, y = map(int, numbers)
    try:
        tile = await call.portal.drawing.tile(TileKey(chosen.style, z, x, y, chosen.part))
    except ValueError:
        raise _not_found() from None
    headers = {"ETag": tile.etag, "Cache-Control": _KEPT}
    if _knows(call.request.headers.get("if-none-match", ""), tile.etag):
        return Response(status_code=304, headers=headers)
    return Response(tile.content, media_type="image/png", headers=headers)


async def send_thumbnail(call: Call) -> Response:
    """A small picture of a style, for lists; open to all, as that of a public item is."""
    _require_service(call)
    chosen = _find_style(call)
    content = await call.portal.draw(chosen.style, *THUMBNAIL_TILE, chosen.part)
    picture = await call.portal.apart(lambda: make_thumbnail(content))
    return Response(picture, media_type="image/png", headers={"Cache-Control": "max-age=86400"})


def refuse_path(_call: Call) -> dict[str, Any]:
    """Any other path of the service, in JSON (captured replies of its sister services)."""
    raise _not_found()


def describe_tiles(call: Call) -> dict[str, Any]:
    """`{family}/{style}/static`: the tile service of a style."""
    return describe_style(*_open_style(call))


def list_styles(call: Call) -> dict[str, Any]:
    """`self`: the styles; `path` has a leading slash here (documented for this service)."""
    _admit(call)
    return {
        "selfUrl": f"{call.root}{STATIC_TILES}/self",
        "languages": list_codes(LANGUAGES),
        "worldviews": list_codes(WORLDVIEWS),
        "styleFamilies": [{"name": name, "code": code} for code, name in _FAMILIES.items()],
        "styles": [_describe(call, chosen) for chosen in _offered(call)],
    }


def _describe(call: Call, chosen: StylePart) -> dict[str, Any]:
    url = f"{call.root}{STATIC_TILES}/{chosen.path}/static"
    prefers = chosen.family != _OPEN
    return {
        "name": name_style(*chosen),
        "description": "A practice basemap, drawn from free data.",
        "path": f"/{chosen.path}",
        "provider": "Practice portal",
        "styleFamily": chosen.family,
        "group": STYLES[chosen.style].group,
        "complete": not chosen.part,
        "deprecated": False,
        "url": url,
        "templateUrl": f"{url}/tile/{{z}}/{{y}}/{{x}}",
        "thumbnailUrl": f"{url}/thumbnail",
        "supportedLanguageCodes": list(LANGUAGES) if prefers else [],
        "supportedWorldviewCodes": list(WORLDVIEWS) if prefers else [],
    }


def _offered(call: Call) -> Iterator[StylePart]:
    """The styles that the service has; of imagery the labels alone, as the documentation lists them."""
    for name, style in STYLES.items():
        whole = not style.relief or call.portal.switches.static_imagery == "complete"
        for part in ("", *style.parts):
            if whole or part == LABELS:
                yield StylePart(name, part)


def _find_style(call: Call) -> StylePart:
    named = StylePart(f"{call.path['family']}/{call.path['style']}", call.path.get("part", ""))
    if named not in set(_offered(call)):
        raise _not_found()
    return named


def _open_style(call: Call) -> StylePart:
    _admit(call)
    return _find_style(call)


def _check_preferences(call: Call, chosen: StylePart) -> None:
    """An unknown language falls back to the default one (documented); an unknown worldview does not."""
    language, worldview = call.text("language"), call.text("worldview")
    if chosen.family == _OPEN and (
        worldview or (language and call.portal.switches.open_language == "refuse")
    ):
        wrong = "worldview" if worldview else "language"
        raise _invalid(f"The style '{chosen.path}' has no parameter '{wrong}'.")
    if worldview and worldview not in WORLDVIEWS:
        raise _invalid(f"'worldview' is one of: {', '.join(WORLDVIEWS)}.")


def _admit(call: Call) -> None:
    """Let in who holds the privilege; statuses and texts from Esri's pages and captured replies."""
    _require_service(call)
    if call.carried is None:
        raise Refusal(499, "Token Required.", "A valid token was not provided.", status=401)
    if call.carried[0].startswith(SESSION_PREFIX):
        raise Refusal(498, "Invalid token.", "A session token is for the basemap styles alone.", status=401)
    try:
        caller = call.known_caller
    except Refusal as refusal:
        raise Refusal(refusal.code, refusal.message, status=401) from None
    if TILES_PRIVILEGE not in caller.privileges:
        detail = "The token is valid but is not allowed to use this service."
        raise Refusal(403, "Permission missing.", detail, status=403)


def _require_service(call: Call) -> None:
    if "staticBasemapTiles" not in call.portal.account.services:
        raise _not_found()


def _knows(condition: str, etag: str) -> bool:
    """Whether `If-None-Match` names what would be sent (RFC 9110, 13.1.2)."""
    tags = {tag.strip().removeprefix("W/") for tag in condition.split(",")}
    return etag in tags or "*" in tags


def _not_found() -> Refusal:
    return Refusal(404, "Path not found.", status=404)


def _invalid(detail: str) -> Refusal:
    return Refusal(400, "Parameter invalid.", detail, status=400)
