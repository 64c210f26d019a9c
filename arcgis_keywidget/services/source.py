"""One basemap as a map sees it: as pictures, as a vector style, or both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arcgis_keywidget.models import Preferences, check_style, is_item_id
from arcgis_keywidget.services.raster import RasterTiles
from arcgis_keywidget.services.vector import VectorStyle

if TYPE_CHECKING:
    from arcgis_keywidget.models import ApiKey
    from arcgis_keywidget.services.connection import Connection


class BasemapSource:
    """A basemap of one style, seen with one key; what it fetched is kept for a while.

    Args:
        connection: to the services, with the key.
        style: such as ``arcgis/streets``; for vector maps also the item id of a custom style.
        preferences: language, worldview, places.
        session: whether vector styles are read with a basemap session, which is charged, not with the key.

    Attributes:
        connection: what it reads by.
        raster: its tiles as pictures, None where the account has no static tiles.
        vector: its vector style, None where the account has no basemap styles.

    Raises:
        FieldError: what cannot name a style.
    """

    def __init__(
        self,
        connection: Connection,
        style: str,
        preferences: Preferences | None = None,
        *,
        session: bool = False,
    ) -> None:
        check_style(style)
        self.style = style
        self.preferences = preferences or Preferences()
        self.key: ApiKey = connection.key
        self.connection = connection
        services = connection.services
        as_pictures = services.static_tiles is not None and not is_item_id(style)
        self.raster = RasterTiles(connection, style, self.preferences) if as_pictures else None
        self.vector = (
            VectorStyle(connection, style, self.preferences, session=session) if services.styles else None
        )

    def __repr__(self) -> str:
        return f"<BasemapSource {self.style}>"
