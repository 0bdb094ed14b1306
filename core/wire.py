"""JSON of core's dataclasses, and back, by their type hints. It knows shapes only; what they mean is elsewhere.

Unknown fields are ignored. Whatever cannot be read raises `Invalid("wire.not_understood")` and nothing else.
"""

import hashlib
import json
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache
from typing import TypeVar, Union, get_args, get_origin, get_type_hints

from core.errors import Invalid

T = TypeVar("T")
KIND = "kind_of"
"""The field that tells which of several dataclasses it is."""

_Decoder = Callable[[object], object]


def to_json(value: object) -> str:
    """One line of JSON. Instants are ISO 8601 with `Z`, lengths seconds, sets sorted lists."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def from_json(kind: type[T], text: str | bytes) -> T:
    """What `to_json` made of a `kind`. Raises `Invalid`."""
    data = parsed(text)
    try:
        return _decoder(kind)(data)  # type: ignore[arg-type,return-value]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError, AttributeError) as trouble:
        raise Invalid("wire.not_understood", kind=kind.__name__, why=str(trouble)[:120]) from None


def parsed(text: str | bytes) -> object:
    """The plain value of a JSON text. Raises `Invalid` for anything else."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as trouble:
        raise Invalid("wire.not_understood", kind="JSON", why=str(trouble)[:120]) from None


def chain(record: object, previous: str) -> str:
    """Hex SHA-256 over a record and the chain of the one before it: a record changed or missing breaks all after it.

    The record's own `chain` does not count, so that it can be checked as it lies there. Nor do fields with nothing in
    them, so that a make that knows one field more, or one less, finds the same.
    """
    plain = _plain(record)
    if isinstance(plain, dict):
        plain = _filled({name: value for name, value in plain.items() if name != "chain"})
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def _filled(plain: object) -> object:
    """Without the fields in which there is nothing: no text, no number but 0, no yes, nobody."""
    if not isinstance(plain, dict):
        return plain
    return {name: _filled(value) for name, value in plain.items() if value}


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | int | float):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise Invalid("time.zone_missing", given=value.isoformat())
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, frozenset):
        return sorted(_plain(item) for item in value)  # type: ignore[type-var]
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if is_dataclass(value):
        found: dict[str, object] = {KIND: type(value).__name__}
        found.update((field.name, _plain(getattr(value, field.name))) for field in fields(value))
        return found
    raise TypeError(f"{type(value).__name__} has no JSON")


@cache
def _decoder(kind: object) -> _Decoder:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _of_union(arguments)
    if origin in (tuple, frozenset):
        return _of_many(origin, _decoder(arguments[0]))
    if origin is dict:
        return _of_mapping(_decoder(arguments[1]))
    if isinstance(kind, type):
        if is_dataclass(kind):
            return _of_dataclass(kind)
        if issubclass(kind, Enum):
            return kind
        if simple := _SIMPLE.get(kind):
            return simple
    raise TypeError(f"{kind} cannot travel")


def _of_union(arguments: tuple[object, ...]) -> _Decoder:
    others = [argument for argument in arguments if argument is not types.NoneType]
    may_be_none = len(others) < len(arguments)
    if len(others) == 1:
        only = _decoder(others[0])
        return lambda data: None if data is None and may_be_none else only(data)
    by_name = {getattr(argument, "__name__", ""): _decoder(argument) for argument in others}

    def decode(data: object) -> object:
        if data is None and may_be_none:
            return None
        if not isinstance(data, dict):
            raise TypeError("not an object")
        return by_name[data[KIND]](data)

    return decode


def _of_many(made: type, item: _Decoder) -> _Decoder:
    def decode(data: object) -> object:
        if not isinstance(data, list):
            raise TypeError("not a list")
        return made([item(one) for one in data])

    return decode


def _of_mapping(item: _Decoder) -> _Decoder:
    def decode(data: object) -> object:
        if not isinstance(data, dict):
            raise TypeError("not an object")
        return {str(_text(key)): item(one) for key, one in data.items()}

    return decode


def _of_dataclass(kind: type) -> _Decoder:
    hints = get_type_hints(kind)
    decoders = [(field.name, _decoder(hints[field.name])) for field in fields(kind)]
    needed = [field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING]

    def decode(data: object) -> object:
        if not isinstance(data, dict):
            raise TypeError(f"{kind.__name__} is not an object")
        for name in needed:
            if name not in data:
                raise KeyError(f"{kind.__name__}.{name}")
        return kind(**{name: decoder(data[name]) for name, decoder in decoders if name in data})

    return decode


def _exactly(wanted: type) -> _Decoder:
    def decode(data: object) -> object:
        if type(data) is not wanted:
            raise TypeError(f"not {wanted.__name__}")
        return data

    return decode


def _text(data: object) -> object:
    """Text that every database takes: no NUL, nothing that is not Unicode."""
    if type(data) is not str:
        raise TypeError("not a text")
    if not data.isascii():
        data.encode("utf-8")
    if "\x00" in data:
        raise ValueError("a NUL in a text")
    return data


def _whole_number(data: object) -> object:
    """Within 63 bits, as tables keep numbers."""
    if type(data) is not int or not -(2**63) <= data < 2**63:
        raise TypeError("not a whole number")
    return data


def _number(data: object) -> object:
    if type(data) not in (int, float):
        raise TypeError("not a number")
    return float(data)  # type: ignore[arg-type]


def _instant(data: object) -> object:
    if type(data) is not str:
        raise TypeError("not an instant")
    instant = datetime.fromisoformat(data)
    if instant.tzinfo is None:
        raise ValueError("an instant without a zone")
    return instant.astimezone(UTC)


def _length(data: object) -> object:
    return timedelta(seconds=float(_number(data)))  # type: ignore[arg-type]


_SIMPLE: dict[type, _Decoder] = {
    str: _text,
    bool: _exactly(bool),
    int: _whole_number,
    float: _number,
    datetime: _instant,
    timedelta: _length,
}
