"""`arcgis-keywidget scan` as a person, and as a hook, calls it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.scan.made import fill, make_key, write

COMMAND = [
    sys.executable,
    "-c",
    "import sys; from arcgis_keywidget.cli import main; sys.exit(main())",
    "scan",
]
KEY = make_key(11, 2)
ROOT = Path(__file__).resolve().parents[2]


def run(*arguments) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, encoding="utf-8", check=False
    )


def test_nothing_found_is_zero(tmp_path):
    """And what was looked at is told."""
    write(tmp_path / "a.ipynb", fill())
    done = run(tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "No key; 1 file looked at.\n", "")


def test_a_key_is_one_and_is_not_shown(tmp_path):
    """File, cell, part and slot."""
    path = write(tmp_path / "a.ipynb", fill({"source": KEY, "html": KEY}))
    done = run(path)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        f"{path}: cell 2, output 2 (text/html): API key AAPT••••AT2_•••• (key 1)",
        f"{path}: cell 2, source: API key AAPT••••AT2_•••• (key 1)",
        "1 key in 2 places; 1 file looked at.",
    ]
    assert KEY[12:] not in done.stdout + done.stderr


def test_what_cannot_be_read_is_two(tmp_path):
    """If no key was found elsewhere."""
    done = run(tmp_path / "nothing")
    assert done.returncode == 2
    assert done.stderr == f"{tmp_path / 'nothing'}: No such file or directory\n"


def test_json_is_for_programs(tmp_path):
    """Every part by itself."""
    path = write(tmp_path / "a.ipynb", fill({"stream": KEY}))
    done = run("--json", path)
    (found,) = json.loads(done.stdout)["finds"]
    assert found == {
        "file": str(path),
        "cell": 2,
        "part": "output 1 (stream)",
        "line": None,
        "kind": "API key",
        "slot": 2,
        "masked": "AAPT••••AT2_••••",
        "key": 1,
        "strippable": True,
        "removed": False,
    }


@pytest.mark.parametrize(("place", "status"), [("stream", 0), ("source", 1)])
def test_strip_leaves_sources(tmp_path, place, status):
    """Their keys remain, and so does the status; the second run says the same."""
    path = write(tmp_path / "a.ipynb", fill({place: KEY}))
    assert run("--strip", path).returncode == status
    assert run(path).returncode == status
    assert (KEY in path.read_text(encoding="utf-8")) == bool(status)


def test_paths_are_needed():
    """A hook without files does not look at the whole disk."""
    assert run().returncode == 2


def test_the_hook_is_told_of_a_key_by_the_status(tmp_path):
    """As pre-commit calls it: the entry, then the files that are to be committed."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["entry"] == "arcgis-keywidget scan"
    clean = write(tmp_path / "clean.ipynb", fill())
    dirty = tmp_path / ".env"
    dirty.write_text(f"KEY={KEY}\n")
    assert [run(clean).returncode, run(clean, dirty).returncode] == [0, 1]
