"""Write docs/configuration.md out of the settings themselves: their names, types and help.

python -m tools.configuration_reference
"""

from __future__ import annotations

from pathlib import Path

from arcgis_keywidget.config import SECTION, FormConfig, Settings, variable_of
from arcgis_keywidget.config.values import NEEDS

PAGE = Path(__file__).parent.parent / "docs" / "configuration.md"
_TYPES = {"Unicode": "text", "List": "list", "Dict": "dictionary", "Int": "whole number"}
_ARGUMENTS = {"portal": "portal", "preset": "preset", "locks": "lock"}
"""Arguments of `KeyForm` that are older than the settings."""

_HEAD = f"""\
# Configuration

<!-- Made from the code by tools/configuration_reference.py; a test holds the two together. -->

Everything here can be set once for a person, an environment or a whole machine, such as a Hub; nothing must
be. `arcgis-keywidget config` prints what is in force and where each setting comes from (`--json` for
programs), and ends with status 1 where a setting was left out.

## Where settings come from
What counts is the first of these that has the setting:

1. arguments of `{SECTION}(...)`, for one form;
2. the environment: `ARCGIS_KEYWIDGET_PORTAL` and so on; an empty variable is not set;
3. IPython's configuration, as the kernel has read it: its command line, `ipython_kernel_config.py`,
   `ipython_config.py` and the same as `.json`, in the profile, then below `etc/ipython` of the environment,
   then in `/usr/local/etc/ipython` and `/etc/ipython`;
4. Jupyter's configuration, in the folders that `jupyter --paths` lists under `config`, first ones first; in
   each `jupyter_config.json`, then `jupyter_config.py`, then `jupyter_config.d/*.json`;
5. for the client id `ARCGIS_CLIENT`, then `ARCGIS_CLIENT_ID`;
6. the default.

What an argument `lock` names is locked beside what `locks` names. A list that a file adds to (`.append`) is
added to that of the file before. A setting that cannot be right is left out and told, in the form too; the
others stand, and so does the setting of the next place in this list.

A file of Jupyter for everybody, `/etc/jupyter/jupyter_config.py`, or of IPython,
`/etc/ipython/ipython_config.py`:

```python
c = get_config()
c.{SECTION}.portal = "https://gis.example.com/portal"
c.{SECTION}.max_days = 30
c.{SECTION}.presets = {{"course": {{"title": "Our course", "privileges": ["premium:user:basemaps"]}}}}
c.{SECTION}.preset = "course"
c.{SECTION}.ca_bundle = "/etc/ssl/our-authority.pem"
```

The same as `jupyter_config.json`, or a file in `jupyter_config.d`:

```json
{{"{SECTION}": {{"portal": "https://gis.example.com/portal", "max_days": 30}}}}
```

In the environment, lists have commas between, or are JSON; dictionaries are JSON; `proxies` may be one
address for all.

These are settings, not a fence: who may run code can make whatever key the portal allows. Limits that must
hold are the portal's to keep.

On the command line, `create` begins with `preset`, `default_days`, `folder` and `tags` where nothing else is
said, offers `presets`, and refuses what `max_days` and `locks` do not let be; `rotate` obeys `default_days`
and `max_days`. `portal`, `client_id` and the client ids of `portals` hold for every command that signs in.

`ca_bundle`, `proxies` and `trusted_hosts` hold for every request of the package: signing in, basemaps,
layers, maps, checks of keys and the command line. In code they are `models.Network`, as an argument of
`Portal` or `ApiKey`.

## Settings
"""


def reference() -> str:
    """Return the page."""
    return _HEAD + "".join(_entry(name) for name in NEEDS)


def _entry(name: str) -> str:
    trait = FormConfig.class_traits()[name]
    kind = _TYPES[type(trait).__name__]
    argument = name if name in Settings.__annotations__ else _ARGUMENTS[name]
    default = trait.default()
    usual = "not set" if default in (None, "", [], {}) else f"`{default!r}`"
    places = f"`c.{SECTION}.{name}` · `{variable_of(name)}` · `{SECTION}({argument}=...)`"
    return f"\n### `{name}`\n{places}\n\n{trait.help} ({kind}; by default {usual})\n"


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
