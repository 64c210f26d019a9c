"""Many notebooks with large outputs, keys planted in some of them, and what looks like keys in others."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tests.scan.made import PLACES, fill, make_key, make_legacy_key, picture, write

if TYPE_CHECKING:
    from pathlib import Path

DECOYS = (
    "AAPT begins a key, AAPK a legacy one, AAPTpractice… one of practice.",
    "arcgis_api_key = 'YOUR_API_KEY'  # AAPKxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    f"AAPT{'x' * 240}.AT1_xxxxxxxx",
    "<ApiKey AAPT••••AT1_••••, until 2030-01-01 00:00 UTC>",
    "[ArcGIS API key removed]",
)


def make_notebooks(folder: Path, count: int, size: int) -> list[tuple[str, str, int | None]]:
    """Write notebooks; every fourth has keys, every fifth decoys.

    Args:
        folder: where to; there.
        count: how many.
        size: bytes of each, about.

    Returns:
        File, place and slot of each key.
    """
    planted = []
    for number in range(count):
        chance = random.Random(number)  # noqa: S311 (made up, and the same each time)
        names = chance.sample(sorted(PLACES), chance.randint(1, 4)) if number % 4 == 0 else []
        keys = {
            name: make_legacy_key(number) if chance.random() < 0.2 else make_key(number, chance.randint(1, 2))
            for name in names
        }
        path = folder / f"{number:03}.ipynb"
        for name, key in keys.items():
            slot = None if key.startswith("AAPK") else int(key[-10])
            planted.append((str(path), PLACES[name], slot))
        notebook = fill(keys)
        notebook["cells"] += [_cell(chance, number, size // 10) for _ in range(10)]
        if number % 5 == 0:
            notebook["cells"].append(_decoys())
        write(path, notebook)
    return planted


def _cell(chance: random.Random, number: int, size: int) -> dict[str, object]:
    """A cell with one large output: a picture in one line, a table, numbers, or a log."""
    words = ["alpha", "beta", "ok", "{}", "café", "https://example.org/?a=%20b", "C:\\new\\text"]
    line = " ".join(chance.choices(words, k=12))
    numbers = [chance.random() for _ in range(size // 80)]
    data, text = [
        ({"image/png": picture(number, size * 3 // 4)}, None),
        ({"text/html": [f"<td>{line}</td>\n"] * (size // len(line))}, None),
        ({"application/vnd.plotly.v1+json": {"data": [{"x": numbers, "y": numbers, "name": line}]}}, None),
        ({}, [f"{line}\n"] * (size // len(line))),
    ][chance.choices([0, 1, 2, 3], [6, 1, 1, 1])[0]]
    output = (
        {"name": "stdout", "output_type": "stream", "text": text}
        if text
        else {"data": data, "metadata": {}, "output_type": "display_data"}
    )
    return {
        "cell_type": "code",
        "execution_count": 3,
        "id": f"c{chance.getrandbits(60)}",
        "metadata": {},
        "outputs": [output],
        "source": ["show()"],
    }


def _decoys() -> dict[str, object]:
    return {"cell_type": "markdown", "id": "decoys", "metadata": {}, "source": [f"{one}\n" for one in DECOYS]}
