"""A real kernel with no page, and a practice portal that it can reach."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from jupyter_client.manager import start_new_kernel

from arcgis_keywidget.practice import PracticePortal, serve

if TYPE_CHECKING:
    from pathlib import Path

    from jupyter_client.blocking.client import BlockingKernelClient
    from jupyter_client.manager import KernelManager

SECONDS = 90
SIGN_IN = """
import os
from arcgis_keywidget import KeyRequest, Portal, current_key, fetch_tile, forget, read_layer, use
from arcgis_keywidget.errors import KeyWidgetError

portal = Portal.connect(os.environ["PRACTICE_PORTAL"])
portal.sign_in("ada", os.environ["PRACTICE_PASSWORD"])
request = KeyRequest(
    "A key of the kernel",
    privileges=("premium:user:basemaps", "premium:user:staticbasemaptiles"),
    items=(os.environ["PRACTICE_LAYER"],),
)
"""


class Kernel:
    """Runs code as cells and returns what they show as text."""

    def __init__(self, manager: KernelManager, client: BlockingKernelClient) -> None:
        self.manager = manager
        self.client = client

    def start(self, code: str) -> str:
        """Send a cell without waiting for its end; return its message id."""
        return str(self.client.execute(code))

    def finish(self, message: str) -> str:
        """Wait for the end of a cell; return what it showed, tracebacks too."""
        shown = []
        while True:
            reply = self.client.get_iopub_msg(timeout=SECONDS)
            if reply["parent_header"].get("msg_id") != message:
                continue
            if reply["msg_type"] == "status" and reply["content"]["execution_state"] == "idle":
                return "\n".join(filter(None, shown))
            shown.append(_text(reply["content"]))

    def run(self, code: str) -> str:
        """Run a cell; return what it showed."""
        return self.finish(self.start(code))

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self.manager.interrupt_kernel()


def _text(content: dict[str, Any]) -> str:
    shown = content.get("data", {}).get("text/plain", "")
    return content.get("text", "") or shown or "\n".join(content.get("traceback", []))


@pytest.fixture
def portal(tmp_path):
    """A practice portal that is being served."""
    with serve(PracticePortal(log=tmp_path / "portal.jsonl")) as running:
        yield running
    running.portal.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder that IPython writes to."""
    return tmp_path / "ipython"


@pytest.fixture
def kernel(portal, home, tmp_path):
    """A kernel that knows the practice portal by its environment."""
    ada = portal.portal.users[0]
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "IPYTHONDIR": str(home),
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
        "JUPYTER_DATA_DIR": str(tmp_path / "data"),
        "PRACTICE_PORTAL": portal.url,
        "PRACTICE_PASSWORD": ada.password,
        "PRACTICE_LAYER": portal.portal.layer,
    }
    manager, client = start_new_kernel(env=environment, startup_timeout=SECONDS)
    try:
        yield Kernel(manager, client)
    finally:
        client.stop_channels()
        if manager.has_kernel:  # a test may have ended it
            manager.shutdown_kernel()


@pytest.fixture
def signed_in(kernel):
    """A kernel whose `portal` is signed in and whose `request` waits."""
    assert "Traceback" not in kernel.run(SIGN_IN)
    return kernel
