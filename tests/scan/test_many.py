"""Many notebooks at once: all planted keys, and nothing else."""

from __future__ import annotations

import pytest

from arcgis_keywidget.scan import scan
from bench.made_notebooks import make_notebooks


@pytest.fixture
def notebooks(tmp_path):
    """A folder of notebooks, and what is planted in them."""
    return tmp_path, make_notebooks(tmp_path, 40, 100_000)


def test_all_planted_keys_are_found_and_no_others(notebooks):
    """Each in its file, at its place, with its slot."""
    folder, planted = notebooks
    found = [(str(one.path), str(one.place), one.sighting.slot) for one in scan([folder]).finds]
    assert sorted(map(str, found)) == sorted(map(str, planted))


def test_only_sources_have_keys_after_stripping(notebooks):
    """The rest of them is gone, in all files."""
    folder, planted = notebooks
    scan([folder], strip=True)
    left = [(str(one.path), str(one.place), one.sighting.slot) for one in scan([folder]).finds]
    assert sorted(map(str, left)) == sorted(str(one) for one in planted if one[1].endswith("source"))
