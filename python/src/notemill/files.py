"""Files of a Notemill server, by virtual path: ``~/data.csv``, ``/shared/data.csv``.

The token of a run only reads; saving needs a token of one's own.
"""

from __future__ import annotations

from typing import Any

from .server_connection import request_bytes, request_json


def read(path: str, *, version: int | None = None) -> bytes:
    """The bytes of a file, or of an earlier version of it.

    :raises ServerError: With the server's code.
    """
    data, _ = request_bytes("GET", "/files/content", query={"path": path, "version": version})
    return data


def read_text(path: str, *, version: int | None = None) -> str:
    """The text of a file in UTF-8."""
    return read(path, version=version).decode("utf-8")


def stat(path: str) -> dict[str, Any]:
    """What is known about a file or directory: ``kind``, ``size``, ``etag`` and more."""
    facts: dict[str, Any] = request_json("GET", "/files", query={"path": path})
    return facts


def save(path: str, data: bytes | str, *, etag: str | None = None) -> dict[str, Any]:
    """Saves a file; every save is a version.

    :param etag: That of :func:`stat`, so that nobody's change is overwritten. Default: there must be no such file yet.
    :raises ServerError: With the server's code, when the file has changed or is there already.
    """
    condition = {"If-None-Match": "*"} if etag is None else {"If-Match": etag}
    bytes_ = data.encode() if isinstance(data, str) else data
    headers = {**condition, "Content-Type": "application/octet-stream"}
    request_bytes("PUT", "/files/content", query={"path": path}, data=bytes_, headers=headers)
    return stat(path)
