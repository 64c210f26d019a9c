"""Pictures made of tiles; needs Pillow, an extra, and is imported only when one is made."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw

from arcgis_keywidget.errors import UnexpectedReplyError
from arcgis_keywidget.services.plate import draw_credits
from arcgis_keywidget.services.tile_scheme import TILE

if TYPE_CHECKING:
    from arcgis_keywidget.services.view import Place, View

_FORMATS = ("PNG", "JPEG", "WEBP")
_HOLE, _STROKE = (224, 224, 224, 255), (150, 60, 60, 255)
_STRIPES = 32  # pixels from one to the next
_OPAQUE = 255
_KNOWN = ("extent", "attribution", "level", "missing", "trouble")
_PIXELS = 5  # parts of what Pillow pickles of a picture


class BasemapImage(Image.Image):
    """A Pillow image of a basemap that knows where it lies; what Pillow makes of it is a plain one.

    ``axes.imshow(picture, extent=picture.extent)`` draws it under data in EPSG:3857.

    Attributes:
        extent: left, right, bottom, top in metres (EPSG:3857), as matplotlib takes them. Right is beyond the
            edge of the world (20,037,508 m) where the picture crosses the 180th meridian.
        attribution: the credits, in full; they are drawn on the picture, and go wherever it goes.
        level: of the tiles it was made of.
        missing: extents of the tiles that did not come; they are striped.
        trouble: why the first of them did not come, in a sentence.
    """

    crs = "EPSG:3857"
    extent: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    attribution: str = ""
    level: int = 0
    missing: tuple[tuple[float, float, float, float], ...] = ()
    trouble: str = ""

    @classmethod
    def of(
        cls, picture: Image.Image, view: View, credits_: str, missing: tuple[Place, ...] = ()
    ) -> BasemapImage:
        """Return a picture with what is known of it."""
        made = cls()
        made.__setstate__(picture.__getstate__())
        made.extent, made.level, made.attribution = view.extent, view.level, credits_
        made.missing = tuple(view.bounds(place) for place in missing)
        return made

    def __getstate__(self) -> list[Any]:
        return [*super().__getstate__(), {name: getattr(self, name) for name in _KNOWN}]

    def __setstate__(self, state: list[Any]) -> None:
        pixels, known = state[:_PIXELS], state[_PIXELS:]
        super().__setstate__(pixels)
        for name, value in (known[0] if known else {}).items():
            setattr(self, name, value)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top in metres, as geopandas orders them."""
        left, right, bottom, top = self.extent
        return left, bottom, right, top


class Canvas:
    """The tiles of a view beside each other, at the resolution of their level."""

    def __init__(self, view: View) -> None:
        self._view = view
        left, top, right, bottom = view.window
        self._left, self._top = int(left // 1), int(top // 1)
        size = (-int(-right // 1) - self._left, -int(-bottom // 1) - self._top)
        whole = top >= 0 and bottom <= TILE * 2**view.level
        # Most basemaps are opaque, and without a fourth channel a picture takes a third less time.
        self._picture = Image.new("RGB" if whole else "RGBA", size)

    def paste(self, tile: Image.Image, place: Place) -> None:
        """Put a tile where it belongs."""
        if tile.mode == "RGBA" and self._picture.mode == "RGB":
            self._picture = self._picture.convert("RGBA")
        self._picture.paste(tile, (place.left - self._left, place.top - self._top))

    def stripe(self, place: Place) -> None:
        """Mark the place of a tile that did not come."""
        hole = Image.new(self._picture.mode, (TILE, TILE), _HOLE)
        pen = ImageDraw.Draw(hole)
        for start in range(-TILE, TILE, _STRIPES):
            pen.line((start, TILE, start + TILE, 0), fill=_STROKE, width=2)
        self.paste(hole, place)

    def finish(self, credits_: str, missing: tuple[Place, ...] = (), *, plate: bool = True) -> BasemapImage:
        """Return the view: cut and made smaller to its size, with the credits.

        It is opaque unless the tiles are not, or it reaches beyond the north or south of the map.
        """
        whole = self._picture
        if whole.mode == "RGBA" and whole.getchannel("A").getextrema() == (_OPAQUE, _OPAQUE):
            whole = whole.convert("RGB")
        left, top, right, bottom = self._view.window
        box = (left - self._left, top - self._top, right - self._left, bottom - self._top)
        picture = whole.resize(self._view.size, Image.Resampling.LANCZOS, box)
        if plate:
            picture = draw_credits(picture, credits_)
        return BasemapImage.of(picture, self._view, credits_, missing)


def read_tile(content: bytes) -> Image.Image:
    """Return a tile as pixels, RGB, or RGBA where it may be seen through.

    Raises:
        UnexpectedReplyError: no whole picture, or one of another size.
    """
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as file:
            if file.size != (TILE, TILE):
                width, height = file.size
                raise UnexpectedReplyError(
                    f"A tile has {width} x {height} pixels instead of {TILE} x {TILE}.", "Try again."
                )
            return file.convert("RGBA" if file.has_transparency_data else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise UnexpectedReplyError("A tile came that is no whole picture.", "Try again.") from None
