"""A real Jupyter server of its own, and a notebook in a real browser, driven as a person drives it."""

from __future__ import annotations

import json
import os
import shutil
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.browser.server import Server, free_port

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Browser, Playwright

APPLICATION = os.environ.get("KEYWIDGET_APPLICATION", "lab")  # the matrix runs everything in Notebook 7, too
# As root in a container, without network and graphics card.
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
# The kernel's own log of every message, beside the server's: the leak tests read both.
KERNEL_CONFIG = "c = get_config()\nc.IPKernelApp.log_level = 10\n"
SETTINGS = {
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension/plugin": {"autosave": False},
}
if version("jupyterlab").startswith("4.2."):  # it takes cells that are out of sight out of the page
    SETTINGS["@jupyterlab/notebook-extension/tracker"] = {"windowingMode": "none"}
SAVE_STATE = {"@jupyter-widgets/jupyterlab-manager/plugin": {"saveState": True}}
"""*Save Widget State Automatically* on, which JupyterLab leaves off."""
QUIET = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
NO_TOKEN = ["--IdentityProvider.token=", "--ServerApp.password=", "--ServerApp.disable_check_xsrf=True"]


def launch(playwright: Playwright) -> Browser:
    """Start the system's Chromium, else Playwright's own; a machine with neither fails here."""
    return playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)


class JupyterServer(Server):
    """JupyterLab, or Notebook 7, on loopback, with its settings, logs and notebooks under one folder.

    Args:
        home: an empty folder for everything the server and its kernels write.
        application: ``lab`` or ``notebook``.
        settings: further JupyterLab settings by plugin, as in the settings editor.
        logs: whether server and kernels log every message; a measure does without.
    """

    def __init__(
        self,
        home: Path,
        *,
        application: str = APPLICATION,
        settings: Mapping[str, Mapping[str, Any]] | None = None,
        logs: bool = True,
    ) -> None:
        self.home = home
        self.root = home / "notebooks"
        self.application = application
        self.logs = logs
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        self._write_settings({**SETTINGS, **(settings or {})})
        health, log = f"{self.url}/api/status", home / "jupyter.log"
        super().__init__(self._command_at(port), health, log, self.root, self._environment())

    def address(self, notebook: str) -> str:
        """Return the page of a notebook in the server's root, with no other notebook open beside it."""
        return f"{self.url}/{'lab/tree' if self.application == 'lab' else 'notebooks'}/{notebook}?reset"

    def _write_settings(self, settings: Mapping[str, Mapping[str, Any]]) -> None:
        self.root.mkdir(parents=True)
        files = {
            f"config/lab/user-settings/{plugin}.jupyterlab-settings": json.dumps(values)
            for plugin, values in settings.items()
        }
        files["config/labconfig/page_config.json"] = json.dumps(QUIET)
        self._link_extension()
        if self.logs:
            files["ipython/profile_default/ipython_kernel_config.py"] = KERNEL_CONFIG
        for name, text in files.items():
            path = self.home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def _link_extension(self) -> None:
        """Have the server find the extension as this tree has built it, before the installed one."""
        built = Path(__file__).parent.parent.parent / "arcgis_keywidget" / "labextension"
        place = self.home / "share" / "labextensions" / "arcgis-keywidget"
        place.parent.mkdir(parents=True)
        place.symlink_to(built)

    def _command_at(self, port: int) -> list[str]:
        module, trait = {"lab": ("jupyterlab", "LabApp"), "notebook": ("notebook", "JupyterNotebookApp")}[
            self.application
        ]
        where = ["--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0", "--no-browser"]
        root = ["--allow-root"] if os.geteuid() == 0 else []
        expose = f"--{trait}.expose_app_in_browser=True"
        debug = ["--debug"] if self.logs else []
        return [sys.executable, "-m", module, *where, expose, *debug, *NO_TOKEN, *root]

    def _environment(self) -> dict[str, str]:
        folders = {
            "HOME": "home",
            "IPYTHONDIR": "ipython",
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_PATH": "share",
            "JUPYTER_RUNTIME_DIR": "runtime",
        }
        ours = {name: str(self.home / folder) for name, folder in folders.items()}
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        return {**os.environ, **ours, "PATH": path}
