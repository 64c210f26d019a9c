"""Pictures made small enough for a gallery; needs Pillow, an extra."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from arcgis_keywidget.models import Resource

SIZE = (200, 133)
"""Pixels: what items of a portal have, and sharp at the width of a card."""

_FORMATS = ("PNG", "JPEG", "WEBP")
_GROUND = (240, 240, 240)  # under what is transparent
_QUALITIES = (80, 65, 50, 35, 20)


def shrink(resource: Resource, most_bytes: int) -> Resource | None:
    """Return a picture as a small JPEG, as good as fits; None where it is none, or does not fit."""
    try:
        with Image.open(BytesIO(resource.content), formats=_FORMATS) as file:
            file.draft("RGB", SIZE)
            picture = file.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    picture.thumbnail(SIZE, Image.Resampling.LANCZOS)
    ground = Image.new("RGB", picture.size, _GROUND)
    ground.paste(picture, mask=picture)
    for quality in _QUALITIES:
        small = BytesIO()
        ground.save(small, "JPEG", quality=quality, optimize=True)
        if small.tell() <= most_bytes:
            return Resource(small.getvalue(), "image/jpeg")
    return None
