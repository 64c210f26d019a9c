"""`make bench`: the figures of the practice portal. Errors fail it; times never do, since machines differ."""

from __future__ import annotations

import asyncio
import sys

from bench.figures import measure_class, measure_key, measure_search, measure_tiles
from bench.served import serve
from bench.table import describe_machine, show

PACKAGES = ("hypercorn", "h11", "starlette", "pillow")


def main() -> int:
    """Measure everything and print the table."""
    print(describe_machine(PACKAGES), flush=True)
    with serve("--seed", "1") as served:
        figures = asyncio.run(measure_key(served)) + asyncio.run(measure_tiles(served))
    with serve("--seed", "1") as served:
        figures += measure_class(served)
    with serve("--seed", "1", "--items", "100000") as served:
        figures += asyncio.run(measure_search(served))
    show(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
