"""Portals to be fuzzed: what is in them is not changed by a test that rolls back."""

from __future__ import annotations

import pytest

from tests.practice.fuzz.world import World


@pytest.fixture(scope="module")
def world():
    """A Location Platform portal."""
    made = World()
    yield made
    made.check()
    made.close()


@pytest.fixture(scope="module")
def enterprise():
    """An Enterprise portal below its web adaptor."""
    made = World("enterprise")
    yield made
    made.check()
    made.close()
