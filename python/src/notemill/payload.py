"""The scrap payload, version 1: what stands in an output under a scrap's MIME type.

Source of the format: scrapbook 0.5 (``scrap.v1.json``); see docs/reference/scraps.md.
"""

from __future__ import annotations

import re
from typing import Any

from .errors import ScrapError
from .scrap import Scrap

#: The payload version that is written, and the newest that is read.
VERSION = 1

#: The MIME type of a value that papermill 0.x recorded: ``{name: value}``.
RECORD_MIME_TYPE = "application/papermill.record+json"

_MIME_TYPE = re.compile(r"application/scrapbook\.scrap\.(.+)\+json")


def mime_type(encoder: str) -> str:
    """The MIME type of data from ``encoder``.

    >>> mime_type("json")
    'application/scrapbook.scrap.json+json'
    """
    return f"application/scrapbook.scrap.{encoder}+json"


def is_scrap_mime_type(candidate: str) -> bool:
    """Whether data of this MIME type is a scrap payload."""
    return _MIME_TYPE.fullmatch(candidate) is not None


def check_name(name: Any) -> str:
    """Gives ``name`` back if it can name a scrap.

    :raises ScrapError: ``SCRAP_NAME_INVALID``.
    """
    if not isinstance(name, str) or not name:
        raise ScrapError(
            "SCRAP_NAME_INVALID",
            f"a scrap is named by text that is not empty, not by {name!r}",
            {"name": name},
        )
    return name


def write_payload(encoded: Scrap) -> dict[str, Any]:
    """Makes the payload of a scrap whose data is encoded already."""
    return {"name": encoded.name, "data": encoded.data, "encoder": encoded.encoder, "version": VERSION}


def read_payload(payload: Any) -> Scrap:
    """Gives the scrap of a payload, its data still encoded.

    :raises ScrapError: ``SCRAP_PAYLOAD_INVALID``, or ``SCRAP_VERSION_UNSUPPORTED``
        for a payload that is newer than this library.
    """
    if not isinstance(payload, dict):
        raise _invalid(f"a scrap payload is an object, not {payload!r:.80}")
    name, encoder, version = payload.get("name"), payload.get("encoder"), payload.get("version")
    if not isinstance(name, str):
        raise _invalid(f'a scrap payload has a text "name", not {name!r:.80}')
    if not isinstance(encoder, str):
        raise _invalid(f'the scrap "{name}" has a text "encoder", not {encoder!r:.80}', name)
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise _invalid(f'the scrap "{name}" has an integer "version" from 1, not {version!r:.80}', name)
    if version > VERSION:
        raise ScrapError(
            "SCRAP_VERSION_UNSUPPORTED",
            f'the scrap "{name}" has payload version {version}; this library reads version {VERSION}',
            {"name": name, "version": version},
        )
    if "data" not in payload:
        raise _invalid(f'the scrap "{name}" has no "data"', name)
    return Scrap(name, payload["data"], encoder)


def _invalid(message: str, name: str | None = None) -> ScrapError:
    return ScrapError("SCRAP_PAYLOAD_INVALID", message, {"name": name})
