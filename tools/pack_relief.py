"""Re-pack Natural Earth's shaded relief into the two pictures behind the imagery-like basemap.

    pip download --no-deps cartopy==0.26.0 && unzip cartopy-0.26.0*.whl     # gives cartopy/
    python tools/pack_relief.py cartopy/data/raster/natural_earth/50-natural-earth-1-downsampled.png

Run once, after pack_practice_data.py; its output is committed. NOTICE names source and licence.
"""

from __future__ import annotations

import math
import sys
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from arcgis_keywidget.practice.basemaps.world import WORLD, load_scene

DATA = Path(__file__).parents[1] / "arcgis_keywidget" / "practice" / "data"
LAND, SEA = 1024, 512
RIM = 16  # of the source repeated beyond the antimeridian, so that the two ends fit
GAMMA = (3.3, 3.3, 3.9)  # from the pale colours of a map to those of the earth from above


def warp(source: Image.Image, side: int) -> Image.Image:
    """Equirectangular to Web Mercator, row by row."""
    width, height = source.size
    wide = Image.new("RGB", (width + 2 * RIM, height))
    for x in (RIM - width, RIM, RIM + width):
        wide.paste(source, (x, 0))
    latitudes = [math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * n / side)))) for n in range(side + 1)]
    rows = [(90 - latitude) / 180 * height for latitude in latitudes]
    mesh = [
        ((0, row, side, row + 1), (RIM, top, RIM, bottom, RIM + width, bottom, RIM + width, top))
        for row, (top, bottom) in enumerate(pairwise(rows))
    ]
    return wide.transform((side, side), Image.Transform.MESH, mesh, Image.Resampling.BICUBIC)


def draw_land(side: int) -> Image.Image:
    """The mask of all land, from the practice world itself."""
    fine = side * 4
    mask = Image.new("L", (fine, fine), 0)
    draw, scale = ImageDraw.Draw(mask), fine / WORLD
    for outline in load_scene(6).outlines:
        for over in (-WORLD, 0, WORLD):
            corners = [((x + over) * scale, y * scale) for x, y in outline.points]
            draw.polygon(corners, fill=0 if outline.kind < 0 else 255)
    return mask.reduce(4)


def spread(picture: Image.Image, mask: Image.Image, rim: int) -> Image.Image:
    """Carry the colours under a mask over the rest, so that no edge mixes with what was beyond it.

    `rim` is how wide the mixed edge of the source is: an odd number of pixels.
    """
    solid = mask.point([0] * 255 + [255]).filter(ImageFilter.MinFilter(rim))
    known = picture.convert("RGBA")
    known.putalpha(solid)
    return fill(known).convert("RGB")


def fill(known: Image.Image) -> Image.Image:
    """Fill what is transparent from the same picture at half its size, and so on."""
    if known.width == 1:
        return known
    half = known.resize((known.width // 2, known.height // 2), Image.Resampling.BOX)
    half.putalpha(half.getchannel("A").point([255 * (level > 0) for level in range(256)]))
    return Image.alpha_composite(fill(half).resize(known.size, Image.Resampling.BILINEAR), known)


def darken(land: Image.Image) -> Image.Image:
    """The colours of the earth from above instead of a printed map's."""
    bands = zip(land.split(), GAMMA, strict=True)
    dark = [band.point([round(255 * (n / 255) ** gamma) for n in range(256)]) for band, gamma in bands]
    return ImageEnhance.Color(Image.merge("RGB", dark)).enhance(0.7)


def main(relief: Path) -> None:
    """Write relief-land.webp and relief-sea.webp."""
    source = Image.open(relief).convert("RGB")
    mask = draw_land(LAND)
    land = darken(spread(warp(source, LAND), mask, 3))
    land.save(DATA / "relief-land.webp", quality=80, method=6)
    water = spread(warp(source, LAND), ImageOps.invert(mask), 9).convert("L").reduce(LAND // SEA)
    depth = ImageOps.autocontrast(water, cutoff=(0.5, 22))
    depth.save(DATA / "relief-sea.webp", quality=75, method=6)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
