"""What a kernel notes of its ephemeral keys, and what is read of it."""

from __future__ import annotations

import json
import os
import stat
import sys
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from arcgis_keywidget.session import lease as module
from arcgis_keywidget.session.lease import Lease, drop_lease, mark_of, read_lease, read_leases, write_lease
from arcgis_keywidget.session.process import this_process

PORTAL = "https://gis.example.com/portal"
DAY = timedelta(days=1)
OPEN = Path("/proc/self/fd")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where the leases of this test's home lie."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data" / "arcgis-keywidget" / "leases"


def new(**changes) -> Lease:
    """A lease of this process, just written."""
    marker = f"akw-{uuid.uuid4()}"
    lease = Lease(
        portal=PORTAL,
        user=mark_of("grace", marker),
        item="0123456789abcdef" * 2,
        marker=marker,
        title="A key",
        process=this_process(),
        heard=datetime.now(UTC),
    )
    return replace(lease, **changes)


def elsewhere(**changes) -> Lease:
    """A lease of another machine that shares this home."""
    return new(process=replace(this_process(), host="another-machine"), **changes)


def aged(path, days: float) -> None:
    """Make a file look as if it was written some days ago."""
    then = datetime.now(UTC).timestamp() - days * 86_400
    os.utime(path, (then, then), follow_symlinks=False)


def test_a_lease_is_read_as_it_was_written(folder):
    """And anew, and not any more once it is dropped."""
    lease = new()
    write_lease(lease)
    assert read_leases() == (lease,)
    later = replace(lease, heard=lease.heard + timedelta(hours=1))
    write_lease(later)
    assert read_lease(lease.marker) == later
    drop_lease(lease.marker)
    assert read_leases() == ()
    assert [*folder.iterdir()] == []


def test_nobody_else_can_read_it(folder):
    """Folder 0700, file 0600, whatever the umask; a folder that was opened is closed again."""
    before = os.umask(0)
    try:
        write_lease(new())
        folder.chmod(0o755)
        write_lease(new())
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_it_tells_no_user_name(folder):
    """But it knows whose it is, at which portal; arcgis.com is one portal under all its names."""
    lease = new()
    write_lease(lease)
    (path,) = folder.iterdir()
    assert "grace" not in path.read_text()
    assert lease.is_of(PORTAL, "Grace")
    assert not lease.is_of(PORTAL, "ada")
    assert not lease.is_of("https://other.example.com", "grace")
    assert replace(lease, portal="https://www.arcgis.com").is_of("https://acme.maps.arcgis.com", "grace")


def test_what_runs_here_is_never_left():
    """Also when it was not heard of for days: a machine may sleep."""
    assert not new().is_left()
    assert not new(heard=datetime.now(UTC) - 5 * DAY).is_left()


def test_what_is_gone_here_is_left_at_once():
    """Its number is another process's, or nobody's."""
    assert new(process=replace(this_process(), started="1")).is_left()


@pytest.mark.parametrize(("hours", "left"), [(-48, False), (-1, False), (0, False), (23, False), (24, True)])
def test_another_machine_is_left_after_a_day_of_silence(hours, left):
    """Its clock may go wrong by hours, and even be ahead."""
    now = datetime.now(UTC)
    assert elsewhere(heard=now - timedelta(hours=hours)).is_left(now) is left


@pytest.mark.parametrize("home", ["link", "file"])
def test_a_folder_that_is_none_is_not_used(folder, tmp_path, home):
    """A link leads anywhere: nothing is written there and nothing read."""
    folder.parent.mkdir(parents=True)
    target = tmp_path / "target"
    target.mkdir()
    folder.symlink_to(target) if home == "link" else folder.write_text("")
    with pytest.raises(OSError, match=r"lease|exist"):
        write_lease(new())
    assert read_leases() == ()
    assert [*target.iterdir()] == []


def test_a_link_is_not_followed(folder, tmp_path):
    """Neither in reading nor when a lease is written in its place."""
    lease, secret = new(), tmp_path / "precious"
    write_lease(lease)
    path = folder / f"{lease.marker}.json"
    secret.write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(secret)
    assert read_leases() == ()
    before = secret.read_bytes()
    write_lease(replace(lease, title="Another"))
    assert secret.read_bytes() == before
    assert not path.is_symlink()


