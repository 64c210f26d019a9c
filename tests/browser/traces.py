"""What a test leaves at its portal: the items that were made, and the requests that came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from arcgis_keywidget.practice import Running


def own_items(running: Running) -> list[dict[str, Any]]:
    """Return what Ada owns beside the layers that were there before, the newest last."""
    portal = running.portal
    return [item for item in portal.items_of("ada") if item["id"] not in portal.layers]


def count_requests(running: Running, operation: str) -> int:
    """Return how often the portal was asked for something."""
    return sum(entry["operation"] == operation for entry in running.portal.requests)
