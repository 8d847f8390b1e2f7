"""Sweeps of a Notemill server: one notebook with many sets of parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Union

from .runs import Run, _needs, _warned, _what, wait
from .server_connection import request_json, segment
from .tables import Row, Table, make_table
from .to_json import to_json

#: Values by name of the parameter, or the sets of parameters themselves.
Grid = Union[Mapping[str, Iterable[Any]], Iterable[Mapping[str, Any]]]

_PAGE = 1000


class Sweep(Run):
    """The parent of many runs."""

    def wait(self, *, timeout: float | None = None, check: bool = True) -> Sweep:
        """Waits until all runs are over; see :func:`notemill.runs.wait`."""
        return Sweep(wait(self, timeout=timeout, check=check).facts)

    @property
    def children(self) -> list[dict[str, Any]]:
        """Each set of parameters in order: ``index``, ``run_id``, ``status``, ``parameters``, ``metrics``, …, as it is now."""
        children: list[dict[str, Any]] = []
        after: int | None = -1
        while after is not None:
            query = {"after": after, "limit": _PAGE}
            page = request_json("GET", f"/sweeps/{segment(self.id)}", query=query)
            children += page["children"]
            after = page["next"]
        return children

    @property
    def table(self) -> Table:
        """One row for each run: parameters, status, seconds, and what it recorded, as it is now."""
        children = self.children
        rows: list[Row] = [
            {**child["parameters"], "status": child["status"], "seconds": child["seconds"], **(child["metrics"] or {})}
            for child in children
        ]
        columns = list(dict.fromkeys(name for row in rows for name in row))
        return make_table([{name: row.get(name) for name in columns} for row in rows], columns)

    def __repr__(self) -> str:
        return f"Sweep({self.id!r}, {self.status!r})"


def sweep(
    path: str | None = None,
    grid: Grid | None = None,
    parameters: Mapping[str, Any] | None = None,
    *,
    script: str | None = None,
    language: str = "python",
    concurrency: int = 4,
    on_failure: str = "continue",
    labels: Iterable[str] | None = None,
    idempotency_key: str | None = None,
    **settings: Any,
) -> Sweep:
    """Starts a run of a notebook for every combination of values, and does not wait.

    :param grid: ``{"alpha": [0.1, 0.3], "depth": range(1, 4)}``, or a list of sets of parameters.
    :param parameters: Values that are the same for all runs.
    :param concurrency: How many runs may be under way at once.
    :param on_failure: ``stop`` starts no other run after one that did not succeed.
    :param labels: What the runners that take its runs have to have; see :func:`notemill.runs.submit`.
    :param settings: Other fields of ``POST /api/v1/sweeps``.
    :raises ServerError: With the server's code; nothing has started then.
    :warns ParameterWarning: See :func:`notemill.runs.submit`.
    """
    if grid is None:
        raise ValueError("give a grid, as {'alpha': [0.1, 0.3]}")
    axes = {name: list(values) for name, values in grid.items()} if isinstance(grid, Mapping) else list(grid)
    body = {
        **_what(path, script, language),
        **to_json(settings),
        **_needs(labels),
        "grid": to_json(axes),
        "concurrency": concurrency,
        "on_failure": on_failure,
    }
    if parameters is not None:
        body["parameters"] = to_json(parameters)
    return Sweep(_warned(request_json("POST", "/sweeps", body=body, key=idempotency_key)))
