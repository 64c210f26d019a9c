"""The form of JupyterLab's side panel: one a kernel, which nothing in the notebook holds."""

from __future__ import annotations

from arcgis_keywidget.form.widget import KeyForm

_shown: list[KeyForm] = []


def show(view: str = "new") -> None:
    """Show a form, in the place of the one that this showed before; the session goes on with it.

    Args:
        view: ``new`` for a new key, ``keys`` for the keys that are there.
    """
    from IPython.display import display  # noqa: PLC0415 (there where a kernel runs)

    while _shown:
        _shown.pop().close()
    form = KeyForm(keys=view == "keys")
    _shown.append(form)
    display(form)  # type: ignore[no-untyped-call]  # IPython has no types here
