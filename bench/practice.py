"""`make bench`: the figures of the practice portal. Errors fail it; times never do, since machines differ."""

from __future__ import annotations

import asyncio
import os
import platform
import sqlite3
import sys
from importlib.metadata import version
from pathlib import Path

from bench.figures import Figure, measure_class, measure_key, measure_search, measure_tiles
from bench.served import serve

PACKAGES = ("hypercorn", "h11", "starlette", "pillow")


def describe_machine() -> str:
    """Processor, cores, load, versions."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    model = models[0] if models else platform.processor()
    return (
        f"{model}, {os.cpu_count()} cores{load}, {platform.system()}\n"
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}"
    )


def main() -> int:
    """Measure everything and print the table."""
    print(describe_machine(), flush=True)
    with serve("--seed", "1") as served:
        figures = asyncio.run(measure_key(served)) + asyncio.run(measure_tiles(served))
    with serve("--seed", "1") as served:
        figures += measure_class(served)
    with serve("--seed", "1", "--items", "100000") as served:
        figures += asyncio.run(measure_search(served))
    show(figures)
    return 0


def show(figures: list[Figure]) -> None:
    """The table; load at the end as well, because others may work on the machine."""
    print(f"\n{'':64} {'measured':>11} {'ceiling':>9}  holds")
    for one in figures:
        ceiling = f"{one.ceiling:g} ms" if one.ceiling else ""
        holds = "" if one.ceiling is None else "yes" if one.measured <= one.ceiling else "NO"
        print(f"{one.name:64} {one.measured:8.1f} ms {ceiling:>9}  {holds}")
    if hasattr(os, "getloadavg"):
        print(f"\nload at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    sys.exit(main())
