"""Python values as JSON values, without a silent loss.

What JSON has no word for is written the way a reader would expect it: a tuple
as a list, a date as ISO 8601 text, a NumPy scalar as its number. What has no
such way, such as a complex number, is refused with the path to it.
"""

from __future__ import annotations

import datetime
import decimal
import enum
import math
import os
import sys
import uuid
from collections.abc import Iterable
from typing import Any

from .errors import ScrapError

Path = tuple[object, ...]

#: Deepest nesting that is converted; every level costs a few of Python's 1,000 stack frames.
MAX_DEPTH = 100


def to_json(value: Any) -> Any:
    """Converts ``value`` to what ``json.dumps`` writes as strict JSON, but for NaN and infinities.

    >>> import datetime
    >>> to_json({"on": datetime.date(2026, 7, 1), "pair": (1, 2.0), 3: {True}})
    {'on': '2026-07-01', 'pair': [1, 2.0], '3': [True]}

    :raises ScrapError: ``SCRAP_NOT_ENCODABLE`` with ``details["path"]``.
    """
    return _convert(value, (), ())


def is_json_like(value: Any) -> bool:
    """Whether :func:`to_json` knows the type of ``value`` itself; what it holds may still be refused."""
    kinds = (dict, list, tuple, set, frozenset, bool, int, float)
    return value is None or isinstance(value, kinds) or _is_numpy(value) or _is_missing(value)


def is_text_like(value: Any) -> bool:
    """Whether ``value`` is text, or has one obvious text form (date, time, path, UUID, decimal)."""
    kinds = (str, datetime.date, datetime.time, decimal.Decimal, uuid.UUID, os.PathLike)
    return isinstance(value, kinds) and not _is_missing(value)


def text_of(value: Any) -> str:
    """The text form of a value for which :func:`is_text_like` holds.

    >>> text_of(datetime.datetime(2026, 7, 1, 8, 30))
    '2026-07-01T08:30:00'
    """
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, os.PathLike):
        return str(os.fspath(value))
    # `str.__str__` gives a plain string for a subclass such as `numpy.str_`.
    return str.__str__(value) if isinstance(value, str) else str(value)


def holds_non_finite(value: Any) -> bool:
    """Whether a converted value holds a NaN or an infinity, which strict JSON cannot.

    >>> holds_non_finite([1, {"loss": float("nan")}])
    True
    """
    if isinstance(value, float):
        return not math.isfinite(value)
    if isinstance(value, list):
        return any(holds_non_finite(item) for item in value)
    if isinstance(value, dict):
        return any(holds_non_finite(item) for item in value.values())
    return False


def _convert(value: Any, path: Path, parents: tuple[int, ...]) -> Any:
    if value is None or _is_missing(value):
        return None
    if isinstance(value, enum.Enum):
        return _convert(value.value, path, parents)
    if isinstance(value, bool):
        return value
    if _is_numpy(value):
        return _convert_numpy(value, path, parents)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if is_text_like(value):
        return text_of(value)
    if isinstance(value, (dict, list, tuple, set, frozenset)):
        return _convert_container(value, path, parents)
    raise _refused(value, path)


def _convert_container(value: Any, path: Path, parents: tuple[int, ...]) -> Any:
    if id(value) in parents:
        raise ScrapError(
            "SCRAP_NOT_ENCODABLE",
            f"the value at {_show(path)} holds itself; a scrap must be a tree",
            {"path": list(path)},
        )
    if len(parents) >= MAX_DEPTH:
        raise ScrapError(
            "SCRAP_NOT_ENCODABLE", f"the value is nested deeper than {MAX_DEPTH} levels", {"path": list(path)}
        )
    parents = (*parents, id(value))
    if isinstance(value, dict):
        return _convert_dict(value, path, parents)
    items: Iterable[Any] = _in_order(value) if isinstance(value, (set, frozenset)) else value
    return [_convert(item, (*path, index), parents) for index, item in enumerate(items)]


def _convert_dict(value: dict[Any, Any], path: Path, parents: tuple[int, ...]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, item in value.items():
        name = _key(key, path)
        if name in result:
            raise ScrapError(
                "SCRAP_NOT_ENCODABLE",
                f"two keys of the dict at {_show(path)} become {name!r} in JSON; use text keys",
                {"path": list(path), "key": name},
            )
        result[name] = _convert(item, (*path, name), parents)
    return result


def _key(key: Any, path: Path) -> str:
    """The JSON key for a dict key, as ``json.dumps`` chooses it; dates become text too."""
    plain = _convert(key, path, ())
    if isinstance(plain, str):
        return plain
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if plain is None:
        return "null"
    if isinstance(plain, (int, float)):
        return repr(plain)
    raise ScrapError(
        "SCRAP_NOT_ENCODABLE",
        f"the dict at {_show(path)} has the key {key!r}; JSON keys are text",
        {"path": list(path)},
    )


def _in_order(items: Any) -> list[Any]:
    """A set has no order; sort it where its items can be, so that two runs record the same."""
    try:
        return sorted(items)
    except TypeError:
        return sorted(items, key=repr)


def _convert_numpy(value: Any, path: Path, parents: tuple[int, ...]) -> Any:
    numpy = sys.modules["numpy"]
    if value.dtype.kind == "M":
        # Nanoseconds would turn into bare integers by `tolist`.
        text = numpy.datetime_as_string(value)
        blank = numpy.where(numpy.isnat(value), None, text)
        return _convert(blank.tolist(), path, parents)
    if value.dtype.kind in "mcSV":
        raise _refused(value, path)
    if value.dtype.kind == "f":
        # `longdouble` has no Python equal; the nearest float is what JSON readers see anyway.
        value = value.astype(float)
    return _convert(value.tolist(), path, parents)


def _is_numpy(value: Any) -> bool:
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(value, (numpy.generic, numpy.ndarray))


def _is_missing(value: Any) -> bool:
    """Whether ``value`` is one of pandas' two objects for "nothing here"."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and (value is pandas.NA or value is pandas.NaT)


def _refused(value: Any, path: Path) -> ScrapError:
    kind = f"{type(value).__module__}.{type(value).__qualname__}"
    where = f" at {_show(path)}" if path else ""
    return ScrapError(
        "SCRAP_NOT_ENCODABLE",
        f"a value of type {kind}{where} cannot be kept as data; convert it to a number, text, "
        "a list, a dict or a data frame, or pass display=True to keep what it looks like",
        {"type": kind, "path": list(path)},
    )


def _show(path: Path) -> str:
    return "".join(f"[{step!r}]" for step in path) or "the top"
