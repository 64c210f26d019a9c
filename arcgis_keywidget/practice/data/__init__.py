"""The practice portal's own data; NOTICE names the sources."""

from __future__ import annotations

import csv
import io
from importlib import resources


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of the package's data."""
    return list(csv.DictReader(io.StringIO(read_data(name).decode())))


def read_data(name: str) -> bytes:
    """A file of the package's data."""
    return (resources.files(__package__) / name).read_bytes()
