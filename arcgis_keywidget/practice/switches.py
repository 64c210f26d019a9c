"""Where the real portal's behaviour is not certain: one switch each, the strict choice the default.

`docs/fidelity.md` says how sure each one is. On the command line: `--switch name=choice`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal, get_args, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Mapping


def _switch(default: str, about: str) -> Any:  # noqa: ANN401 (as `dataclasses.field` does)
    return field(default=default, metadata={"about": about})


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """How the practice portal behaves where nobody outside Esri knows for sure."""

    oauth_keys: Literal["accept", "refuse"] = _switch(
        "accept", "whether a person's OAuth token may register apps"
    )
    password_tokens: Literal["accept", "refuse"] = _switch(
        "accept", "whether generateToken takes passwords, or answers each as a wrong one"
    )
    edits: Literal["void-changed", "void", "keep"] = _switch(
        "void-changed", "what an edit of privileges, items or referrers does to live keys"
    )
    expiry: Literal["second", "day"] = _switch(
        "second", "whether a key's date is kept to the second or moved to the end of its UTC day"
    )
    soonest_expiry: Literal["any", "tomorrow"] = _switch(
        "any", "whether a key may end on the UTC day that it is made on"
    )
    add_item_expiry: Literal["ignore", "keep"] = _switch("ignore", "what addItem does with a key's date")
    key_keyword: Literal["registration", "first-key"] = _switch(
        "registration", "when an item gets the keyword APIToken"
    )
    own_keywords: Literal["keep", "drop"] = _switch(
        "keep", "whether registration keeps the type keywords that an item came with"
    )
    revoked_expiry: Literal["keep", "clear"] = _switch("keep", "what revoking a key does to its slot's date")
    live_expiry: Literal["keep", "void"] = _switch(
        "keep", "what a new date for a slot does to the key that is live in it"
    )
    api_tokens: Literal["accept", "refuse"] = _switch(
        "accept", "whether portals/self/apiTokens takes an OAuth token"
    )
    key_user: Literal["personal", "always", "never"] = _switch(
        "personal", "which keys see their owner in portals/self and community/self"
    )
    referrers: Literal["origin", "prefix"] = _switch(
        "origin",
        "whether a referrer is compared by scheme, host and port, or as the beginning of the Referer",
    )
    service_root: Literal["token", "open"] = _switch(
        "token", "whether a VectorTileServer's root answers 499 in HTTP 200 without a token"
    )
    styles_self: Literal["token", "open"] = _switch("token", "whether the list of styles needs a token")
    style_resources: Literal["open", "token"] = _switch("open", "whether glyphs and sprites need a token")
    style_path: Literal["bare", "slash"] = _switch(
        "bare", "whether the path of a style in the list of styles begins with a slash"
    )
    static_imagery: Literal["labels", "complete"] = _switch(
        "labels", "whether the static tiles have the whole imagery style or its labels alone"
    )
    open_language: Literal["refuse", "ignore"] = _switch(
        "refuse", "what static tiles of an open style do with the parameter language, which these lack"
    )
    authorization: Literal["all", "portal"] = _switch(
        "all", "whether hosted layers read the header Authorization as the portal does"
    )
    token_minutes: Literal["60", "120"] = _switch(
        "60", "how long a token of generateToken lives when the request does not say"
    )
    longest_token: Literal["-1", "30"] = _switch(
        "-1",
        "how many minutes the organisation lets people's tokens live; -1 for what the account kind allows",
    )
    protected: Literal["403", "400"] = _switch("403", "the code with which a protected item refuses to go")

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Switches:
        """Check the names and choices of switches.

        Raises:
            ValueError: there is no such switch or choice; says which there are.
        """
        choices, checked = cls.choices(), dict[str, Any](given)
        for name, choice in given.items():
            if name not in choices:
                raise ValueError(f"There is no switch {name!r}; there are {', '.join(choices)}.")
            if choice not in choices[name]:
                raise ValueError(f"The switch {name} is one of {', '.join(choices[name])}; not {choice!r}.")
        return cls(**checked)

    @classmethod
    def choices(cls) -> dict[str, tuple[str, ...]]:
        """The choices of each switch, the default first."""
        hints = get_type_hints(cls)
        return {switch.name: get_args(hints[switch.name]) for switch in fields(cls)}

    @classmethod
    def about(cls) -> dict[str, str]:
        """What each switch decides."""
        return {switch.name: switch.metadata["about"] for switch in fields(cls)}
