"""What an administrator, or a person, sets for every form: the section `c.KeyForm` of IPython.

In `ipython_config.py` (or `/etc/ipython/ipython_config.py`, for everybody on a machine)::

    c.KeyForm.portal = "https://gis.example.com/portal"
    c.KeyForm.portals = [
        {"title": "Our portal", "url": "https://gis.example.com/portal", "client_id": "abcdef0123456789"},
    ]
    c.KeyForm.methods = ["browser", "token"]
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from traitlets import Dict, Enum, List, Unicode
from traitlets.config import Config, Configurable

from arcgis_keywidget.models import SIGN_IN_METHODS, client_id_in

if TYPE_CHECKING:
    from collections.abc import Mapping

SECTION = "KeyForm"

_NEEDS = {
    "portal": "It must be a text: the address of a portal, or 'practice'.",
    "portals": "It must be a list of {'title': ..., 'url': ..., 'client_id': ...}, each of them a text.",
    "client_id": "It must be a text: the client id of OAuth 2.0 credentials.",
    "methods": f"It must be a list of some of {', '.join(SIGN_IN_METHODS)}.",
}


class FormConfig(Configurable):
    """The settings of `c.KeyForm`; one that cannot be right is left out, and told in `problems`.

    Args:
        config: the configuration of the kernel; other sections than ``KeyForm`` are not read.
        environ: the environment, where the client id is looked for when the configuration has none.

    Attributes:
        problems: one sentence for each setting that was left out.
    """

    portal = Unicode(help="Address of the portal that a form begins with, or practice.").tag(config=True)
    portals = List(
        Dict(per_key_traits={"title": Unicode(), "url": Unicode(), "client_id": Unicode()}),
        help="Portals to choose from: dictionaries of title, url and, where there is one, client_id.",
    ).tag(config=True)
    client_id = Unicode(help="OAuth client id for portals that have none of their own.").tag(config=True)
    methods = List(
        Enum(SIGN_IN_METHODS),
        help=f"Ways to sign in that are offered, in order: {', '.join(SIGN_IN_METHODS)}; empty for all.",
    ).tag(config=True)

    def __init__(
        self, config: Mapping[str, Any] | None = None, environ: Mapping[str, str] | None = None
    ) -> None:
        super().__init__()
        self.problems: list[str] = []
        section = (config or {}).get(SECTION)
        for name, value in section.items() if isinstance(section, dict) else ():
            self._set(name, value)
        self.client_id = self.client_id.strip() or client_id_in(os.environ if environ is None else environ)

    @classmethod
    def section_names(cls) -> list[str]:
        """Name the section by the form, which is the name that people know."""
        return [SECTION]

    def _set(self, name: str, value: object) -> None:
        """Take one setting over, alone: a bad one must not take the good ones with it."""
        if name not in _NEEDS:
            self.problems.append(f"c.{SECTION}.{name} is not known; there are {', '.join(_NEEDS)}.")
            return
        before = getattr(self, name)
        try:
            self._load_config(Config({SECTION: {name: value}}))
        except Exception:  # noqa: BLE001 (whatever traitlets makes of it: a mistake here stops no form)
            self.set_trait(name, before)
            self.problems.append(f"c.{SECTION}.{name} is left out. {_NEEDS[name]}")


def read_config() -> FormConfig:
    """Return the settings of this kernel, or of the environment alone where there is no IPython."""
    ipython = sys.modules.get("IPython")  # a kernel has it; a script need not load it for this
    shell = ipython.get_ipython() if ipython is not None else None
    return FormConfig(shell.config if shell is not None else None)
