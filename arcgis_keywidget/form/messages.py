"""What the browser may ask, and the answers: every message is answered, whatever it holds."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.form.alerts import explain
from arcgis_keywidget.form.draft import PRACTICE
from arcgis_keywidget.form.fields import not_understood, text
from arcgis_keywidget.form.key_rows import outcomes_of, row_of
from arcgis_keywidget.form.transcript import exchanges_of
from arcgis_keywidget.models import Secret

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from arcgis_keywidget.form.flow import KeyFlow
    from arcgis_keywidget.models import Item

_LONGEST_SECRET = 16_384  # bytes; user tokens of Enterprise with SAML claims reach some thousands
_LONGEST_TEXT = 500  # characters of a search, or of a user name
_LONGEST_PASTE = 20_000  # characters; a hundred addresses of 200
_LONGEST_ID = 64
_MOST_ENTRIES = 1_000  # of a list
_SIGN_IN_FIELDS = frozenset({"portal", "username", "method", "client_id", "ca_file", "referrer"})


@dataclass(frozen=True, slots=True)
class Message:
    """A message from the browser, its secret taken out of the buffer and wrapped."""

    content: dict[str, Any]
    secret: Secret | None = None

    @classmethod
    def read(cls, content: object, buffers: Sequence[Any] | None) -> Message:
        """Return a message of any content; what is no message of ours becomes one of no known kind."""
        if not isinstance(content, dict):
            return cls({})
        try:
            secret = _secret(buffers or ())
        except (ValueError, TypeError):
            return cls({"id": content.get("id")})
        return cls(content, secret)

    @property
    def reply_to(self) -> str | int | None:
        """The id that the answer carries back."""
        value = self.content.get("id")
        short = isinstance(value, str) and len(value) <= _LONGEST_ID and value.isprintable()
        return value if short or (isinstance(value, int) and abs(value) < 1 << 53) else None


@dataclass(slots=True)
class Answer:
    """What goes back to the browser; binary parts, such as a key to copy, as buffers."""

    content: dict[str, Any] = field(default_factory=dict)
    buffers: list[bytes] = field(default_factory=list)


async def answer(flow: KeyFlow, message: Message) -> Answer:
    """Do what a message asks and return the answer; no error leaves this function."""
    kind = message.content.get("kind")
    handle = _KINDS.get(kind, _unknown) if isinstance(kind, str) else _unknown
    try:
        reply = await handle(flow, message) or Answer()
        reply.content = {"ok": True, **reply.content}
    except Exception as error:  # noqa: BLE001 (it is told to the person, without the secrets of a traceback)
        reply = Answer({"ok": False, "error": _error(error)})
    reply.content = {"kind": "answer", "re": message.reply_to, **reply.content}
    return reply


def _secret(buffers: Sequence[Any]) -> Secret | None:
    if not buffers:
        return None
    data = memoryview(buffers[0])
    if len(buffers) > 1 or data.nbytes > _LONGEST_SECRET:
        raise ValueError
    return Secret(data.tobytes().decode())


def _error(error: Exception) -> dict[str, str]:
    if isinstance(error, FieldError):
        return {"title": error.message, "hint": "", "field": error.field}
    alert = explain(error)
    return {"title": alert.title, "hint": alert.hint}


def _number(message: Message, name: str, default: int | None = None) -> int:
    value = message.content.get(name, default)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 31:
        return value
    raise not_understood()


def _text(message: Message, name: str, default: str = "", *, most: int = _LONGEST_TEXT) -> str:
    return text(message.content.get(name, default), most)


async def _unknown(_: KeyFlow, __: Message) -> NoReturn:
    raise not_understood()


async def _look(flow: KeyFlow, _: Message) -> Answer:
    return Answer({"state": flow.state()})


async def _draft(flow: KeyFlow, message: Message) -> Answer:
    errors = flow.fill(message.content.get("draft"))
    return Answer({"errors": errors, "draft": flow.draft.as_dict()})


async def _sign_in(flow: KeyFlow, message: Message) -> None:
    part, variable = _entry(message), message.content.get("variable", "")
    if part.get("portal") == PRACTICE:
        await flow.practise()
    elif isinstance(variable, str):
        await flow.sign_in(part, message.secret or Secret(""), variable)
    else:
        raise not_understood()


async def _page(flow: KeyFlow, message: Message) -> Answer:
    return Answer({"url": await flow.page(_entry(message))})


async def _transcript(flow: KeyFlow, _: Message) -> Answer:
    return Answer({"exchanges": exchanges_of(flow.transcript)})


def _entry(message: Message) -> dict[str, Any]:
    return {name: value for name, value in message.content.items() if name in _SIGN_IN_FIELDS}


async def _items(flow: KeyFlow, message: Message) -> Answer:
    page = await flow.items(
        _text(message, "text"),
        max(1, _number(message, "start", 1)),
        kinds=_text(message, "kinds", "layers"),
        owner=_text(message, "owner"),
    )
    return Answer({"items": _found(page.items), "total": page.total, "next_start": page.next_start})


async def _lookup(flow: KeyFlow, message: Message) -> Answer:
    found = await flow.lookup(_text(message, "text", most=_LONGEST_PASTE))
    return Answer({"items": _found(found.items), "problems": list(found.problems)})


def _found(items: Iterable[Item]) -> list[dict[str, str]]:
    return [
        {"id": item.id, "title": item.title, "type": item.type, "access": item.access, "owner": item.owner}
        for item in items
    ]


async def _privileges(flow: KeyFlow, message: Message) -> Answer:
    private = message.content.get("private", False)
    if not isinstance(private, bool):
        raise not_understood()
    return Answer({"tree": [asdict(node) for node in await flow.privileges(private=private)]})


async def _check(flow: KeyFlow, _: Message) -> Answer:
    return Answer({"errors": await flow.check()})


async def _code(flow: KeyFlow, _: Message) -> Answer:
    return Answer({"code": await flow.code()})


async def _folders(flow: KeyFlow, _: Message) -> Answer:
    return Answer({"folders": [folder.title for folder in await flow.folders()]})


async def _part(flow: KeyFlow, message: Message) -> Answer:
    try:
        return Answer(buffers=[await flow.outside.code(_text(message, "part"))])
    except KeyError:
        raise not_understood() from None


async def _keys(flow: KeyFlow, _: Message) -> Answer:
    return Answer({"keys": [row_of(flow, one) for one in await flow.keys()]})


async def _generate(flow: KeyFlow, message: Message) -> None:
    slot = None if message.content.get("slot") is None else _number(message, "slot")
    may_end = message.content.get("replace", False)
    if slot not in {None, 1, 2} or not isinstance(may_end, bool):
        raise not_understood()
    await flow.generate(_text(message, "item"), slot, _number(message, "days"), may_end=may_end)


async def _revoke(flow: KeyFlow, message: Message) -> Answer:
    after = await flow.revoke(_text(message, "item"), _number(message, "slot"))
    return Answer({"key": row_of(flow, after)})


async def _change(flow: KeyFlow, message: Message) -> Answer:
    after = await flow.change(
        _text(message, "item"),
        title=_text(message, "title", most=_LONGEST_PASTE),
        summary=_text(message, "summary", most=_LONGEST_PASTE),
        tags=_texts(message, "tags", most=_LONGEST_PASTE),
        folder=_text(message, "folder", most=_LONGEST_PASTE),
    )
    return Answer({"key": row_of(flow, after)})


async def _delete(flow: KeyFlow, message: Message) -> Answer:
    return Answer({"outcomes": outcomes_of(await flow.delete(_texts(message, "items")))})


def _texts(message: Message, name: str, *, most: int = _LONGEST_TEXT) -> list[str]:
    values = message.content.get(name)
    if not isinstance(values, list) or len(values) > _MOST_ENTRIES:
        raise not_understood()
    return [text(value, most) for value in values]


async def _delete_left(flow: KeyFlow, message: Message) -> None:
    if "draft" in message.content:  # what was typed last comes along
        flow.fill(message.content["draft"])
    await flow.delete_left()


async def _show(flow: KeyFlow, _: Message) -> Answer:
    return Answer(buffers=[flow.key().encode()])


async def _tile(flow: KeyFlow, message: Message) -> Answer:
    style = message.content.get("style")
    z, x, y = (_number(message, name) for name in "zxy")
    if not isinstance(style, str):
        raise not_understood()
    return Answer(buffers=[await flow.tile(style, z, x, y)])


async def _map(flow: KeyFlow, message: Message) -> Answer:
    told = await flow.map(message.content.get("ask"))
    named = {name: value for name, value in told.content.items() if name not in {"kind", "re"}}
    return Answer(named, told.buffers)


_Handle: TypeAlias = "Callable[[KeyFlow, Message], Awaitable[Answer | None]]"
_KINDS: MappingProxyType[str, _Handle] = MappingProxyType(
    {
        "look": _look,
        "draft": _draft,
        "sign-in": _sign_in,
        "page": _page,
        "kind": lambda flow, message: flow.assume(message.content.get("account")),
        "transcript": _transcript,
        "practice": lambda flow, _: flow.practise(),
        "privileges": _privileges,
        "items": _items,
        "lookup": _lookup,
        "folders": _folders,
        "check": _check,
        "code": _code,
        "create": lambda flow, message: flow.create(message.content.get("draft", {})),
        "cancel": lambda flow, _: flow.cancel(),
        "reveal": _show,
        "copy": _show,
        "tile": _tile,
        "map": _map,
        "another": lambda flow, _: flow.another(),
        "sign-out": lambda flow, _: flow.sign_out(),
        "forget": lambda flow, _: flow.forget(),
        "part": _part,
        "keys": _keys,
        "generate": _generate,
        "revoke": _revoke,
        "end-former": lambda flow, _: flow.end_former(),
        "change": _change,
        "delete": _delete,
        "places": lambda flow, _: flow.keepsake.look(),
        "keep": lambda flow, message: flow.keepsake.keep(_text(message, "where")),
        "unkeep": lambda flow, message: flow.keepsake.unkeep(_text(message, "where")),
        "delete-left": _delete_left,
    }
)
