"""A small reader of notebook documents: nbformat 1 to 4, given as nbformat 4.

It joins split lines and renames what older formats called otherwise. It does
not validate: what the rest of the library does not look at stays as it is.

Source of the formats: https://nbformat.readthedocs.io/en/latest/format_description.html
"""

from __future__ import annotations

import json
from typing import Any

from .errors import NotebookError

Document = dict[str, Any]

#: The names that nbformat 3 had for MIME types.
_V3_MIME_TYPES = {
    "text": "text/plain",
    "html": "text/html",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "latex": "text/latex",
    "json": "application/json",
    "javascript": "application/javascript",
}


def parse_document(text: str, source: str = "the notebook") -> Document:
    """Reads the JSON text of a notebook.

    :param source: What the message of an error calls it.
    :raises NotebookError: ``NOTEBOOK_INVALID`` for text that is no JSON or no notebook.
    """
    try:
        raw = json.loads(text.lstrip("\ufeff"))
    except RecursionError as error:
        raise NotebookError("NOTEBOOK_INVALID", f"{source} is nested too deep to be a notebook") from error
    except ValueError as error:
        raise NotebookError(
            "NOTEBOOK_INVALID", f"{source} is not JSON: {error}", {"source": source}
        ) from error
    return normalize_document(raw, source)


def normalize_document(raw: Any, source: str = "the notebook") -> Document:
    """Gives a copy of a notebook of any format in nbformat 4, with lines joined.

    >>> normalize_document({"nbformat": 4, "metadata": {}, "cells": [
    ...     {"cell_type": "markdown", "metadata": {}, "source": ["# A\\n", "b"]}]})["cells"][0]["source"]
    '# A\\nb'

    :raises NotebookError: ``NOTEBOOK_INVALID``.
    """
    if not isinstance(raw, dict):
        raise _invalid(source, f"it is no object but {raw!r:.60}")
    major = raw.get("nbformat", 4)
    if not isinstance(major, int) or not 1 <= major <= 4:
        raise _invalid(source, f"its nbformat is {major!r:.20}; formats 1 to 4 are read")
    cells = [_normalize_cell(cell, index, source) for index, cell in enumerate(_cells_of(raw, source))]
    metadata = raw.get("metadata")
    document = {key: value for key, value in raw.items() if key != "worksheets"}
    minor = raw.get("nbformat_minor") if major == 4 else 0
    document.update(
        cells=cells,
        metadata=dict(metadata) if isinstance(metadata, dict) else {},
        nbformat=4,
        nbformat_minor=minor if isinstance(minor, int) else 0,
    )
    return document


def _cells_of(raw: Document, source: str) -> list[Any]:
    """All cells; before nbformat 4 they were spread over worksheets."""
    cells = raw.get("cells")
    sheets = raw.get("worksheets")
    if cells is None and isinstance(sheets, list):
        cells = [cell for sheet in sheets if isinstance(sheet, dict) for cell in sheet.get("cells") or []]
    if not isinstance(cells, list):
        raise _invalid(source, "it has no list of cells")
    return cells


def _normalize_cell(raw: Any, index: int, source: str) -> Document:
    if not isinstance(raw, dict) or not isinstance(raw.get("cell_type"), str):
        raise _invalid(source, f"cell {index} is no cell: {raw!r:.60}")
    cell = dict(raw)
    if "input" in cell:
        cell["source"] = cell.pop("input")
    cell["source"] = _join(cell.get("source", ""))
    if not isinstance(cell.get("metadata"), dict):
        cell["metadata"] = {}
    if cell["cell_type"] == "heading":
        cell["cell_type"] = "markdown"
        level = cell.pop("level", 1)
        cell["source"] = (
            f"{'#' * (level if isinstance(level, int) and 1 <= level <= 6 else 1)} {cell['source']}"
        )
    if cell["cell_type"] != "code":
        return cell
    if "prompt_number" in cell:
        cell["execution_count"] = cell.pop("prompt_number")
    cell.setdefault("execution_count", None)
    outputs = cell.get("outputs")
    cell["outputs"] = [_normalize_output(output) for output in outputs] if isinstance(outputs, list) else []
    return cell


def _normalize_output(raw: Any) -> Any:
    """An output that is no object stays as it is; readers of outputs skip it."""
    if not isinstance(raw, dict):
        return raw
    kind = {"pyout": "execute_result", "pyerr": "error"}.get(
        raw.get("output_type", ""), raw.get("output_type")
    )
    output = {**raw, "output_type": kind}
    if kind == "stream":
        output["name"] = output.pop("stream", output.get("name", "stdout"))
        output["text"] = _join(output.get("text", ""))
    elif kind in ("display_data", "execute_result"):
        if "prompt_number" in output:
            output["execution_count"] = output.pop("prompt_number")
        if "data" not in output:
            output["data"] = {mime: output.pop(old) for old, mime in _V3_MIME_TYPES.items() if old in output}
        if isinstance(output["data"], dict):
            output["data"] = {mime: _join_data(mime, value) for mime, value in output["data"].items()}
        output.setdefault("metadata", {})
    return output


def _join_data(mime: str, value: Any) -> Any:
    """Text may be split into lines; in a JSON type a list is a list."""
    return value if mime == "application/json" or mime.endswith("+json") else _join(value)


def _join(value: Any) -> Any:
    lines = isinstance(value, list) and all(isinstance(line, str) for line in value)
    return "".join(value) if lines else value


def _invalid(source: str, reason: str) -> NotebookError:
    return NotebookError("NOTEBOOK_INVALID", f"{source} is not a notebook: {reason}", {"source": source})
