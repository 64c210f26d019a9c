"""The files by which kernels and servers find each other."""

from __future__ import annotations

import json
import os
import socket
from dataclasses import replace

import pytest

from arcgis_keywidget.maps.rendezvous import (
    KernelFile,
    ServerFile,
    kernel_path,
    read,
    remove,
    server_path,
    sweep,
    write,
)

NAME = "0123456789abcdef" * 2
KERNEL = KernelFile(port=4711, secret="f" * 32)


@pytest.fixture
def path(tmp_path):
    """A kernel's file that is there."""
    path = kernel_path(tmp_path / "runtime", NAME)
    write(path, KERNEL)
    return path


def test_what_was_written_is_read(path) -> None:
    """By its person alone, and nothing else is left in the folder."""
    assert read(path, KernelFile) == KERNEL
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == [f"akw-{NAME}.json"]
    assert "f" * 32 not in repr(KERNEL)
    remove(path)
    remove(path)
    assert read(path, KernelFile) is None


def test_a_server_is_found_by_its_process(tmp_path) -> None:
    """Of this machine: others that share the home count their processes alike."""
    path = server_path(tmp_path, 7)
    server = ServerFile(base_url="/user/ann%40x/", origin="http://localhost:8888")
    write(path, server)
    assert read(path, ServerFile) == server
    assert read(path, KernelFile) is None
    assert path != server_path(tmp_path, 8)


@pytest.mark.parametrize("name", ["", "..", "0" * 31, "0" * 33, "G" * 32, f"{'0' * 31}/", f"{NAME}\n"])
def test_only_names_of_kernels_are_paths(tmp_path, name) -> None:
    """Nothing else can be asked for."""
    with pytest.raises(ValueError, match="Not the name"):
        kernel_path(tmp_path, name)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o602, 0o610])
def test_a_file_that_others_can_read_or_write_is_none(path, mode) -> None:
    """Whoever made it so, it is not believed."""
    path.chmod(mode)
    assert read(path, KernelFile) is None


def test_a_link_is_none(path) -> None:
    """Wherever it leads."""
    moved = path.rename(path.with_suffix(".moved"))
    path.symlink_to(moved)
    assert read(path, KernelFile) is None
    path.unlink()
    os.mkfifo(path, 0o600)  # and nobody waits for a pipe
    assert read(path, KernelFile) is None


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root gives files away")
def test_a_file_of_someone_else_is_none(path) -> None:
    """Also where their mode is right."""
    os.chown(path, 12345, -1)
    assert read(path, KernelFile) is None


@pytest.mark.parametrize(
    "change",
    [
        {"port": "4711"},
        {"port": 0},
        {"port": 65536},
        {"port": True},
        {"port": 22.0},
        {"secret": ""},
        {"secret": None},
        {"protocol": 2},
        {"host": "another machine"},
    ],
)
def test_what_is_no_kernel_s_file_is_none(path, change) -> None:
    """Of another version, of another machine, or nonsense."""
    document = json.loads(path.read_text())
    path.write_text(json.dumps({**document, **change}))
    assert read(path, KernelFile) is None


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '{"port": 1}', "x" * 5000, "\xff"])
def test_half_a_file_is_none(path, text) -> None:
    """Nor one of any size."""
    path.write_text(text, encoding="latin-1")
    assert read(path, KernelFile) is None


def test_what_killed_kernels_left_is_swept(tmp_path, path) -> None:
    """Where nobody listens any more; the files of others are left alone."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        living = kernel_path(path.parent, "1" * 32)
        write(living, KernelFile(port=listening.getsockname()[1], secret="f" * 32))
        server = server_path(path.parent, 1)
        write(server, ServerFile(base_url="/"))
        with socket.create_server(("127.0.0.1", 0)) as closing:
            write(path, replace(KERNEL, port=closing.getsockname()[1]))
        sweep(path.parent)
    assert set(path.parent.iterdir()) == {living, server}
    sweep(tmp_path / "not there")


@pytest.mark.parametrize("base_url", ["", "user/", "/user", "//evil.example/", "/a b/", "/<x>/", "/../x\n/"])
def test_a_base_that_is_no_path_is_refused(base_url) -> None:
    """It would become part of addresses in pages."""
    with pytest.raises(ValueError, match="Not a server"):
        ServerFile(base_url=base_url)
    assert replace(ServerFile(base_url="/"), base_url="/user/ann/").base_url == "/user/ann/"
