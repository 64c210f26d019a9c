"""Credits on a picture."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops

from arcgis_keywidget.services import plate
from arcgis_keywidget.services.plate import draw_credits, simplify

SHORT = "Powered by Esri | Someone"
LONG = "Powered by Esri | " + ", ".join(f"Provider of data {number}" for number in range(300))
BLUE = (20, 60, 120)


def plate_box(size: tuple[int, int], text: str) -> tuple[int, int, int, int]:
    """Where credits changed a blue picture."""
    before = Image.new("RGB", size, BLUE)
    return ImageChops.difference(before, draw_credits(before.copy(), text)).getbbox()


@pytest.mark.parametrize("size", [(64, 64), (100, 900), (8192, 64), (300, 200), (1024, 768), (4096, 2048)])
@pytest.mark.parametrize("text", [SHORT, LONG, "Words" * 300])
def test_credits_stand_at_the_bottom_right_and_leave_the_rest(size: tuple[int, int], text: str) -> None:
    """A third of the height at most, however much there is to credit, and never wider than the picture."""
    left, top, right, bottom = plate_box(size, text)
    assert (right, bottom) == size
    assert left >= 0
    assert bottom - top <= max(size[1] * 0.36, 18)


def test_letters_are_dark_on_light_whatever_lies_below() -> None:
    """Readable: contrast of 7 to 1 at least between the darkest and the lightest of the plate."""
    for ground in ((0, 0, 0), (255, 255, 255), BLUE):
        picture = draw_credits(Image.new("RGB", (400, 300), ground), SHORT)
        box = plate_box((400, 300), SHORT)
        low, high = picture.crop(box).convert("L").getextrema()
        assert low < 60
        assert high > 210


@pytest.mark.parametrize(("rows", "last"), [(1, "…"), (2, "…"), (400, "299")])
def test_what_does_not_fit_ends_with_an_ellipsis(rows: int, last: str) -> None:
    """Within the lines that there are; who is named first stays."""
    font, text = plate._choose_font(LONG, 12)
    lines = plate._wrap(text, font, 200, rows)
    assert len(lines) <= rows
    assert lines[0].startswith("Powered by Esri")
    assert lines[-1].endswith(last)
    assert all(font.getlength(line) <= 200 for line in lines)


def test_a_font_is_taken_that_has_the_letters(monkeypatch) -> None:
    """Pillow's own for English; where none on the system has them, near ones stand in."""
    own, _ = plate._choose_font(SHORT, 12)
    assert "Aileron" in own.getname()
    monkeypatch.setattr(plate, "_WIDER", ())
    font, text = plate._choose_font("© Größe \u2013 Łódź, Île | 国土地理院 Esri", 12)
    assert text == "© Grosse - Lodz, Ile | … Esri"
    assert not plate._missing(font, text)


def test_letters_without_a_near_one_become_one_ellipsis() -> None:
    """No boxes."""
    assert simplify("Карта é", frozenset("Картаé")) == "… e"


def test_no_credits_leave_the_picture_as_it_is() -> None:
    """Nothing to draw, no empty plate."""
    picture = Image.new("RGB", (100, 100), BLUE)
    assert draw_credits(picture.copy(), "").tobytes() == picture.tobytes()
