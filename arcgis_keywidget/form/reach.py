"""How the form reaches the services, the page's own code and the practice portal, each when it is needed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from arcgis_keywidget.form import launch
from arcgis_keywidget.maps.code import packed

if TYPE_CHECKING:
    from arcgis_keywidget._http import Verify
    from arcgis_keywidget.models import ApiKey, KeyCredential
    from arcgis_keywidget.services.basemaps import Tile
    from arcgis_keywidget.services.key_check import KeyCheck


async def fetch_tile(key: ApiKey, style: str, z: int, x: int, y: int) -> Tile:
    """Fetch a tile of the preview."""
    from arcgis_keywidget.services.basemaps import tile  # noqa: PLC0415 (only a form with a key needs it)

    return await tile(style, z, x, y, key=key)


async def check_credential(credential: KeyCredential, verify: Verify) -> KeyCheck:
    """Look what the key of a credential opens."""
    from arcgis_keywidget.services.check import check  # noqa: PLC0415 (same)

    return await check(credential=credential, verify=verify)


async def read_code(part: str) -> bytes:
    """Read a part of the page's code; KeyError for what is none."""
    return await asyncio.to_thread(packed, part)


async def start_practice() -> launch.PracticeSite:
    """Start the practice portal, if none runs."""
    return await asyncio.to_thread(launch.practice_site)
