"""The table of the matrix keeps what was not run again, and adds up what the clients asked."""

from __future__ import annotations

import json

from tests.clients.calls import KEPT, keep_calls
from tools import matrix_table as table

ORDER, SHOWN = ("First round", "Second round"), ("httpx",)


def row(name, outcome) -> str:
    """A row of the kernels' table."""
    return table.make_row(name, "1 May 2026", "3.11.7", "0.28.1", outcome)


def test_a_round_run_again_replaces_its_row_alone(tmp_path):
    """The other rows and the other section stand as they were."""
    path = tmp_path / "matrix.md"
    rows = {name: row(name, "9 passed") for name in ORDER}
    sections = {table.KERNELS: table.show_kernels(rows, ORDER, SHOWN), table.CLIENTS: "As it was."}
    table.write_table(path, sections)
    sections = table.read_sections(path.read_text())
    known = table.read_rows(sections[table.KERNELS])
    assert known == rows
    known["Second round"] = row("Second round", "8 passed, 1 failed")
    sections[table.KERNELS] = table.show_kernels(known, ORDER, SHOWN)
    table.write_table(path, sections)
    lines = path.read_text().splitlines()
    assert row("First round", "9 passed") in lines
    assert row("Second round", "8 passed, 1 failed") in lines
    assert row("Second round", "9 passed") not in lines
    assert "As it was." in lines
    assert table.NOT_RUN in lines


def test_the_calls_of_a_client_add_up(tmp_path, monkeypatch):
    """Every test appends what its client asked; the table has one row a client and version."""
    kept = tmp_path / "calls.jsonl"
    monkeypatch.setenv(KEPT, str(kept))
    keep_calls("a-client", "1.0", [{"operation": "search"}, {"operation": "addItem"}])
    keep_calls("a-client", "1.0", [{"operation": "search"}])
    keep_calls("another", "2.0", [{"operation": "token"}])
    assert len([json.loads(line) for line in kept.read_text().splitlines()]) == 3
    shown = table.show_clients(table.count_calls(kept.read_text().splitlines()), "2 passed")
    assert table.make_row("a-client", "1.0", "search 2, addItem 1") in shown.splitlines()
    assert table.make_row("another", "2.0", "token 1") in shown.splitlines()


def test_every_map_library_has_its_version():
    """In the order of the alphabet, with the outcome below."""
    shown = table.show_maps({"folium": "0.20.0", "bokeh": "3.9.2"}, "9 passed").splitlines()
    assert shown[-4:-2] == ["| bokeh | 3.9.2 |", "| folium | 0.20.0 |"]
    assert shown[-1].endswith("9 passed.")
