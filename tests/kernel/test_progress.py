"""What a reading that takes long shows in a real kernel."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.kernel

PAUSE = """
from arcgis_keywidget._loop import run
from arcgis_keywidget.services.progress import Progress

async def work():
    with Progress("rows", 10) as progress:
        progress.tell("A pause of a minute.")

run(work())
"""


def test_the_line_is_one_output_that_ends_empty(kernel) -> None:
    """Of the cell that reads, though another thread does the work; its words are in no saved notebook."""
    message = kernel.start(PAUSE)
    shown: list[tuple[str, str]] = []
    state = ""
    while state != "idle":
        reply = kernel.client.get_iopub_msg(timeout=90)
        if reply["parent_header"].get("msg_id") == message:
            content = reply["content"]
            state = content.get("execution_state", "")
            if "transient" in content:
                shown.append((content["transient"]["display_id"], content["data"]["text/plain"]))
    assert [text for _, text in shown] == ["A pause of a minute.", ""]
    assert len({name for name, _ in shown}) == 1
