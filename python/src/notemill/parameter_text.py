"""Parameters as YAML text that the command reads back value by value.

The command reads parameter files as PyYAML does, so JSON text would not do: there
``1e+16`` and ``NaN`` are strings. Everything is written in flow style, text in
double quotes.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from .errors import ScrapError
from .exceptions import InvalidParameterError
from .to_json import to_json


def parameter_text(parameters: Mapping[str, Any]) -> str:
    """Writes parameters as one YAML mapping, in their order.

    Tuples become lists, sets sorted lists, dates ISO 8601 text, NumPy values
    numbers and lists, paths text.

    >>> import datetime
    >>> parameter_text({"big": 1e16, "on": datetime.date(2026, 7, 1), "pair": (None, float("inf"))})
    '{"big": 1.0e+16, "on": "2026-07-01", "pair": [null, .inf]}'

    :raises InvalidParameterError: ``PARAMETER_VALUE_UNSUPPORTED`` for a value with no such form.
    """
    try:
        return _write(to_json(dict(parameters)))
    except ScrapError as error:
        path = error.details.get("path") or ["?"]
        found = error.details.get("type", "a value")
        raise InvalidParameterError(
            "PARAMETER_VALUE_UNSUPPORTED",
            f'the parameter "{path[0]}" cannot be given to a notebook: it holds {found}, '
            "and only None, booleans, numbers, text, lists and dicts can",
            error.details,
        ) from error


def _write(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {_write(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_write(item) for item in value) + "]"
    if isinstance(value, str):
        return _quote(value)
    if isinstance(value, float):
        return _float(value)
    return json.dumps(value)


def _float(value: float) -> str:
    if math.isnan(value):
        return ".nan"
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    mantissa, mark, exponent = repr(value).partition("e")
    # YAML 1.1 takes a number with an exponent and no point for text.
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}{mark}{exponent}"


def _key(key: str) -> str:
    """Keys of more than 1,024 characters must be marked as keys."""
    quoted = _quote(key)
    return quoted if len(quoted) < 1000 else f"? {quoted} "


def _quote(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


#: What YAML takes for a line break or forbids, and JSON does not escape.
_SPECIAL = re.compile("[\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
