"""The form of JupyterLab's side panel: one a kernel, which nothing in the notebook holds."""

from __future__ import annotations

from arcgis_keywidget.form import sessions
from arcgis_keywidget.form.widget import KeyForm

_shown: list[KeyForm] = []


def panel_form(view: str = "new", portal: str = "") -> KeyForm:
    """Return a form in the place of the one that this returned before; the session goes on with it.

    Args:
        view: ``new`` for a new key, ``keys`` for the keys that are there.
        portal: address for the first form of this kernel, which has no other to go on from; empty for
            what the configuration says.
    """
    while _shown:
        _shown.pop().close()
    _shown.append(KeyForm((portal or None) if sessions.find(None) is None else None, keys=view == "keys"))
    return _shown[0]
