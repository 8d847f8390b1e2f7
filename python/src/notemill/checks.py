"""Checks: scraps that decide whether a run counts as a success."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import Any, NamedTuple

from .errors import CheckWarning, ScrapError
from .gluing import publish_scrap
from .kernel_display import in_kernel
from .payload import check_name
from .scrap import Scrap
from .to_json import to_json

#: Marks the data of a scrap as a check; see docs/reference/scraps.md.
CHECK_TYPE = "notemill.check"

#: The version of the check format that is written, and the newest that is read.
CHECK_VERSION = 1

#: What a check that does not hold does to the run: fail it, warn, or only inform.
SEVERITIES = ("error", "warning", "info")


class Check(NamedTuple):
    """One check as a notebook recorded it."""

    name: str
    ok: bool
    severity: str
    message: str | None
    details: dict[str, Any]


def check(name: str, ok: Any, severity: str = "error", message: str | None = None, **details: Any) -> bool:
    """Records whether something holds, and gives it back as ``True`` or ``False``.

    The cell goes on either way. When the notebook ends, a failed check of
    severity ``error`` fails the run, ``warning`` marks it, ``info`` only informs.
    Every check counts, also two with the same name. In plain Python a failed
    check is a :class:`CheckWarning`.

    >>> rows = 3
    >>> check("has rows", rows > 0, rows=rows)
    True

    :param ok: Anything with one truth value; an array has none.
    :param details: Facts to keep with the check, as JSON values.
    :raises ScrapError: ``CHECK_INVALID``, ``SCRAP_NAME_INVALID``, ``SCRAP_NOT_ENCODABLE``.
    """
    check_name(name)
    if severity not in SEVERITIES:
        raise ScrapError(
            "CHECK_INVALID",
            f'the severity of the check "{name}" is one of {", ".join(SEVERITIES)}, not {severity!r}',
            {"name": name, "severity": severity},
        )
    text = None if message is None else str(message)
    result = Check(name, _truth(name, ok), severity, text, to_json(details))
    if in_kernel():
        publish_scrap(Scrap(name, check_data(result), "json"), {"text/plain": describe_check(result)}, {})
    elif not result.ok:
        warnings.warn(describe_check(result), CheckWarning, stacklevel=2)
    return result.ok


def check_data(result: Check) -> dict[str, Any]:
    """The data of the scrap that records ``result``."""
    data = result._asdict()
    del data["name"]
    return {"type": CHECK_TYPE, "version": CHECK_VERSION, **data}


def read_check(scrap: Scrap) -> Check | None:
    """Gives the check that a scrap records, or ``None`` for any other scrap.

    :raises ScrapError: ``CHECK_PAYLOAD_INVALID`` for a check that is broken or newer than this library.
    """
    data = scrap.data
    if not isinstance(data, dict) or data.get("type") != CHECK_TYPE:
        return None
    if data.get("version") != CHECK_VERSION:
        raise _unreadable(scrap.name, f"has version {data.get('version')!r:.80}, not {CHECK_VERSION}")
    ok, severity, message, details = (data.get(key) for key in ("ok", "severity", "message", "details"))
    if not isinstance(ok, bool):
        raise _unreadable(scrap.name, f'has the "ok" {ok!r:.80}, not true or false')
    if severity not in SEVERITIES:
        raise _unreadable(scrap.name, f'has the "severity" {severity!r:.80}')
    if message is not None and not isinstance(message, str):
        raise _unreadable(scrap.name, f'has the "message" {message!r:.80}, not text')
    if details is not None and not isinstance(details, dict):
        raise _unreadable(scrap.name, f'has "details" that are no object: {details!r:.80}')
    return Check(scrap.name, ok, severity, message, details or {})


def unreadable_check(name: str, reason: str) -> Check:
    """What stands in for a check that cannot be read: a failed one, since nobody knows that it held."""
    return Check(name, False, "error", reason, {})


def checks_outcome(checks: Iterable[Check]) -> str:
    """What the checks of a run say about it: ``failed``, ``warned`` or ``passed``.

    A failed check of severity ``error`` makes it ``failed``, else one of severity ``warning`` ``warned``.

    >>> checks_outcome([Check("rows", False, "warning", None, {})])
    'warned'
    """
    failed = {result.severity for result in checks if not result.ok}
    return "failed" if "error" in failed else "warned" if "warning" in failed else "passed"


def describe_check(result: Check) -> str:
    """One line for a person.

    >>> describe_check(Check("rows", False, "error", "table is empty", {"rows": 0}))
    'check failed: rows: table is empty (rows=0)'
    """
    mark = "" if result.ok or result.severity == "error" else f" ({result.severity})"
    parts: list[str] = [f"check {'passed' if result.ok else 'failed'}{mark}: {result.name}"]
    if result.message:
        parts.append(f": {result.message}")
    if result.details:
        facts = ", ".join(f"{key}={value!r}" for key, value in result.details.items())
        parts.append(f" ({facts})")
    return "".join(parts)


def _truth(name: str, ok: Any) -> bool:
    try:
        return bool(ok)
    except (TypeError, ValueError) as error:
        raise ScrapError(
            "CHECK_INVALID",
            f'the check "{name}" has no single truth value ({error}); reduce it, for example with .all()',
            {"name": name},
        ) from error


def _unreadable(name: str, reason: str) -> ScrapError:
    return ScrapError("CHECK_PAYLOAD_INVALID", f'the check "{name}" {reason}', {"name": name})
