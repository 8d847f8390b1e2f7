"""SQL on a Notemill server: a query is a run like any other, with a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .errors import NotebookError
from .runs import Run, output, submit, wait
from .tables import Row, Table, make_table

_RESOURCE = "application/vnd.dataresource+json"


class SqlResult:
    """The rows of a query that are shown, and the run that has them."""

    def __init__(self, run: Run, rows: list[Row], columns: list[str]) -> None:
        #: The run, for its record.
        self.run = run
        #: One dict a row.
        self.rows = rows
        #: Names in order.
        self.columns = columns

    @property
    def table(self) -> Table:
        """The rows as a data frame, or as they are where pandas is missing."""
        return make_table(self.rows, self.columns)

    def __repr__(self) -> str:
        return f"SqlResult({len(self.rows)} rows of {', '.join(self.columns)})"


def sql(
    query: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    limit: int = 1000,
    timeout: float | None = None,
    labels: Iterable[str] | None = None,
    **settings: Any,
) -> SqlResult:
    """Runs SQL on the server and waits for its last result.

    :param parameters: Session variables, read by ``getvariable('name')``.
    :param limit: At most so many rows; up to 100,000. The query itself is not changed.
    :param timeout: Seconds to wait; see :func:`notemill.runs.wait`.
    :param labels: What the runner that takes it has to have; see :func:`notemill.runs.submit`.
    :param settings: Other fields of ``POST /api/v1/runs``.
    :raises ServerError: With the server's code.
    :raises RunFailedError: ``RUN_DID_NOT_SUCCEED``, with what the database says.
    """
    given = {**(parameters or {}), "notemill_limit": limit}
    run = wait(submit(None, given, script=query, language="sql", labels=labels, **settings), timeout=timeout)
    resource = _last_resource(output(run).cells)
    if resource is None:
        return SqlResult(run, [], [])
    columns = [str(field["name"]) for field in resource["schema"]["fields"]]
    return SqlResult(run, [dict(row) for row in resource["data"]], columns)


def _last_resource(cells: list[Any]) -> Any:
    for cell in reversed(cells):
        for shown in reversed(cell.get("outputs", [])):
            data = shown.get("data", {})
            if _RESOURCE in data:
                if not isinstance(data[_RESOURCE], Mapping):
                    raise NotebookError("NOTEBOOK_INVALID", "the result of the query is no table")
                return data[_RESOURCE]
    return None
