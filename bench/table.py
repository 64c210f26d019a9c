"""Figures with their ceilings, the machine they were measured on, and the table of both."""

from __future__ import annotations

import os
import platform
import sqlite3
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    name: str
    measured: float
    ceiling: float | None = None
    unit: str = "ms"


def describe_machine(packages: Sequence[str]) -> str:
    """Processor, cores, load, versions."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    model = models[0] if models else platform.processor()
    return (
        f"{model}, {os.cpu_count()} cores{load}, {platform.system()}\n"
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}"
    )


def show(figures: Sequence[Figure]) -> None:
    """The table; load at the end as well, because others may work on the machine."""
    print(f"\n{'':64} {'measured':>14} {'ceiling':>10}  holds")
    for one in figures:
        measured = f"{one.measured:,.{0 if float(one.measured).is_integer() else 1 + (one.unit == '')}f}"
        ceiling = f"{one.ceiling:g} {one.unit}" if one.ceiling is not None else ""
        holds = "" if one.ceiling is None else "yes" if one.measured <= one.ceiling else "NO"
        print(f"{one.name:64} {f'{measured} {one.unit}':>14} {ceiling:>10}  {holds}")
    if hasattr(os, "getloadavg"):
        print(f"\nload at the end {os.getloadavg()[0]:.1f}")
