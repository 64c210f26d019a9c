"""JupyterLab's part beside kernels that are not ours: another language, no package, one that starts anew."""

from __future__ import annotations

import json
import re
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.notebook import SECONDS, opened, write
from tests.browser.test_lab import USE, book, bytes_of, command, status  # noqa: F401 (book is a fixture)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

# A kernel of another language: it speaks the protocol by ipykernel's base class, and knows no comms.
ECHO = """
from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel

class Echo(Kernel):
    implementation, implementation_version, banner = "echo", "1", "echo"
    language_info = {"name": "echo", "mimetype": "text/plain", "file_extension": ".txt"}

    async def do_execute(self, code, silent, *_, **__):
        if not silent:
            self.send_response(self.iopub_socket, "stream", {"name": "stdout", "text": code})
        return {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}

IPKernelApp.launch_instance(kernel_class=Echo)
"""
BARE = """
import sys

sys.modules["arcgis_keywidget"] = None  # as where it is not installed
from ipykernel.kernelapp import launch_new_instance

launch_new_instance()
"""


@pytest.fixture
def kernels(lab):
    """Two kernels that the server offers beside its own."""
    for name, language, code in (("echo", "echo", ECHO), ("bare", "python", BARE)):
        folder = lab.home / "data" / "kernels" / name
        folder.mkdir(parents=True, exist_ok=True)
        argv = [sys.executable, "-c", code, "-f", "{connection_file}"]
        spec = {"argv": argv, "display_name": name.title(), "language": language}
        (folder / "kernel.json").write_text(json.dumps(spec))


def write_for(lab, name: str, language: str) -> str:
    """Write a notebook of one empty cell for a kernel; its name."""
    write(lab.root / f"{name}.ipynb", "")
    path = lab.root / f"{name}.ipynb"
    found = json.loads(path.read_text())
    found["metadata"]["kernelspec"] = {"name": name, "display_name": name.title(), "language": language}
    path.write_text(json.dumps(found))
    return path.name


def panel(notebook):
    """The side panel."""
    return notebook.page.locator(".akw-lab-panel")


@pytest.mark.usefixtures("kernels")
def test_another_language_is_let_alone(page, lab):
    """Nothing runs there; the panel says what it works with; a cell runs as ever."""
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(bytes_of(frame))))
    with opened(page, lab, write_for(lab, "echo", "echo")) as notebook:
        command(notebook, "my-keys")
        expect(panel(notebook)).to_contain_text("Open a notebook with a Python kernel", timeout=SECONDS)
        expect(status(notebook)).to_be_hidden()
        assert not any(b"execute_request" in frame for frame in sent)
        notebook.rewrite(0, "hello")
        assert notebook.run(0)[0]["text"] == "hello"
        assert notebook.faults == []


@pytest.mark.usefixtures("kernels")
def test_a_kernel_without_the_package_is_told(page, lab):
    """With what to install, and nothing else is changed."""
    with opened(page, lab, write_for(lab, "bare", "python")) as notebook:
        command(notebook, "my-keys")
        expect(panel(notebook)).to_contain_text("pip install arcgis-keywidget", timeout=SECONDS)
        expect(panel(notebook).get_by_role("button", name="Open the form here")).to_be_visible()
        assert notebook.ask("1 + 1") == "2"
        assert notebook.faults == []


def test_a_key_that_went_with_its_kernel_is_told(book):  # noqa: F811 (the fixture)
    """The status item says so, and opens My keys; the next key takes its place."""
    book.rewrite(0, USE.format(days=9.5))
    book.run(0)
    expect(status(book)).to_have_text(re.compile("9 days left$"), timeout=SECONDS)
    book.restart_kernel()
    expect(status(book)).to_have_text(re.compile("^✕ Key: .*, gone with the kernel$"), timeout=SECONDS)
    status(book).get_by_role("button").focus()
    book.page.keyboard.press("Enter")
    expect(panel(book).get_by_role("button", name="Sign in", exact=True)).to_be_visible(timeout=SECONDS)
    book.run(0)
    expect(status(book)).to_have_text(re.compile("^Key: .*, 9 days left$"), timeout=SECONDS)
