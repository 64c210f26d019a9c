"""A picture that also knows where it has been painted, so that labels alone make a transparent tile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from arcgis_keywidget.practice.basemaps.styles import Style


class Sheet:
    """What a tile is painted on.

    Args:
        picture: in RGB; painted over.
        transparent: whether only what is painted from now on shall show.
    """

    def __init__(self, picture: Image.Image, *, transparent: bool = False) -> None:
        self.picture = picture
        self.cover = Image.new("L", picture.size, 0) if transparent else None

    @classmethod
    def blank(cls, style: Style, size: int) -> Sheet:
        """A transparent one, whose edges fade to the colour of halos."""
        return cls(Image.new("RGB", (size, size), style.halo), transparent=True)

    def paint(self, colour: str, at: tuple[int, int], mask: Image.Image) -> None:
        """Paint a colour through a mask, its top left corner at a place that may lie outside."""
        self.picture.paste(colour, at, mask)
        if self.cover:
            self.cover.paste(255, at, mask)

    def crop(self, box: tuple[int, int, int, int]) -> Sheet:
        """A part of it."""
        part = Sheet(self.picture.crop(box))
        part.cover = self.cover and self.cover.crop(box)
        return part
