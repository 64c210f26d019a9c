"""Read a layer with Esri's package; run by the interpreter of an environment that has it.

    python bench/official.py LAYER PORTAL

For each line of input it reads the layer once and prints rows and seconds, as JSON. The package wants some
portal to belong to, though the layer needs none.
"""

from __future__ import annotations

import json
import sys
import time

from arcgis.features import FeatureLayer, GeoAccessor  # the second makes frames spatial by being imported
from arcgis.gis import GIS


def main() -> None:
    """Read as often as asked."""
    assert GeoAccessor  # noqa: S101 (imported for its effect)
    layer = FeatureLayer(sys.argv[1], gis=GIS(sys.argv[2], verify_cert=False))
    for _ in sys.stdin:
        begin = time.perf_counter()
        frame = layer.query(where="1=1", out_fields="*", as_df=True)
        took = time.perf_counter() - begin
        print(json.dumps({"rows": len(frame), "seconds": took}), flush=True)


if __name__ == "__main__":
    main()
