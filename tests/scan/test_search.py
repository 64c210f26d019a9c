"""Which files are looked at, and what is told of those that are not."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from arcgis_keywidget.scan import scan
from tests.scan.made import fill, make_key, write

KEY = make_key(9)


def files(report) -> set[str]:
    """Names of the files with keys."""
    return {find.path.name for find in report.finds}


def test_hidden_files_are_looked_at(tmp_path):
    """A .env, and what Jupyter keeps of earlier versions."""
    (tmp_path / ".env").write_text(f"A=1\n\nARCGIS_API_KEY={KEY}\n")
    (tmp_path / ".ipynb_checkpoints").mkdir()
    write(tmp_path / ".ipynb_checkpoints" / "a-checkpoint.ipynb", fill({"source": KEY}))
    report = scan([tmp_path])
    assert [str(find.place) for find in report.finds] == ["line 3", "cell 2, source"]
    assert {find.number for find in report.finds} == {1}


@pytest.mark.parametrize("folder", [".git", "node_modules", "my-environment"])
def test_folders_of_tools_are_passed_by(tmp_path, folder):
    """And told; --all looks into them, and so does naming them."""
    (tmp_path / folder).mkdir()
    if folder == "my-environment":
        (tmp_path / folder / "pyvenv.cfg").write_text("home = x")
    (tmp_path / folder / "a.txt").write_text(KEY)
    report = scan([tmp_path])
    assert (report.finds, [path.name for path in report.folders]) == ([], [folder])
    assert files(scan([tmp_path], everything=True)) == {"a.txt"}
    assert files(scan([tmp_path / folder])) == {"a.txt"}


def test_links_are_not_followed(tmp_path):
    """They may lead out of the folder; one that is named is meant."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.txt").write_text(KEY)
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "file").symlink_to(outside / "a.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "broken").symlink_to(tmp_path / "nothing")
    report = scan([inside])
    assert (report.finds, report.links, report.problems) == ([], 3, [])
    assert files(scan([inside / "file"])) == {"file"}


def test_binary_files_are_passed_by(tmp_path):
    """A zero near the beginning tells one; UTF-16 has many and is text."""
    (tmp_path / "a.bin").write_bytes(b"\0" + KEY.encode())
    (tmp_path / "b.txt").write_bytes(f"\ufeff{KEY}".encode("utf-16-le"))
    report = scan([tmp_path])
    assert (files(report), report.binary, report.files) == ({"b.txt"}, 1, 1)


def test_a_broken_notebook_is_searched_as_text(tmp_path):
    """And told, with the line; it is not stripped."""
    path = tmp_path / "a.ipynb"
    text = json.dumps(fill({"stream": KEY}), indent=1)[:-20]
    path.write_text(text)
    report = scan([path], strip=True)
    assert [text for _, text in report.notes] == [
        "It is no valid notebook, so it was searched as plain text."
    ]
    assert [find.place.line for find in report.finds] == [text[: text.index(KEY)].count("\n") + 1]
    assert path.read_text() == text


def test_a_notebook_that_is_no_utf8_is_searched_and_left(tmp_path):
    """Changing it could harm it."""
    path = write(tmp_path / "a.ipynb", fill({"stream": KEY}))
    path.write_bytes(path.read_bytes().replace(b"one", b"\xff"))
    before = path.read_bytes()
    report = scan([path], strip=True)
    assert files(report) == {"a.ipynb"}
    assert "not UTF-8" in report.problems[0][1]
    assert path.read_bytes() == before


def test_what_cannot_be_read_is_told(tmp_path):
    """Something that is not there, and something that is no file; the rest is looked at."""
    (tmp_path / "a.txt").write_text(KEY)
    os.mkfifo(tmp_path / "pipe")
    report = scan([tmp_path / "nothing", tmp_path / "pipe", tmp_path])
    assert [path.name for path, _ in report.problems] == ["nothing", "pipe"]
    assert files(report) == {"a.txt"}


def test_a_file_is_looked_at_once(tmp_path):
    """Also when it is named, and lies in a folder that is named."""
    path = tmp_path / "a.txt"
    path.write_text(KEY)
    assert len(scan([path, tmp_path]).finds) == 1


def test_a_clean_file_is_not_written(tmp_path):
    """A key in a source alone is no reason to touch it."""
    path = write(tmp_path / "a.ipynb", fill({"source": KEY}))
    before = path.stat()
    scan([path], strip=True)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_no_key_is_in_a_report(tmp_path):
    """Neither where one is named after a key, nor in what is told of it."""
    (tmp_path / f"{KEY[:100]}.txt").write_text(KEY)
    report = scan([tmp_path])
    assert KEY[12:] not in json.dumps(report.as_dict())
    assert KEY[12:] not in repr(report.finds[0].sighting)


def test_folders_in_folders_in_folders_stop_nothing(tmp_path, monkeypatch) -> None:
    """An archive may have more of them than calls may be nested."""
    monkeypatch.chdir(tmp_path)
    for _ in range(1200):
        Path("a").mkdir()
        os.chdir("a")
    Path("deep.txt").write_text(make_key(1))
    report = scan([tmp_path])
    Path("deep.txt").unlink()
    for _ in range(1200):  # here: whoever cleans up later goes down by calls
        os.chdir("..")
        Path("a").rmdir()
    assert [find.path.name for find in report.finds] == ["deep.txt"]


def test_a_name_that_no_file_can_have_is_told(tmp_path) -> None:
    """The others are looked at all the same."""
    (tmp_path / "a.txt").write_text(make_key(1))
    report = scan(["a\0b", tmp_path])
    assert [text for _, text in report.problems] == ["cannot be read"]
    assert len(report.finds) == 1