WRONG = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "deep": b"[" * 5_000,
    "no UTF-8": b"\xff\xfe",
    "long": b" " * 10_000 + b"{}",
}


@pytest.mark.parametrize("name", WRONG)
def test_a_broken_file_is_passed_over_and_removed_when_it_is_old(folder, name):
    """It may be half of something today; tomorrow nobody needs it."""
    write_lease(new())
    path = folder / f"akw-{uuid.uuid4()}.json"
    path.write_bytes(WRONG[name])
    assert len(read_leases()) == 1
    assert path.exists()
    aged(path, 1.1)
    assert len(read_leases()) == 1
    assert not path.exists()


FIELDS = (
    ("marker", "akw-../../x"),
    ("item", ".."),
    ("portal", 7),
    ("portal", "https://[x]"),
    ("portal", "https://[::1"),
    ("title", "x" * 3_000),
    ("heard", "2026-01-01T00:00:00"),
    ("heard", "0001-01-01T00:00:00+14:00"),
    ("heard", "9999-12-31T23:59:59-14:00"),
    ("protocol", 2),
    ("process", {"number": -1}),
)


@pytest.mark.parametrize(("field", "value"), FIELDS)
def test_a_file_with_a_field_that_cannot_be_is_no_lease(folder, field, value):
    """Such as a process number that would mean a group, or a moment of nobody's clock."""
    lease = new()
    write_lease(lease)
    path = folder / f"{lease.marker}.json"
    document = json.loads(path.read_text())
    document[field] = {**document[field], **value} if isinstance(value, dict) else value
    path.write_text(json.dumps(document))
    assert read_leases() == ()


def test_what_is_too_old_for_any_use_is_removed(folder):
    """No key lives so long; and an address of loopback is another portal's the day after."""
    kept = elsewhere(heard=datetime.now(UTC) - 300 * DAY)
    for lease in (
        kept,
        elsewhere(heard=datetime.now(UTC) - 401 * DAY),
        elsewhere(portal="http://127.0.0.1:7443", heard=datetime.now(UTC) - 1.1 * DAY),
    ):
        write_lease(lease)
    assert read_leases() == (kept,)
    assert len([*folder.iterdir()]) == 1


def test_half_written_files_are_removed_when_they_are_old(folder):
    """Of a process that was killed in the middle."""
    lease = new()
    write_lease(lease)
    draft = folder / f"{lease.marker}.0badcafe.draft"
    draft.write_text("{")
    assert read_leases() == (lease,)
    assert draft.exists()
    aged(draft, 2)
    assert read_leases() == (lease,)
    assert not draft.exists()


def test_without_a_folder_there_are_no_leases(folder):
    """Looking makes none."""
    assert read_leases() == ()
    drop_lease(f"akw-{uuid.uuid4()}")
    assert not folder.exists()


@pytest.mark.skipif(not OPEN.is_dir(), reason="nothing tells what is open")
def test_a_folder_in_the_place_of_a_lease_is_passed_over(folder):
    """And closed again, however often it is met."""
    write_lease(new())
    (folder / f"akw-{uuid.uuid4()}.json").mkdir()
    before = len([*OPEN.iterdir()])
    assert [len(read_leases()) for _ in range(5)] == [1] * 5
    assert len([*OPEN.iterdir()]) == before


def test_a_user_without_a_home_writes_none(monkeypatch):
    """As in containers that give a process a number of their own: an OSError, which callers expect."""
    pwd = pytest.importorskip("pwd")
    monkeypatch.setitem(sys.modules, "jupyter_core.paths", None)
    for name in ("JUPYTER_DATA_DIR", "HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", {}.__getitem__)
    with pytest.raises(OSError, match="home"):
        write_lease(new())
    assert read_leases() == ()


def test_of_very_many_the_newest_are_read(folder, monkeypatch):
    """Whatever their names: what was left lately is what somebody may want back."""
    monkeypatch.setattr(module, "_MOST_FILES", 3)
    found = [new() for _ in range(8)]
    for days, lease in enumerate(found):
        write_lease(lease)
        aged(folder / f"{lease.marker}.json", days)
    assert {lease.marker for lease in read_leases()} == {lease.marker for lease in found[:3]}
