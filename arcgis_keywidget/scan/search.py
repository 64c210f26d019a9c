"""Look for keys in files, and on demand clean what is not a person's own text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from arcgis_keywidget.errors import KeyWidgetError
from arcgis_keywidget.scan.files import is_binary, read_candidate, replace_file
from arcgis_keywidget.scan.forms import find_keys
from arcgis_keywidget.scan.notebook import find_in_notebook, is_notebook, strip_notebook
from arcgis_keywidget.scan.places import Place, is_source, place_of
from arcgis_keywidget.scan.report import Report
from arcgis_keywidget.scan.walk import Walk

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from arcgis_keywidget.scan.files import Content

_NOTEBOOK = ".ipynb"
_AS_TEXT = "It is no valid notebook, so it was searched as plain text."


def scan(paths: Iterable[str | os.PathLike[str]], *, everything: bool = False, strip: bool = False) -> Report:
    """Look for ArcGIS keys in notebooks and text files.

    Args:
        paths: files, and folders, which are looked at with all that is below them.
        everything: look also into folders of tools (.git, node_modules) and virtual environments.
        strip: take keys out of outputs, widget state, attachments and metadata of notebooks. What people
            write themselves, sources and text files, is never changed.

    Returns:
        What was found, where, and what could not be read; it shows no key.
    """
    report, walk = Report(), Walk(everything=everything)
    for path in walk.files(map(Path, paths)):
        try:
            _look(path, report, strip=strip)
        except OSError as error:
            report.problems.append((path, error.strerror or "cannot be read"))
    report.problems.extend(walk.problems)
    report.folders, report.links = walk.folders, walk.links
    return report


def _look(path: Path, report: Report, *, strip: bool) -> None:
    if is_binary(path):
        report.binary += 1
        return
    report.files += 1
    content = read_candidate(path)
    if content is None:
        return
    text = content.text
    if path.suffix.lower() != _NOTEBOOK:
        _look_in_text(path, text, report)
    elif is_notebook(text):
        _look_in_notebook(path, content, report, strip=strip)
    else:
        report.notes.append((path, _AS_TEXT))
        _look_in_text(path, text, report)


def _look_in_text(path: Path, text: str, report: Report) -> None:
    line, counted = 1, 0
    for sighting in find_keys(text):
        line += text.count("\n", counted, sighting.start)
        counted = sighting.start
        report.add(path, Place(part="text", line=line), sighting)


def _look_in_notebook(path: Path, content: Content, report: Report, *, strip: bool) -> None:
    finds = [*find_in_notebook(content.text)]
    dirty = any(not is_source(find.path) for find in finds)
    stripped = strip and dirty and _strip(path, content, report)
    for find in finds:
        strippable = not is_source(find.path)
        removed = stripped and strippable
        report.add(path, place_of(find.path), find.sighting, strippable=strippable, removed=removed)


def _strip(path: Path, content: Content, report: Report) -> bool:
    """Whether a notebook could be cleaned; else the report says why not."""
    try:
        replace_file(path, content, _cleaned(content))
    except KeyWidgetError as error:
        report.problems.append((path, str(error)))
    except OSError as error:
        report.problems.append((path, f"cannot be written: {error.strerror}"))
    else:
        return True
    return False


def _cleaned(content: Content) -> bytes:
    """Return a notebook without its keys, if what comes out is sound.

    Raises:
        KeyWidgetError: it is not: it is no UTF-8, or a key remains.
    """
    try:
        cleaned = strip_notebook(content.data.decode())
    except UnicodeDecodeError:
        raise KeyWidgetError("It is not UTF-8, as notebooks are.", "Save it again in Jupyter.") from None
    left = [find for find in find_in_notebook(cleaned) if not is_source(find.path)]
    if left or not is_notebook(cleaned):
        raise KeyWidgetError("It could not be cleaned.", "Clear its outputs in Jupyter.")
    return cleaned.encode()
