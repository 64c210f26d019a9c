"""Stands for a browser: notes the address that it is to open in a file."""

import os
import sys
from pathlib import Path

target, address = Path(sys.argv[1]), sys.argv[2]
half = target.with_suffix(".half")
half.write_text(address)
os.replace(half, target)  # noqa: PTH105 (in one step: somebody waits for the file)
