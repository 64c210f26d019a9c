"""The settings themselves: taken from one place after the other, each with its source."""

from __future__ import annotations

import os
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from traitlets import Dict, Enum, Int, List, Unicode
from traitlets.config import Config, Configurable

from arcgis_keywidget.config.sources import OF_IPYTHON, Layer, Source
from arcgis_keywidget.config.values import LOCKABLE, NEEDS, check, parse
from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.models import (
    MAX_DAYS,
    PRESETS,
    SIGN_IN_METHODS,
    Network,
    Proxies,
    Secret,
    client_id_in,
    client_variable_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SECTION = "KeyForm"
_PREFIX = "ARCGIS_KEYWIDGET_"


class Settings(TypedDict, total=False):
    """The settings that `KeyForm` takes as arguments, too; docs/configuration.md tells what each is."""

    portals: Sequence[Mapping[str, str]]
    client_id: str
    methods: Sequence[str]
    presets: Mapping[str, Any]
    default_days: int
    max_days: int
    folder: str
    tags: Sequence[str]
    ca_bundle: str
    proxies: Mapping[str, str]
    trusted_hosts: Sequence[str]


class FormConfig(Configurable):
    """The settings of forms; one that cannot be right is left out, and told in `problems`.

    Args:
        config: a configuration of IPython; other sections than ``KeyForm`` are not read.
        environ: the environment, which counts more than files; this process's unless given.
        layers: what other places say, the last of them counts most; ``config`` counts more.

    Attributes:
        left_out: the name of each setting that was left out, and a sentence that tells it.
    """

    portal = Unicode(help="Address of the portal that a form begins with, or `practice`.").tag(config=True)
    portals = List(
        Dict(per_key_traits={"title": Unicode(), "url": Unicode(), "client_id": Unicode()}),
        help="Portals to choose from: dictionaries of title, url and, where there is one, client_id.",
    ).tag(config=True)
    client_id = Unicode(
        help="OAuth client id for portals that have none of their own; else from `ARCGIS_CLIENT`, "
        "`ARCGIS_CLIENT_ID`."
    ).tag(config=True)
    methods = List(
        Enum(SIGN_IN_METHODS),
        help="Ways to sign in that are offered, in order: "
        f"{', '.join(f'`{name}`' for name in SIGN_IN_METHODS)}; empty for all.",
    ).tag(config=True)
    presets = Dict(
        key_trait=Unicode(),
        help="Choices of privileges of your own, offered before those of the form to accounts that may "
        "grant all of them: a name, and a list of privileges, or a dictionary of `privileges`, `title`, "
        "`text` (what it is good for) and `item` (`True`: an item must be chosen).",
    ).tag(config=True)
    preset = Unicode(
        help="The preset that is chosen at first: a name among `presets`, or `basemaps`, `basemaps-layer`, "
        "`basemaps-services`, `layer`."
    ).tag(config=True)
    default_days = Int(
        None,
        allow_none=True,
        min=1,
        max=MAX_DAYS,
        help="Days that a key lives unless the person says otherwise.",
    ).tag(config=True)
    max_days = Int(
        None,
        allow_none=True,
        min=1,
        max=MAX_DAYS,
        help="Days that a key of the form, or of the command line, lives at most.",
    ).tag(config=True)
    folder = Unicode(
        help="Title of the folder for new keys, made where there is none; empty for the root."
    ).tag(config=True)
    tags = List(Unicode(), help="Tags of new keys.").tag(config=True)
    locks = List(
        Enum(LOCKABLE),
        help="What the person may not change in the form, nor by `create`, by the arguments of `KeyRequest`: "
        f"{', '.join(f'`{name}`' for name in LOCKABLE)}.",
    ).tag(config=True)
    ca_bundle = Unicode(
        help="File of certificates (PEM) on the kernel's machine that are trusted beside the machine's own."
    ).tag(config=True)
    proxies = Dict(
        key_trait=Unicode(),
        value_trait=Unicode(),
        help="The proxy's address by `https`, `http` or `all`, and by `no` the hosts that are asked without "
        "one, with commas between; in the place of `HTTPS_PROXY` and the like. This machine itself is never "
        "asked through a proxy.",
    ).tag(config=True)
    trusted_hosts = List(
        Unicode(),
        help="Further hosts that may see the keys and tokens of every portal, such as the servers of your "
        "organization: `gis.example.com` (any port), or `gis.example.com:6443`.",
    ).tag(config=True)

    def __init__(
        self,
        config: Mapping[str, Any] | None = None,
        environ: Mapping[str, str] | None = None,
        *,
        layers: Iterable[Layer] = (),
    ) -> None:
        super().__init__()
        self.left_out: list[tuple[str, str]] = []
        self._sources: dict[str, Source] = {}
        environ = os.environ if environ is None else environ
        section = (config or {}).get(SECTION)
        own = [Layer(Source("ipython", OF_IPYTHON), section)] if isinstance(section, dict) else []
        for layer in [*layers, *own]:
            self._take(layer)
        self._take_environment(environ)
        self.client_id = self.client_id.strip()
        if not self.client_id and client_variable_in(environ):
            self.client_id = client_id_in(environ)
            self._sources["client_id"] = Source("environment", client_variable_in(environ))
        self._fit()

    @classmethod
    def section_names(cls) -> list[str]:
        """Name the section by the form, which is the name that people know."""
        return [SECTION]

    @property
    def problems(self) -> list[str]:
        """One sentence for each setting that was left out."""
        return [text for _, text in self.left_out]

    @property
    def network(self) -> Network:
        """How requests leave the kernel."""
        bundle = str(Path(self.ca_bundle).expanduser()) if self.ca_bundle else ""
        trust = tuple(host.strip() for host in self.trusted_hosts)
        return Network(bundle, proxies=Proxies(self.proxies), trust=trust)

    def source(self, name: str) -> Source:
        """Return where a setting comes from."""
        return self._sources.get(name, Source())

    def take_arguments(self, arguments: Mapping[str, Any]) -> None:
        """Take over what somebody has set in code, which counts most; None is not set.

        Raises:
            FieldError: a value that cannot be right, named by its setting.
            TypeError: no such argument.
        """
        for name, value in arguments.items():
            if name not in Settings.__annotations__:
                raise TypeError(f"KeyForm() has no argument {name!r}.")
            if value is not None and (reason := self._set(name, value, Source("argument", name))):
                raise FieldError(name, reason)
        self._fit()

    def _take(self, layer: Layer) -> None:
        if layer.problem:
            self.left_out.append(("", layer.problem))
        for name, value in layer.section.items():
            source = layer.source_of(name)
            place = "" if source.place == OF_IPYTHON else f" ({source.place})"
            if name not in NEEDS:
                told = f"c.{SECTION}.{name} is not known{place}; there are {', '.join(NEEDS)}."
                self.left_out.append((name, told))
            elif reason := self._set(name, value, source):
                self.left_out.append((name, f"c.{SECTION}.{name} is left out{place}. {reason}"))

    def _take_environment(self, environ: Mapping[str, str]) -> None:
        for name in NEEDS:
            variable = variable_of(name)
            text = environ.get(variable, "")
            if not text.strip():
                continue
            try:
                reason = self._set(name, parse(name, text), Source("environment", variable))
            except (ValueError, RecursionError):  # no number, no JSON, or one of a thousand brackets
                reason = NEEDS[name]
            if reason:
                self.left_out.append((name, f"{variable} is left out. {reason}"))

    def _set(self, name: str, value: object, source: Source) -> str:
        """Take one setting over, alone: a bad one must not take the good ones with it; return why not."""
        before, reason = getattr(self, name), ""
        try:
            self._load_config(Config({SECTION: {name: deepcopy(_opened(value))}}))
            check(name, getattr(self, name))
        except FieldError as error:
            reason = error.message
        except Exception:  # noqa: BLE001 (whatever traitlets makes of it: a mistake here stops no form)
            reason = NEEDS[name]
        if reason:
            self.set_trait(name, before)
        else:
            self._sources[name] = source
        return reason

    def _fit(self) -> None:
        """Hold the settings against each other: the longest lifetime bounds the first one."""
        if self.preset and self.preset not in {*PRESETS, *self.presets}:
            self.left_out.append(("preset", f"preset is left out. {NEEDS['preset']}"))
            self.preset = ""
            self._sources.pop("preset", None)
        if self.default_days and self.max_days and self.default_days > self.max_days:
            told = f"default_days is more than max_days; {self.max_days} is taken."
            self.left_out.append(("default_days", told))
            self.default_days, self._sources["default_days"] = self.max_days, self.source("max_days")


def veil(settings: Settings) -> Settings:
    """Return settings of code whose proxies, which may hold passwords, are masked; never fails."""
    proxies: Any = settings.get("proxies")
    if proxies is None:
        return settings
    named = proxies.items() if isinstance(proxies, dict) else [("all", proxies)]
    hidden: Any = {name: Secret(address) for name, address in named}  # what FormConfig opens again
    return {**settings, "proxies": hidden}


def _opened(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return {name: entry.reveal() if isinstance(entry, Secret) else entry for name, entry in value.items()}


def variable_of(name: str) -> str:
    """Return the environment variable of a setting."""
    return f"{_PREFIX}{name.upper()}"
