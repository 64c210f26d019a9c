"""Taking back what a stopped run has made: only this user's item, only by its id or this run's marker."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from arcgis_keywidget._http import need
from arcgis_keywidget.errors import HostRefusedError, KeyWidgetError, PortalError, PortalUnreachableError
from arcgis_keywidget.portal.content import newest_items
from arcgis_keywidget.portal.rest import content_of

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from arcgis_keywidget.models import Folder
    from arcgis_keywidget.portal.rest import SharingRest

T = TypeVar("T")

LOOKS = (0.0, 1.0, 3.0)
"""Seconds to wait before each look for an item of an unanswered addItem: the portal may be working still."""

_DELETIONS = (0.0, 1.0)


def surely_not_done(error: BaseException) -> bool:
    """Whether an error tells that the work was not done; else it may have been."""
    if isinstance(error, PortalError):
        return HTTPStatus.BAD_REQUEST <= error.code < HTTPStatus.INTERNAL_SERVER_ERROR
    return isinstance(error, HostRefusedError) or (
        isinstance(error, PortalUnreachableError) and not error.sent
    )


async def to_its_end(work: Coroutine[Any, Any, T]) -> T:
    """Wait for some work to end, however often this task is cancelled meanwhile."""
    task = asyncio.ensure_future(work)
    while not task.done():
        with suppress(asyncio.CancelledError):
            await asyncio.shield(task)
    return task.result()


async def find_marked(
    rest: SharingRest, username: str, folder: Folder | None, marker: str
) -> tuple[str | None, bool]:
    """Look for the item with a marker in the folder's listing (a search lags behind).

    Returns:
        The item's id or None, and whether the last look could be taken.
    """
    seen = False
    for pause in LOOKS:
        await asyncio.sleep(pause)
        try:
            async with aclosing(newest_items(rest, username, folder)) as entries:
                async for entry in entries:
                    keywords = entry.get("typeKeywords")
                    if isinstance(keywords, list) and marker in keywords:
                        return need(entry, "id", str), True
            seen = True
        except KeyWidgetError:
            seen = False
    return None, seen


async def delete_item(rest: SharingRest, username: str, item_id: str) -> bool:
    """Delete an item for good and return whether it is gone; deleting twice does no harm."""
    for pause in _DELETIONS:
        await asyncio.sleep(pause)
        try:
            await rest.post(f"{content_of(username)}/items/{item_id}/delete", {"permanentDelete": "true"})
        except PortalError as error:
            if error.message_code == "CONT_0001":  # it does not exist
                return True
        except KeyWidgetError:
            continue
        else:
            return True
    return False
