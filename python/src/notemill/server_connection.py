"""Requests to a Notemill server, by the standard library alone."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from .errors import ServerError

#: Seconds that a server may take for one answer.
ANSWER_SECONDS = 60.0


def request_json(method: str, path: str, *, query: Any = None, body: Any = None, key: str | None = None) -> Any:
    """Sends a request and gives the JSON of the answer.

    :raises ServerError: With the server's code, ``SERVER_UNREACHABLE``, ``SERVER_NOT_NAMED``, ``ANSWER_INVALID``.
    """
    data = None if body is None else json.dumps(body).encode()
    headers = {} if data is None else {"Content-Type": "application/json"}
    if key is not None:
        headers["Idempotency-Key"] = key
    answer, _ = request_bytes(method, path, query=query, data=data, headers=headers)
    try:
        return json.loads(answer) if answer else None
    except ValueError as error:
        raise ServerError("ANSWER_INVALID", f"the answer to {method} {path} is no JSON") from error


def request_bytes(
    method: str,
    path: str,
    *,
    query: Any = None,
    data: bytes | None = None,
    headers: dict[str, str] | None = None,
) -> tuple[bytes, dict[str, str]]:
    """Sends a request and gives the bytes of the answer and its headers, whose names are in lower case.

    :raises ServerError: As :func:`request_json`.
    """
    server, token = _connection()
    given = {name: str(value) for name, value in (query or {}).items() if value is not None}
    address = f"{server}/api/v1{path}{'?' if given else ''}{urllib.parse.urlencode(given)}"
    request = urllib.request.Request(address, data=data, method=method, headers=headers or {})
    # Not sent on to where a redirection leads.
    request.add_unredirected_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:
            return answer.read(), {name.lower(): value for name, value in answer.headers.items()}
    except urllib.error.HTTPError as error:
        raise _problem(error) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise ServerError("SERVER_UNREACHABLE", f"cannot reach the server at {server}: {reason}") from error


def segment(text: str) -> str:
    """One segment of a path, with everything escaped that means something there.

    >>> segment("a/b c")
    'a%2Fb%20c'
    """
    return urllib.parse.quote(text, safe="")


def _connection() -> tuple[str, str]:
    server = os.environ.get("NOTEMILL_SERVER", "").rstrip("/")
    token = os.environ.get("NOTEMILL_TOKEN", "")
    if not server.startswith(("http://", "https://")) or not token:
        raise ServerError(
            "SERVER_NOT_NAMED",
            "set NOTEMILL_SERVER to the server's address and NOTEMILL_TOKEN to its token; "
            "in a run of the server both are there",
        )
    return server, token


def _problem(error: urllib.error.HTTPError) -> ServerError:
    try:
        problem = json.loads(error.read())
        return ServerError(str(problem["code"]), str(problem["detail"]), {**problem, "status": error.code})
    except (ValueError, KeyError, TypeError, OSError):
        return ServerError("ANSWER_INVALID", f"the server answered {error.code} and no more", {"status": error.code})
