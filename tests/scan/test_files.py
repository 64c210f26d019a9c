"""Replacing a file: wholly or not at all, and never one that somebody else has changed."""

from __future__ import annotations

import base64
import json
import os

import pytest

from arcgis_keywidget.errors import KeyWidgetError
from arcgis_keywidget.scan import scan
from arcgis_keywidget.scan.files import read_candidate, read_file, replace_file
from tests.scan.made import fill, make_key, write

KEY = make_key(5)


@pytest.fixture
def file(tmp_path):
    """A file by itself in a folder."""
    path = tmp_path / "a.ipynb"
    path.write_bytes(b"before")
    return path


def test_the_mode_stays(file):
    """Neither wider nor narrower."""
    file.chmod(0o640)
    replace_file(file, read_file(file), b"after")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"after", 0o640)
    assert [*file.parent.iterdir()] == [file]


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root gives files away")
def test_the_owner_stays(file):
    """An administrator cleans other people's notebooks, and does not lock them out."""
    os.chown(file, 12345, 12345)
    replace_file(file, read_file(file), b"after")
    assert (file.stat().st_uid, file.stat().st_gid) == (12345, 12345)


@pytest.mark.parametrize("content", [b"other!", b"longer than before", b"before"])
def test_a_changed_file_is_refused(file, content):
    """Written to since, even with the same bytes: somebody works with it."""
    before = read_file(file)
    file.write_bytes(content)
    os.utime(file, ns=(0, 1))
    with pytest.raises(KeyWidgetError, match="changed since"):
        replace_file(file, before, b"after")
    assert file.read_bytes() == content
    assert [*file.parent.iterdir()] == [file]


def test_other_bytes_are_seen_though_the_marks_are_the_same(file):
    """Size and time can be set back."""
    before, times = read_file(file), file.stat()
    file.write_bytes(b"BEFORE")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    with pytest.raises(KeyWidgetError, match="changed since"):
        replace_file(file, before, b"after")


def test_a_link_is_refused(file):
    """Replacing it would leave the key where it leads to."""
    link = file.with_name("link.ipynb")
    link.symlink_to(file)
    with pytest.raises(KeyWidgetError, match="symbolic link"):
        replace_file(link, read_file(link), b"after")
    assert link.is_symlink()


def test_a_file_with_two_names_is_refused(file):
    """The key would stay under the other one."""
    os.link(file, file.with_name("b.ipynb"))
    with pytest.raises(KeyWidgetError, match="another name"):
        replace_file(file, read_file(file), b"after")


@pytest.mark.parametrize("at", [(8 << 20) - 2, (8 << 20) - 20, (8 << 20) + 1])
def test_a_key_on_the_edge_of_two_blocks_is_seen(tmp_path, at):
    """Large files are read in blocks."""
    path = tmp_path / "large.txt"
    path.write_bytes(b" " * at + KEY.encode() + b" " * 100)
    assert read_candidate(path) is not None


def test_strip_tells_why_it_could_not(tmp_path):
    """The keys are still found, and the file is as it was."""
    path = write(tmp_path / "a.ipynb", fill({"stream": KEY}))
    os.link(path, tmp_path / "same")
    before = path.read_bytes()
    report = scan([path], strip=True)
    assert [text for _, text in report.problems] == [
        "It has another name (hard link), where the key would stay. Copy it first."
    ]
    assert [find.removed for find in report.finds] == [False]
    assert path.read_bytes() == before


def test_what_is_packed_far_behind_its_name_is_found(tmp_path) -> None:
    """A large picture may be attached before it: a file is read in blocks."""
    packed = base64.b64encode(f"key = {make_key(1)}".encode()).decode()
    picture = base64.b64encode(bytes(9 << 20)).decode()
    bundle = {"a.png": {"image/png": picture}, "b.txt": {"text/plain": packed}}
    cell = {"cell_type": "markdown", "metadata": {}, "attachments": bundle, "source": []}
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    assert [str(find.place) for find in scan([path]).finds] == ["cell 1, attachment"]
