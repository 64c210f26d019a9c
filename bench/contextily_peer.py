"""contextily as it comes, in an environment of its own: a line in, the milliseconds of a mosaic out.

python contextily_peer.py ADDRESS ZOOM
"""

from __future__ import annotations

import sys
import time

import contextily

EDGE, NORTH = 179.99, 85.0


def main() -> None:
    """Fetch the world once for each line; each time under another address, since contextily keeps tiles."""
    address, zoom = sys.argv[1], int(sys.argv[2])
    print("ready", flush=True)
    for number, _ in enumerate(sys.stdin):
        began = time.perf_counter()
        source = f"{address}?round={number}"
        picture, _ = contextily.bounds2img(-EDGE, -NORTH, EDGE, NORTH, zoom=zoom, source=source, ll=True)
        took = (time.perf_counter() - began) * 1000
        if picture.shape[:2] != (2**zoom * 512,) * 2:
            raise SystemExit(f"contextily made {picture.shape}")
        print(took, flush=True)


if __name__ == "__main__":
    main()
