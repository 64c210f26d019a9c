"""Tiles for cartopy's `add_image`: fetched by this kernel, with the credits where the axes show them."""

from __future__ import annotations

from io import BytesIO
from itertools import product
from typing import TYPE_CHECKING, Any

from arcgis_keywidget._loop import run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arcgis_keywidget.services.raster import RasterTiles

_WIDTH = 480  # pixels of the picture that the credits are laid out for
_STRAIGHT, _NARROW = (
    0.99,
    0.45,
)  # in other projections than Mercator, more lines find a place rather than long ones
_SHEET = (200, 210, 220)  # shines through the plate
_STEPS = 24  # from one side to the other, in the search for a place


def open_slippy(tiles: RasterTiles, img_tiles: Any, options: Mapping[str, Any]) -> Any:  # noqa: ANN401 (a GoogleWTS)
    """Return a GoogleWTS of cartopy that has pictures, but no addresses."""
    from PIL import Image  # noqa: PLC0415 (an extra)

    credits_ = run(tiles.attribution()).text

    class BasemapTiles(img_tiles.GoogleWTS):  # type: ignore[misc]  # cartopy may not be there
        """The tiles of one basemap, 512 px each."""

        attribution = credits_

        def _image_url(self, tile: tuple[int, int, int]) -> str:
            raise NotImplementedError(f"Tile {tile} has no address; get_image gives its picture.")

        def get_image(self, tile: tuple[int, int, int]) -> tuple[Any, Any, str]:
            x, y, z = tile
            picture = Image.open(BytesIO(run(tiles.tile(z, x, y)).content)).convert("RGB")
            return picture, self.tileextent(tile), "lower"

        def image_for_domain(self, target_domain: Any, target_z: int) -> tuple[Any, Any, str]:  # noqa: ANN401 (a polygon)
            pixels, extent, origin = super().image_for_domain(target_domain, target_z)
            picture = Image.fromarray(pixels[::-1])  # its first row is the south
            credited = _credit(picture, extent, target_domain, credits_)
            return img_tiles.np.asarray(credited)[::-1], extent, origin

    return BasemapTiles(**options)


def _credit(picture: Any, extent: tuple[float, ...], domain: Any, text: str) -> Any:  # noqa: ANN401 (pictures, a polygon)
    """Draw the credits into the lower right of what is seen of a picture, as large as they shall appear."""
    left, right, bottom, _ = extent
    metre = picture.width / (right - left)
    west, south, east, north = domain.bounds
    share = domain.area / (east - west) / (north - south)
    part = 1.0 if share > _STRAIGHT else _NARROW
    plate = _plate(text, (east - west) * share * metre, part)
    x, y = _place(domain, plate.width / metre, plate.height / metre)
    picture.paste(
        plate, (round((x - left) * metre), picture.height - round((y - bottom) * metre) - plate.height)
    )
    return picture


def _plate(text: str, width: float, part: float) -> Any:  # noqa: ANN401 (a picture)
    """Return the credits on their plate, for a part of a picture's width."""
    from PIL import Image, ImageChops  # noqa: PLC0415 (an extra)

    from arcgis_keywidget.services.plate import draw_credits  # noqa: PLC0415 (needs Pillow)

    sheet = Image.new("RGB", (round(_WIDTH * part), _WIDTH), _SHEET)
    drawn = draw_credits(sheet.copy(), text)
    plate = drawn.crop(ImageChops.difference(drawn, sheet).getbbox() or (0, 0, 1, 1))
    scale = width / _WIDTH
    return plate.resize((max(1, round(plate.width * scale)), max(1, round(plate.height * scale))))


def _place(domain: Any, width: float, height: float) -> tuple[float, float]:  # noqa: ANN401 (polygons)
    """Return the lower left corner of a rectangle in what is seen, to the lower right as far as can be."""
    from shapely import box, union_all  # noqa: PLC0415 (comes with cartopy)

    seen = union_all([domain.buffer(0)])
    west, south, east, north = domain.bounds
    steps = sorted(product(range(_STEPS), repeat=2), key=lambda step: 2 * step[0] + step[1])
    places = [
        (east - width - right * (east - west) / _STEPS, south + up * (north - south) / _STEPS)
        for up, right in steps
    ]
    hair = height / 100
    inside = (at for at in places if seen.buffer(hair).covers(box(*at, at[0] + width, at[1] + height)))
    return next(inside, places[0])
