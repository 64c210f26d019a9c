"""A notebook in the browser: its cells by number, its kernel, its form."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import nbformat
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import ConsoleMessage, Locator, Page, Request

    from tests.browser.lab import JupyterServer

SECONDS = 60_000
"""How long any condition is awaited, in milliseconds: for slow machines, not a measure."""

PANEL = "window.jupyterapp?.shell?.currentWidget"
CONTEXT = f"({PANEL}?.sessionContext ?? {PANEL}?.context?.sessionContext)"
# A key pressed before the kernel is connected is silently lost; "idle" alone comes too early.
READY = f"""(path) => {{
    const context = {CONTEXT}, kernel = context?.session?.kernel;
    return {PANEL}?.context?.path === path && {PANEL}.content.widgets.length > 0 && context.isReady
        && kernel?.connectionStatus === 'connected' && kernel.status === 'idle';
}}"""
MODEL = "window.jupyterapp.shell.currentWidget.content.widgets[index].model"
# JupyterLab 4.2 knows no state of a cell; there the count comes at its end.
RAN = f"(index) => ({MODEL}.executionState ?? 'idle') === 'idle' && {MODEL}.executionCount !== null"
# Notebook throws the first by itself, with no extension at all (7.6 on a schema, 7.2 on a date); JupyterLab
# the second, when a kernel starts anew while a comm, of whomever, is getting a subshell.
NOT_OURS = re.compile(r"of undefined \(reading '(schema|last_modified)'\)|future for create_subshell")
LOOPBACK = re.compile(r"(https?://127\.0\.0\.1[:/]|blob:|data:|about:)")


class Notebook:
    """One open notebook and what went wrong in its page.

    Attributes:
        faults: uncaught errors of the page, console errors that name our code, requests to other hosts.
    """

    def __init__(self, page: Page, server: JupyterServer, name: str) -> None:
        self.page = page
        self.server = server
        self.path = server.root / name
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self._note(str(error)))
        page.on("console", self._note_console)
        page.on("request", self._note_request)

    def open(self) -> Notebook:
        """Load the page and wait until its kernel would really run a cell."""
        self.page.goto(self.server.address(self.path.name))
        return self.await_kernel()

    def await_kernel(self) -> Notebook:
        """Wait until the kernel is connected and idle."""
        self.page.wait_for_function(READY, arg=self.path.name, timeout=SECONDS)
        return self

    @property
    def form(self) -> Locator:
        """The one form on the page."""
        return self.page.get_by_role("region", name="ArcGIS API key")

    def cell(self, index: int) -> Any:
        """Return a cell as nbformat has it."""
        return self.page.evaluate(f"(index) => {MODEL}.toJSON()", index)

    def count(self) -> int:
        """Return how many cells there are."""
        return int(self.page.evaluate(f"{PANEL}.content.widgets.length"))

    def start(self, index: int) -> None:
        """Run a cell without waiting for its end: a click into it, Ctrl+Enter."""
        self.page.evaluate(f"(index) => {{ {MODEL}.executionCount = null; }}", index)
        self.page.locator(".jp-Notebook-cell").nth(index).locator(".cm-content").click()
        self.page.keyboard.press("Control+Enter")

    def finish(self, index: int) -> list[Any]:
        """Wait for the end of a cell; return its outputs as nbformat has them."""
        self.page.wait_for_function(RAN, arg=index, timeout=SECONDS)
        return list(self.cell(index)["outputs"])

    def run(self, index: int) -> list[Any]:
        """Run a cell; return its outputs."""
        self.start(index)
        return self.finish(index)

    def add(self, code: str) -> int:
        """Append a code cell; return its number."""
        self.page.evaluate(
            f"(source) => {{ const model = {PANEL}.model.sharedModel;"
            " model.insertCell(model.cells.length, {cell_type: 'code', source}); }",
            code,
        )
        return self.count() - 1

    def rewrite(self, index: int, code: str) -> None:
        """Put other code into a cell."""
        self.page.evaluate(
            f"([index, source]) => {MODEL}.sharedModel.setSource(source)",
            [index, code],
        )

    def ask(self, code: str) -> str:
        """Run code in a new cell; return the text it shows."""
        return text_of(self.run(self.add(code)))

    def save(self) -> str:
        """Save by the keyboard; return the file's text."""
        with self.page.expect_response(lambda r: "/api/contents/" in r.url and r.request.method == "PUT"):
            self.page.keyboard.press("Control+s")
        self.page.wait_for_function(f"!{PANEL}.model.dirty", timeout=SECONDS)
        return self.path.read_text()

    def restart_kernel(self) -> None:
        """Restart the kernel as the menu does, confirmed."""
        self.page.evaluate(f"() => {CONTEXT}.session.kernel.restart()")
        self.await_kernel()

    def interrupt(self) -> None:
        """Press the stop button once the kernel is busy."""
        self.page.wait_for_function(f"() => {CONTEXT}.session.kernel.status === 'busy'", timeout=SECONDS)
        self.page.evaluate(f"() => {CONTEXT}.session.kernel.interrupt()")

    def show_theme(self, theme: str) -> None:
        """Switch to *Light* or *Dark*."""
        name = f"JupyterLab {theme}"
        self.page.evaluate(
            "(theme) => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", name
        )
        expect(self.page.locator("body")).to_have_attribute("data-jp-theme-name", name, timeout=SECONDS)

    def shut_down(self) -> None:
        """End the kernel, so that the next test starts with none."""
        self.page.evaluate(f"() => {CONTEXT}.shutdown()")

    def _note(self, text: str) -> None:
        if not NOT_OURS.search(text):
            self.faults.append(text)

    def _note_console(self, message: ConsoleMessage) -> None:
        ours = message.location["url"].startswith("blob:") or "anywidget" in message.text
        if message.type == "error" and ours:
            self._note(message.text)

    def _note_request(self, request: Request) -> None:
        if not LOOPBACK.match(request.url):
            self._note(f"a request to {request.url}")


def text_of(outputs: list[Any]) -> str:
    """Join what outputs show as text: streams, plain representations, errors."""
    texts = []
    for output in outputs:
        plain = output.get("data", {}).get("text/plain", "")
        texts.append(output.get("text", "") or plain or "\n".join(output.get("traceback", [])))
    return "\n".join("".join(text) for text in texts)


def write(path: Path, *sources: str) -> None:
    """Write a notebook of code cells; without the kernel's name JupyterLab would ask for one."""
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)


@contextmanager
def opened(page: Page, server: JupyterServer, name: str) -> Iterator[Notebook]:
    """Open a notebook in a page; at the end its kernel stops, and nothing may have gone wrong."""
    notebook = Notebook(page, server, name)
    try:
        yield notebook.open()
        assert notebook.faults == [], notebook.faults
    finally:
        notebook.shut_down()
