"""The plan of the house, enforced: who imports whom, and how long a file or a function may be."""

from __future__ import annotations

import ast
import statistics
import sys
from pathlib import Path

import pytest

import arcgis_keywidget

PACKAGE = Path(arcgis_keywidget.__file__).parent
ROOT = PACKAGE.parent
MODULES = sorted(PACKAGE.rglob("*.py"))
SOURCES = [
    *MODULES,
    *(ROOT / "tests").rglob("*.py"),
    *(ROOT / "tools").rglob("*.py"),
    *(ROOT / "bench").rglob("*.py"),
    *(path for path in (ROOT / "js" / "src").rglob("*") if path.is_file()),
]

BASE = {"errors", "models"}
TALK = {"_http", "_loop", "privileges", *BASE}
# Longest matching name wins. A package may always import itself.
ROOMS = {
    "config": BASE,
    "doctor": {"config", "session", "_http", *BASE},
    "errors": set(),
    "models": {"errors"},
    "privileges": BASE,
    "_exit": {"_loop"},
    "_loop": {"_workers"},
    "_workers": set(),
    "ephemeral": {"_exit", "portal", "session", *TALK},
    "_http": BASE,
    "scan": BASE,
    "session": BASE,
    "portal": TALK,
    "services": TALK,
    "maps": {"services", "session", "_loop", *BASE},
    "form": {"portal", "privileges", *BASE},
    "form.house": {"config", "portal", "privileges", *BASE},
    "form.launch": BASE,
    "form.reach": {"maps", "services", *TALK},
    "form.widget": {"_exit", "config", "ephemeral", "maps", "portal", "services", "session", *TALK},
    # In the process of the Jupyter server: nothing that a kernel needs is loaded there.
    "maps.paths": set(),
    "maps.rendezvous": set(),
    "maps.server": set(),
    "revival": {"portal", "services", "session", *TALK},
    "magics": {"form.widget", "session", *BASE},
    "cli": {"config", "doctor", "portal", "revival", "services", "session", "practice", "scan", *TALK},
    "practice": set(),
    "": set(),
}
PRACTICE_NEEDS = {"anyio", "cryptography", "hypercorn", "multipart", "PIL", "starlette"}
# What each room may take from outside; IPython and the like only inside functions (see below).
OUTSIDE = {
    "cli": {"click", "rich"},
    "config": {"IPython", "jupyter_core", "traitlets"},
    "doctor": {"jupyter_core"},
    "_http": {"httpx", "idna"},
    "form.widget": {"anywidget", "traitlets", "ipywidgets"},
    "magics": {"IPython"},
    "maps": {"jupyter_core"},
    "maps.slippy": {"PIL", "shapely"},
    "maps.server": {"jupyter_server", "tornado"},
    "maps.widget": {"anywidget", "traitlets", "ipywidgets"},
    "services.frames": {"geopandas", "numpy", "pandas"},
    "services.geometries": {"numpy", "shapely"},
    "services.picture": {"PIL"},
    "services.plate": {"PIL"},
    "services.progress": {"IPython"},
    "services.thumbnails": {"PIL"},
    "session": {"IPython", "comm", "dotenv", "jupyter_core", "keyring", "psutil"},
    "practice": PRACTICE_NEEDS,
    "practice.pytest_plugin": {"pytest"},
}
INSIDE_FUNCTIONS_ONLY = {"IPython", "comm", "cryptography", "dotenv", "jupyter_core", "keyring", "psutil"}
# Modules for what is an extra: they may import it at their top, since they are imported in functions only.
OF_EXTRAS = {
    "services.frames",
    "services.geometries",
    "services.picture",
    "services.plate",
    "services.thumbnails",
}


def name_of(path: Path) -> str:
    """The module's dotted name below the package."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str, rooms: dict[str, set[str]]) -> str | None:
    """The longest entry of a table that the module lies in."""
    inside = [room for room in rooms if module == room or module.startswith(f"{room}.") or room == ""]
    return max(inside, key=len, default=None)


def imports_of(path: Path) -> list[tuple[str, int, bool]]:
    """Every module that a file imports at run time: its name, the line, whether inside a function."""
    found: list[tuple[str, int, bool]] = []
    functions = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda

    def visit(node: ast.AST, *, inside: bool) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
                continue
            if isinstance(child, ast.Import):
                found.extend((alias.name, child.lineno, inside) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                found.append((child.module or "", child.lineno, inside))
                if child.module == "arcgis_keywidget":
                    found.extend(
                        (f"{child.module}.{alias.name}", child.lineno, inside) for alias in child.names
                    )
            visit(child, inside=inside or isinstance(child, functions))

    visit(ast.parse(path.read_text()), inside=False)
    return found


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_arrows_go_down_only(path: Path) -> None:
    """A module imports only the rooms that the plan lets it see."""
    module = name_of(path)
    room = room_of(module, ROOMS)
    assert room or not module, f"{module} lies in no room of the plan"
    allowed = ROOMS[room] | ({room.split(".")[0]} if room else set())
    for name, line, _ in imports_of(path):
        own, _, target = name.partition(".")
        if own == "arcgis_keywidget" and target not in {"", "__version__"}:
            seen = any(target == other or target.startswith(f"{other}.") for other in allowed)
            assert seen, f"{module}:{line} may not import {target}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_outside_packages_stay_in_their_rooms(path: Path) -> None:
    """httpx, traitlets, Starlette and the like are imported only where the plan puts them."""
    module = name_of(path)
    room = room_of(module, OUTSIDE)
    for name, line, inside in imports_of(path):
        top = name.split(".")[0]
        if top in sys.stdlib_module_names or top == "arcgis_keywidget":
            continue
        assert room is not None, f"{module}:{line} may not import {top}"
        assert top in OUTSIDE[room], f"{module}:{line} may not import {top}"
        assert inside or top not in INSIDE_FUNCTIONS_ONLY, f"{module}:{line} imports {top} at its top"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_extras_are_imported_when_they_are_used(path: Path) -> None:
    """A module that needs one is imported inside functions, but by others of its kind."""
    module = name_of(path)
    for name, line, inside in imports_of(path):
        target = name.partition(".")[2]
        if target in OF_EXTRAS and module not in OF_EXTRAS:
            assert inside, f"{module}:{line} imports {target} at its top"


@pytest.mark.parametrize(
    "path",
    [path for path in SOURCES if path.stem != "texts"],  # catalogues of texts are as long as they are
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_a_file_is_one_idea(path: Path) -> None:
    """No file is longer than 300 lines."""
    assert len(path.read_text().splitlines()) <= 300


def test_functions_are_short() -> None:
    """Functions have a median of at most 14 lines, 30 at the ninetieth percentile, none over 60."""
    lengths = [
        (node.end_lineno - node.lineno + 1, f"{name_of(path)}.{node.name}")
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    sizes = [size for size, _ in lengths]
    assert statistics.median(sizes) <= 14
    assert statistics.quantiles(sizes, n=10)[-1] <= 30
    assert max(lengths)[0] <= 60, max(lengths)
