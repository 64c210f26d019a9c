"""A Secret Service of the test's own, keys that were made, and a working folder."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from arcgis_keywidget import ApiKey, KeyCredential
from arcgis_keywidget.models import Slot

if TYPE_CHECKING:
    from pathlib import Path

ENDS = datetime(2030, 5, 6, 7, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder: keys are written nowhere else."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def make():
    """A function that returns a credential with a key, as a portal would."""

    def credential(
        title: str = "My key",
        *,
        item: str = "1",
        slot: int = 1,
        portal: str = "https://www.arcgis.com",
        mark: str = "canary",
    ) -> KeyCredential:
        text = f"AAPT{mark}" + "x" * 40 + f"AT{slot}_12345678"
        return KeyCredential(
            item_id=item * 32,
            client_id="abcdefgh12345678",
            title=title,
            folder=None,
            privileges=(),
            items=(),
            referrers=(),
            slots=(Slot(slot, active=True, expires=ENDS),),
            key=ApiKey(text, portal=portal, expires=ENDS),
        )

    return credential
