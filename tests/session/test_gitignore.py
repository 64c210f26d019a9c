"""A .env file is kept out of the repository that it lies in; with a real git."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from arcgis_keywidget import keep, unkeep
from arcgis_keywidget.errors import KeyWidgetError

FILE = Path(".env")


@pytest.fixture
def repository():
    """A real repository in the working folder."""
    run("init", "-q")
    return run


def run(*words):
    """What git prints."""
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_git_is_told_to_leave_the_file_alone(make, repository):
    """A line is added to what .gitignore has; git itself says that it works, for leftovers too."""
    Path(".gitignore").write_text("build/")
    keep(make(), ".env")
    assert Path(".gitignore").read_text().startswith("build/\n")
    assert repository("status", "--porcelain") == "?? .gitignore\n"
    Path(".env.arcgis-keywidget.1234").touch()
    assert repository("status", "--porcelain") == "?? .gitignore\n"


@pytest.mark.parametrize("pattern", [".env", "/.env", "*.env", ".env*", "**/.env"])
@pytest.mark.parametrize("with_git", [True, False])
def test_a_pattern_that_covers_the_file_is_left(make, pattern, with_git):
    """With a repository and without; what a killed process leaves is kept out as well."""
    if with_git:
        run("init", "-q")
    Path(".gitignore").write_text(f"{pattern}\n")
    keep(make(), ".env")
    added = "" if pattern == ".env*" else "# keys (arcgis-keywidget)\n/.env.arcgis-keywidget.*\n"
    assert Path(".gitignore").read_text() == f"{pattern}\n{added}"
    keep(make(), ".env")
    assert Path(".gitignore").read_text() == f"{pattern}\n{added}"


def test_a_half_written_file_of_a_killed_process_is_kept_out(make, repository):
    """Most repositories have `.env` alone among their patterns."""
    Path(".gitignore").write_text(".env\n")
    keep(make(), ".env")
    Path(".env.arcgis-keywidget.1234").touch()
    assert repository("status", "--porcelain") == "?? .gitignore\n"


def test_no_git_of_the_working_folder_is_run(make, repository, here, monkeypatch):
    """It may be somebody else's: a search path may begin with this folder, and Windows looks there first."""
    del repository
    fake = Path("git")
    fake.write_text("#!/bin/sh\ntouch ran\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f".:{os.environ['PATH']}")
    keep(make(), ".env")
    monkeypatch.setenv("PATH", f"{here}:{os.environ['PATH']}")
    with pytest.raises(KeyWidgetError, match="git does not say"):
        keep(make(), ".env")
    assert not Path("ran").exists()


def test_a_pattern_of_the_folder_above_counts(make, repository):
    """As git reads them."""
    Path(".gitignore").write_text(".env*\n")
    Path("sub").mkdir()
    keep(make(), ".env", path="sub/.env")
    assert not Path("sub/.gitignore").exists()
    assert repository("status", "--porcelain") == "?? .gitignore\n"


def test_a_line_that_lets_the_file_in_is_outweighed(make):
    """The last that fits counts, without git as with it."""
    Path(".gitignore").write_text(".env\n!.env\n")
    keep(make(), ".env")
    run("init", "-q")
    assert run("status", "--porcelain") == "?? .gitignore\n"


def test_a_file_that_git_has_is_refused(make, repository):
    """With the remedy, which works."""
    FILE.write_text("A=1\n")
    FILE.chmod(0o600)
    repository("add", ".env")
    repository("commit", "-qm", "oops")
    with pytest.raises(KeyWidgetError, match=r"git has .*\.env already.*git rm --cached \.env"):
        keep(make(), ".env")
    assert FILE.read_text() == "A=1\n"
    repository("rm", "-q", "--cached", ".env")
    keep(make(), ".env")


def test_a_key_in_a_file_that_git_has_can_be_dropped(make, repository):
    """That is what one wants then."""
    keep(make(), ".env")
    repository("add", "-f", ".env")
    unkeep("My key")
    assert "canary" not in FILE.read_text()


def test_a_gitignore_that_is_a_link_is_refused(make):
    """Git does not read it, and we write through none."""
    Path("elsewhere").write_text("")
    Path(".gitignore").symlink_to("elsewhere")
    with pytest.raises(KeyWidgetError, match="symbolic link"):
        keep(make(), ".env")
    assert not FILE.exists()
    assert Path("elsewhere").read_text() == ""


def test_an_odd_name_is_kept_out_too(make, repository):
    """Its signs mean themselves in the pattern."""
    keep(make(), ".env", path="#1 [a]*.env")
    Path("#1 b.env").touch()
    assert sorted(repository("status", "--porcelain").splitlines()) == ['?? "#1 b.env"', "?? .gitignore"]
