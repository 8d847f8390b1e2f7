"""Finds the scraps and checks in the outputs of a notebook document.

Reads what this library, scrapbook 0.5 and papermill 0.x wrote. Nothing in an
output makes it raise: what cannot be read becomes a :class:`Problem`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from .checks import Check, read_check, unreadable_check
from .encoders import registry
from .errors import NotemillError
from .notebook_node import plain_value
from .payload import RECORD_MIME_TYPE, is_scrap_mime_type, read_payload
from .scrap import DISPLAY_ONLY, Scrap, Scraps, Undecoded


class Problem(NamedTuple):
    """Something in an output that could not be read; ``code`` as in :data:`notemill.errors.CODES`."""

    code: str
    message: str
    #: Index of the cell in the document, from 0.
    cell_index: int


class NotebookScraps(NamedTuple):
    """All that the outputs of a notebook recorded."""

    scraps: Scraps
    #: Every check in document order, repeated names included.
    checks: list[Check]
    problems: list[Problem]


def read_scraps(cells: list[Any]) -> NotebookScraps:
    """Reads the outputs of all cells, in order; a later scrap replaces an earlier one of its name.

    Two things join instead of replacing. scrapbook's display output joins the
    data output right before it in the same cell, because one ``glue`` wrote
    both. papermill 0.x kept values and displays apart, so its display joins
    the value of its name, wherever that is.
    """
    found = NotebookScraps(Scraps(), [], [])
    for index, cell in enumerate(cells):
        previous: str | None = None
        for output in _outputs(cell):
            previous = _read_output(output, index, previous, found)
    return found


def _outputs(cell: Any) -> Iterator[dict[str, Any]]:
    """The outputs of a cell that can hold scraps: streams, errors and debris are passed over."""
    outputs = cell.get("outputs") if isinstance(cell, dict) else None
    for output in outputs if isinstance(outputs, list) else []:
        if isinstance(output, dict) and isinstance(output.get("data"), dict):
            yield output


def _read_output(
    output: dict[str, Any], cell_index: int, previous: str | None, found: NotebookScraps
) -> str | None:
    """Adds what one output recorded.

    :param previous: The scrap whose data was in the output before this one.
    :returns: The scrap whose data is in this one.
    """
    shown, by_papermill = _display_name(output)
    recorded: str | None = None
    for mime, payload in output["data"].items():
        if mime == RECORD_MIME_TYPE:
            _read_record(plain_value(payload), cell_index, found)
        elif is_scrap_mime_type(mime):
            scrap = _read_scrap(plain_value(payload), cell_index, found)
            if scrap is not None:
                recorded = scrap.name
                found.scraps[scrap.name] = scrap._replace(display=output if scrap.name == shown else None)
    if shown is not None and shown != recorded:
        known = found.scraps.get(shown)
        joins = known is not None and (by_papermill or shown == previous)
        found.scraps[shown] = (
            known._replace(display=output) if known and joins else Scrap(shown, None, DISPLAY_ONLY, output)
        )
    return recorded


def _read_scrap(payload: Any, cell_index: int, found: NotebookScraps) -> Scrap | None:
    try:
        encoded = read_payload(payload)
    except NotemillError as error:
        found.problems.append(Problem(error.code, error.message, cell_index))
        return None
    scrap = _decode(encoded, cell_index, found)
    try:
        result = read_check(scrap)
    except NotemillError as error:
        found.problems.append(Problem(error.code, error.message, cell_index))
        result = unreadable_check(scrap.name, error.message)
    if result is not None:
        found.checks.append(result)
    return scrap


def _decode(encoded: Scrap, cell_index: int, found: NotebookScraps) -> Scrap:
    try:
        return registry.decode(encoded)
    except Exception as error:  # An encoder may be anyone's; it must not hide the other scraps.
        code = error.code if isinstance(error, NotemillError) else "SCRAP_DATA_INVALID"
        found.problems.append(Problem(code, str(error), cell_index))
        return encoded._replace(data=Undecoded(encoded.encoder, encoded.data, str(error)))


def _read_record(payload: Any, cell_index: int, found: NotebookScraps) -> None:
    """papermill's values are plain JSON, strings too: ``"12"`` stays text."""
    if not isinstance(payload, dict):
        message = f"a papermill record is an object of values by name, not {payload!r:.80}"
        found.problems.append(Problem("SCRAP_PAYLOAD_INVALID", message, cell_index))
        return
    for name, value in payload.items():
        known = found.scraps.get(name)
        found.scraps[name] = Scrap(name, value, "json", known.display if known else None)


def _display_name(output: dict[str, Any]) -> tuple[str | None, bool]:
    """The name under which an output is a display, and whether papermill 0.x gave it."""
    metadata = output.get("metadata")
    if not isinstance(metadata, dict):
        return None, False
    tag = metadata.get("scrapbook")
    if isinstance(tag, dict) and tag.get("display") is True and isinstance(tag.get("name"), str):
        return tag["name"], False
    old = metadata.get("papermill")
    if isinstance(old, dict) and isinstance(old.get("name"), str):
        return old["name"], True
    return None, False
