"""The form's map: of the key in hand, with the first item that it opens on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arcgis_keywidget.models import Preferences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arcgis_keywidget.maps.desk import MapDesk, Reply
    from arcgis_keywidget.models import ApiKey

_CENTER = (12.0, 44.0)  # what the form's still picture shows
_ZOOM = 2.0


class Preview:
    """Answers the questions of a form's map, one key after the other; belongs to the background loop.

    Args:
        style: shown first.
    """

    def __init__(self, style: str) -> None:
        self._style = style
        self._desk: MapDesk | None = None

    async def answer(self, key: ApiKey, items: Sequence[str], ask: object) -> Reply:
        """Answer a question of the page, as `MapDesk.answer` does."""
        if self._desk is None or self._desk.key is not key:
            # Only a form with a key needs these: before that, it is to be there at once.
            from arcgis_keywidget.maps.desk import Beginning, MapDesk  # noqa: PLC0415 (see above)
            from arcgis_keywidget.maps.overlay import Overlay  # noqa: PLC0415 (see above)

            self.close()
            beginning = Beginning(style=self._style, center=_CENTER, zoom=_ZOOM)
            overlay = Overlay(items[0], key) if items else None
            self._desk = MapDesk(key, beginning, Preferences(), overlay, lenient=True)
        return await self._desk.answer(ask)

    def close(self) -> None:
        """Stop what is under way for the last key."""
        if self._desk is not None:
            self._desk.close()
            self._desk = None
