"""From Ctrl+Enter to a form that takes a keystroke, ours and core ipywidgets', in one JupyterLab, in turns.

The ceiling holds in a kernel that has imported both: in a new one our import counts, which has theirs in it.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.table import Figure
from tests.browser.notebook import CONTEXT, SECONDS, opened, write

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.lab import JupyterServer
    from tests.browser.notebook import Notebook

WARM = "warm kernel"
ROUNDS, STARTS = 15, 5
OURS = "from arcgis_keywidget import KeyForm\n\nKeyForm()"
CLOSE = "import ipywidgets\n\nipywidgets.Widget.close_all()"
PEERS = Path(__file__).with_name("forty_fields.py").read_text(encoding="utf-8")
FIELDS = 40

# Usable: so many fields are in the cell's output, and the text field with the number `index` (from the end
# when negative; hidden ones do not count) is enabled and shows what is typed into it. Looked at before each
# paint. What the kernel and the page say until then is kept, and measured afterwards.
WATCH = f"""({{ fields, index, patience }}) => {{
    const cell = document.querySelector('.jp-Notebook-cell'), told = [];
    const kernel = {CONTEXT}.session.kernel;
    const note = (_, {{ msg, direction }}) => told.push([msg, direction]);
    const takes = (field) => {{
        field.focus();
        document.execCommand('insertText', false, 'x');
        return field.value.includes('x');
    }};
    const usable = () => {{
        const all = [...cell.querySelectorAll('.jp-OutputArea :is(input, select, textarea)')];
        const written = 'textarea, input:is([type=text], [type=password], :not([type]))';
        const seen = all.filter((one) => one.checkVisibility() && one.offsetWidth > 1);
        const typed = seen.filter((one) => one.matches(written));
        const field = typed.at(index);
        return all.length >= fields && field && !field.disabled && takes(field);
    }};
    const weigh = ({{ header, parent_header, metadata, content, buffers }}) =>
        new Blob([JSON.stringify([header, parent_header, metadata, content])]).size
        + (buffers ?? []).reduce((sum, buffer) => sum + buffer.byteLength, 0);
    const opening = (resolve, reject) => document.addEventListener('keydown', function start(event) {{
        if (event.key !== 'Enter') return;
        document.removeEventListener('keydown', start, true);
        const begin = performance.now();
        kernel.anyMessage.connect(note);
        const look = () => {{
            const took = performance.now() - begin;
            if (took > patience) return reject(new Error('the form does not become usable'));
            if (!usable()) return requestAnimationFrame(look);
            const ready = performance.now() - begin;
            kernel.anyMessage.disconnect(note);
            const messages = told.filter(([{{ header }}]) => header.msg_type.startsWith('comm_'))
                .map(([msg, direction]) => [direction, msg.header.msg_type, weigh(msg)]);
            resolve({{ took: ready, messages }});
        }};
        look();
    }}, true);
    window.opening = new Promise(opening);
}}"""
CLEAR = "window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')"


@dataclass(frozen=True)
class Opening:
    """One opening: milliseconds, and the comm messages until the form was usable.

    Attributes:
        took: from the key to the field.
        opens: how many comms the kernel opened.
        said: every other comm message, the page's and the kernel's.
        size: bytes of all of them, as JSON and buffers.
    """

    took: float
    opens: int
    said: int
    size: int


def open_once(notebook: Notebook, code: str) -> Opening:
    """Run a cell that shows a form, until it is usable."""
    ours = code == OURS
    notebook.rewrite(0, code)
    notebook.page.evaluate(CLEAR)
    wanted = {"fields": 1, "index": 0} if ours else {"fields": FIELDS, "index": -1}
    notebook.page.evaluate(WATCH, {**wanted, "patience": SECONDS})
    notebook.start(0)
    told = notebook.page.evaluate("window.opening")
    notebook.finish(0)
    notebook.rewrite(0, CLOSE)
    notebook.run(0)
    notebook.page.wait_for_timeout(500)  # what goes on after the opening is not the next one's load
    kinds = [kind for _, kind, _ in told["messages"]]
    return Opening(
        told["took"],
        kinds.count("comm_open"),
        len(kinds) - kinds.count("comm_open"),
        sum(size for *_, size in told["messages"]),
    )


def measure_openings(page: Page, server: JupyterServer) -> list[Figure]:
    """Openings in a kernel that has seen both, and in kernels that have just started."""
    write(server.root / "openings.ipynb", "1")
    page.set_default_timeout(SECONDS)
    with opened(page, server, "openings.ipynb") as notebook:
        notebook.run(0)  # a kernel that has done nothing yet does not come back from a restart
        first: dict[str, list[Opening]] = {OURS: [], PEERS: []}
        again: dict[str, list[Opening]] = {OURS: [], PEERS: []}
        for _ in range(STARTS):
            for code, openings in first.items():
                notebook.restart_kernel()
                openings.append(open_once(notebook, code))
        for code in again:
            open_once(notebook, code)
        for number in range(ROUNDS):
            for code in (OURS, PEERS) if number % 2 else (PEERS, OURS):
                again[code].append(open_once(notebook, code))
    return [*_times("new kernel", first), *_times(WARM, again), *_messages(again)]


def _times(kernel: str, openings: dict[str, list[Opening]]) -> list[Figure]:
    ours, peers = (statistics.median(one.took for one in openings[code]) for code in (OURS, PEERS))
    rounds = f"median of {len(openings[OURS])}"
    return [
        Figure(f"{kernel}: run cell to usable, KeyForm, {rounds}", ours),
        Figure(f"{kernel}: the same, {FIELDS} fields of ipywidgets, {rounds}", peers),
        Figure(f"{kernel}: KeyForm against ipywidgets", ours / peers, 0.55 if kernel == WARM else None, ""),
    ]


def _messages(openings: dict[str, list[Opening]]) -> list[Figure]:
    ours, peers = (max(openings[code], key=lambda one: one.opens + one.said) for code in (OURS, PEERS))
    return [
        Figure("KeyForm: comms opened (the widget, its layout)", ours.opens, 2, ""),
        Figure("KeyForm: other comm messages until usable, both ways", ours.said, unit=""),
        Figure("KeyForm: all of these", ours.size, unit="B"),
        Figure(f"{FIELDS} fields of ipywidgets: comms opened", peers.opens, unit=""),
        Figure(f"{FIELDS} fields of ipywidgets: other comm messages", peers.said, unit=""),
        Figure(f"{FIELDS} fields of ipywidgets: all of these", peers.size, unit="B"),
    ]
