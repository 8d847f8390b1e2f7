"""Runs of a Notemill server: start them, wait for them, read what they left.

In a notebook that the server runs, the server and a token are there; the token
reads what its owner may and starts runs, and ends with the attempt. Elsewhere
``NOTEMILL_SERVER`` and ``NOTEMILL_TOKEN`` name them.
"""

from __future__ import annotations

import json
import os
import time
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Union

from .errors import ParameterWarning, RunFailedError
from .notebook import Notebook
from .server_connection import request_bytes, request_json, segment
from .to_json import to_json

#: Statuses in which nothing moves on.
FINAL = ("succeeded", "failed", "cancelled", "timed_out", "lost")

#: Seconds between two looks at a run, at first and at most.
_LOOKS = (0.1, 2.0)


class Run:
    """A run as it was when it was read."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        #: Everything that the server says about it.
        self.facts = dict(facts)

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.facts["id"])

    @property
    def status(self) -> str:
        """``queued``, ``starting``, ``running``, or one of :data:`FINAL`."""
        return str(self.facts["status"])

    @property
    def is_over(self) -> bool:
        """Whether nothing moves on."""
        return self.status in FINAL

    @property
    def failure(self) -> dict[str, Any] | None:
        """Why it did not succeed: ``code``, ``message``, and the cell where there is one."""
        return self.facts.get("failure")

    def __repr__(self) -> str:
        return f"Run({self.id!r}, {self.status!r})"


#: A run, or its id.
RunLike = Union[Run, str]


def submit(
    path: str | None = None,
    parameters: Mapping[str, Any] | None = None,
    *,
    script: str | None = None,
    language: str = "python",
    labels: Iterable[str] | None = None,
    idempotency_key: str | None = None,
    **settings: Any,
) -> Run:
    """Starts a run and does not wait for it.

    :param path: Virtual path of a notebook or script of the server, as ``~/report.ipynb``.
    :param parameters: Values by name; ``{"secret": "name"}`` stands for a secret.
    :param script: Source in place of a path.
    :param language: Of the script: ``sql``, ``python``, ``r``, ``scala``, ``typescript`` or ``bash``.
    :param labels: What the runner that takes it has to have, as ``["gpu", "region=eu"]``. Default: any runner.
    :param idempotency_key: Calls with the same key start one run.
    :param settings: Other fields of ``POST /api/v1/runs``, as ``tags``, ``kernel_name``, ``files``, ``timeouts``.
    :raises ServerError: With the server's code; nothing has started then.
    :warns ParameterWarning: Of parameters that may not be meant, as a name that the notebook does not declare.
    """
    body = {**_what(path, script, language), **to_json(settings), **_needs(labels)}
    if parameters is not None:
        body["parameters"] = to_json(parameters)
    return Run(_warned(request_json("POST", "/runs", body=body, key=idempotency_key)))


def get(run: RunLike) -> Run:
    """Reads a run as it is now."""
    return Run(request_json("GET", f"/runs/{segment(_id(run))}"))


def wait(run: RunLike, *, timeout: float | None = None, check: bool = True) -> Run:
    """Waits until a run is over.

    A notebook that waits for another run keeps its place at its runner meanwhile:
    a runner with one slot never gets to a run that its own notebook waits for.

    :param timeout: Seconds; the run goes on behind them. Default: for ever.
    :param check: Whether a run that did not succeed is an error.
    :raises RunFailedError: ``RUN_DID_NOT_SUCCEED``.
    :raises TimeoutError: When it is not over in time.
    """
    pause, longest = _LOOKS
    until = None if timeout is None else time.monotonic() + timeout
    while True:
        now = get(run)
        if now.is_over:
            break
        if until is not None and time.monotonic() >= until:
            raise TimeoutError(f"run {now.id} is {now.status} after {timeout} s")
        time.sleep(pause)
        pause = min(longest, pause * 1.5)
    if check and now.status != "succeeded":
        why = (now.failure or {}).get("message", "it does not say why")
        raise RunFailedError("RUN_DID_NOT_SUCCEED", f"run {now.id} is {now.status}: {why}", {"run_id": now.id})
    return now


def output(run: RunLike) -> Notebook:
    """The output notebook of a run; of one that is under way, as it is now."""
    text, _ = request_bytes("GET", f"/runs/{segment(_id(run))}/notebook")
    return Notebook(json.loads(text))


def scraps(run: RunLike) -> dict[str, Any]:
    """The values that a run's notebook recorded with ``glue``, by name."""
    return dict(output(run).scraps.data_dict)


def artifacts(run: RunLike) -> list[dict[str, Any]]:
    """The files that a run left in ``$NOTEMILL_OUTPUTS``: ``name``, ``size`` and ``sha256`` of each."""
    listed = request_json("GET", f"/runs/{segment(_id(run))}/artifacts")
    return list(listed["artifacts"])


def artifact(run: RunLike, name: str) -> bytes:
    """The bytes of such a file."""
    bytes_, _ = request_bytes("GET", f"/runs/{segment(_id(run))}/artifacts/file", query={"name": name})
    return bytes_


def outputs_directory() -> Path:
    """Where files go that are to be a part of the record of this run; outside of a run the current directory."""
    return Path(os.environ.get("NOTEMILL_OUTPUTS") or ".")


def _id(run: RunLike) -> str:
    return run.id if isinstance(run, Run) else run


def _warned(answer: dict[str, Any]) -> dict[str, Any]:
    """Says what the server took and may not be meant; gives the answer back."""
    for warning in answer.get("warnings", ()):
        warnings.warn(warning["message"], ParameterWarning, stacklevel=3)
    return answer


def _needs(labels: Iterable[str] | None) -> dict[str, Any]:
    if isinstance(labels, str):
        raise ValueError(f"give labels as a list: [{labels!r}]")
    return {} if labels is None else {"labels": list(labels)}


def _what(path: str | None, script: str | None, language: str) -> dict[str, Any]:
    if (path is None) == (script is None):
        raise ValueError("give either a path or a script")
    return {"path": path} if script is None else {"script": {"language": language, "source": script}}
