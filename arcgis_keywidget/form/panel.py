"""The form of JupyterLab's side panel: one a kernel, which nothing in the notebook holds."""

from __future__ import annotations

from arcgis_keywidget.form.widget import KeyForm

_shown: list[KeyForm] = []


def panel_form(view: str = "new") -> KeyForm:
    """Return a form in the place of the one that this returned before; the session goes on with it.

    Args:
        view: ``new`` for a new key, ``keys`` for the keys that are there.
    """
    while _shown:
        _shown.pop().close()
    _shown.append(KeyForm(keys=view == "keys"))
    return _shown[0]
