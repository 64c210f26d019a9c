"""The form's one task, and what becomes of a result that nobody waits for any more."""

from __future__ import annotations

import asyncio

import pytest

from arcgis_keywidget.errors import UndoneError
from arcgis_keywidget.form.alerts import Action, Alert
from arcgis_keywidget.form.phases import Event
from arcgis_keywidget.form.stage import Stage


async def stubborn() -> str:
    """A task that ends well in spite of being cancelled."""
    try:
        await asyncio.sleep(60)
    except asyncio.CancelledError:
        return "late"
    return "in time"


async def cancelled(stage: Stage, event: Event, **options) -> asyncio.Task:
    """The task of a stage, cancelled after it has begun."""
    task = asyncio.ensure_future(stage.perform(event, stubborn, **options))
    await asyncio.sleep(0.01)
    await stage.cancel()
    return task


async def test_a_session_that_came_too_late_is_taken_back():
    """Where a result can be dropped, a cancel wins: the result is handed to be closed."""
    dropped = []

    async def drop(result: str) -> None:
        dropped.append(result)

    task = await cancelled(Stage(), Event.SIGN_IN, drop=drop)
    with pytest.raises(UndoneError, match="Cancelled"):
        await task
    assert dropped == ["late"]


async def test_a_key_that_was_made_counts():
    """Where a result cannot be dropped, it is the result, cancelled or not."""
    stage = Stage()
    for event in (Event.SIGN_IN, Event.ACCEPTED):
        stage.move(event)
    assert await (await cancelled(stage, Event.CREATE)) == "late"


def test_an_alert_beside_another_keeps_its_ways_out():
    """What is told there can also be done there."""
    stage = Stage()
    stage.say(Alert("warn", "First.", "Why.", (Action("Do one", kind="one"),)))
    stage.add(Alert("warn", "Second.", "Because.", (Action("Do two", kind="two"),)))
    stage.add(Alert("warn", "Second.", "Because.", (Action("Do two", kind="two"),)))
    assert (stage.alert.title, stage.alert.hint) == ("First.", "Why. Second.")
    assert [one.kind for one in stage.alert.actions] == ["one", "two"]
