"""`arcgis-keywidget scan` as a person, and as a hook, calls it."""

from __future__ import annotations

import json
import os
import shlex
import shutil
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


@pytest.mark.parametrize(
    ("name", "options", "status", "files"),
    [
        ("clean.ipynb", "", 0, "clean"),
        ("dirty.ipynb", "", 1, "dirty"),
        (".env", "", 1, "dirty"),
        ("dirty.ipynb", " --strip", 1, "clean"),
    ],
)
def test_pre_commit_stops_a_commit(tmp_path, name, options, status, files):
    """With the tool itself, which calls the entry of our hook with the files that are to be committed."""
    pytest.importorskip("pre_commit")
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    program, command = hook["entry"].split()
    assert program == "arcgis-keywidget"
    entry = f"{shlex.join([*COMMAND[:-1], command])}{options}"
    config = {"repos": [{"repo": "local", "hooks": [hook | {"entry": entry, "language": "system"}]}]}
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    path = tmp_path / name
    if name == ".env":
        path.write_text(f"KEY={KEY}\n")
    else:
        write(path, fill({"stream": KEY} if name == "dirty.ipynb" else {}))
    git = [shutil.which("git"), "-C", str(tmp_path)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "add", "--all"], check=True)
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--all-files"],
        cwd=tmp_path,
        env={
            **os.environ,
            "PRE_COMMIT_HOME": str(tmp_path / "cache"),
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == status, done.stdout
    assert (KEY in path.read_text(encoding="utf-8")) == (files == "dirty")
    assert KEY[12:] not in done.stdout + done.stderr
