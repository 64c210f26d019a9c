"""`make bench`: reading a layer, beside what others read it with. Errors fail it; figures never do.

In turns: ours to a GeoDataFrame; geopandas by pyogrio, whose GDAL follows the pages by itself; the frame of
Esri's package, in an environment of its own, which is made below `out/` if there is none.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
import venv
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import geopandas

from arcgis_keywidget import ApiKey, read_layer
from bench.hosted import ROWS, hosted
from bench.served import serve
from bench.table import Figure, describe_machine, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Reader = Callable[[], float]

ROUNDS = 5
PACKAGES = ("geopandas", "pyogrio", "pandas", "shapely", "httpx")
ROOT = Path(__file__).resolve().parent.parent
OFFICIAL = ROOT / "out" / "arcgis"
NEEDS = (
    "arcgis",
    "six",
    "pandas<3.1",
)  # it imports six without asking for it; its frames fail with pandas 3.1
GDAL = "ESRIJSON:{url}/query?where=1=1&outFields=*&orderByFields=OBJECTID&resultRecordCount=2000&f=json"
"""With f=geojson GDAL reads one page and no more."""


def read_ours(url: str) -> float:
    """Seconds of `read_layer`, to the frame."""
    parts = urlsplit(url)
    key = ApiKey("AAPTbench", portal=f"{parts.scheme}://{parts.netloc}")
    begin = time.perf_counter()
    rows = len(read_layer(url, key=key).to_geodataframe())
    return checked(rows, time.perf_counter() - begin)


def read_gdal(url: str) -> float:
    """Seconds of geopandas."""
    begin = time.perf_counter()
    rows = len(geopandas.read_file(GDAL.format(url=url), engine="pyogrio"))
    return checked(rows, time.perf_counter() - begin)


def checked(rows: int, seconds: float) -> float:
    """The seconds, if everything was read.

    Raises:
        ValueError: there are not as many rows as the layer has.
    """
    if rows != ROWS:
        raise ValueError(f"{rows:,} rows were read, not {ROWS:,}")
    return seconds


def find_official() -> Path:
    """The interpreter of an environment with Esri's package."""
    python = Path(os.environ.get("KEYWIDGET_ARCGIS_PYTHON") or OFFICIAL / "bin" / "python")
    if not python.exists():
        print("Esri's package is installed below out/, which takes a while (600 MB).", flush=True)
        venv.create(OFFICIAL, with_pip=True)
        pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", *NEEDS], check=True)
    return python


@contextmanager
def official(url: str) -> Iterator[Reader]:
    """Seconds of Esri's package, which speaks TLS only and wants a portal to belong to."""
    python = find_official()
    with serve("--tls", "--seed", "1") as portal:
        command = [str(python), "-W", "ignore", str(ROOT / "bench" / "official.py"), url, portal.https]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdin is not None  # noqa: S101 (pipes, as asked for above)
            assert child.stdout is not None  # noqa: S101 (same)
            asks, answers = child.stdin, child.stdout

            def read() -> float:
                asks.write("\n")
                asks.flush()
                told = json.loads(answers.readline() or '{"rows": 0, "seconds": 0}')  # it has said why
                return checked(told["rows"], told["seconds"])

            try:
                yield read
            finally:
                asks.close()


def measure() -> list[Figure]:
    """Each in turns, after one round that does not count."""
    with hosted() as urls, official(urls["secure"]) as read_official:
        readers: dict[str, Reader] = {
            "ours": lambda: read_ours(urls["plain"]),
            "geopandas": lambda: read_gdal(urls["plain"]),
            "arcgis": read_official,
        }
        rounds = [{name: read() for name, read in readers.items()} for _ in range(ROUNDS + 1)][1:]
    medians = {name: statistics.median(one[name] for one in rounds) for name in readers}
    best = min(medians["geopandas"], medians["arcgis"])
    rows = f"{ROWS:,} rows"
    return [
        Figure(f"read_layer to a GeoDataFrame, {rows}, median of {ROUNDS}", medians["ours"] * 1000),
        Figure("the same by geopandas and pyogrio (GDAL)", medians["geopandas"] * 1000),
        Figure("the same by Esri's package over TLS, to its data frame", medians["arcgis"] * 1000),
        Figure("ours, of the better of the two", medians["ours"] / best, 1, ""),
    ]


def main() -> int:
    """Measure, and print the table."""
    print(describe_machine(PACKAGES), flush=True)
    show(measure())
    return 0


if __name__ == "__main__":
    sys.exit(main())
