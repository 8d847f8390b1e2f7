"""One notebook that was run: its parameters, scraps, checks and timings.

The names are those of scrapbook's ``Notebook`` and of papermill 0.x's, so that
code for either reads with this one.
"""

from __future__ import annotations

import os
from functools import cached_property
from typing import Any

from .checks import Check, checks_outcome
from .locations import Location, directory_name, file_name, read_text
from .notebook_document import Document, normalize_document, parse_document
from .notebook_node import make_node, plain_value, untagged_value
from .regluing import redisplay, reglue_scrap
from .scrap import Scraps
from .scrap_reader import NotebookScraps, Problem, read_scraps
from .tables import Row, Table, make_table


def read_notebook(path: Location | Document) -> Notebook:
    """Reads a notebook of any nbformat.

    :param path: A path, an ``http(s)`` URL, a URL that fsspec can open, or a notebook node.
    :raises NotebookError: ``NOTEBOOK_UNREADABLE``, ``NOTEBOOK_INVALID``.
    """
    return Notebook(path)


class Notebook:
    """A notebook document and what it recorded."""

    def __init__(self, node_or_path: Location | Document) -> None:
        if isinstance(node_or_path, (str, os.PathLike)):
            #: Where it was read from; empty for a notebook node.
            self.path = os.fspath(node_or_path)
            document = parse_document(read_text(self.path), self.path)
        else:
            self.path = ""
            document = normalize_document(node_or_path)
        #: The document in nbformat 4, as ``nbformat.NotebookNode`` where nbformat is installed.
        self.node = make_node(document)

    def copy(self) -> Notebook:
        """A copy with a document of its own at the top level."""
        twin = Notebook(dict(self.node))
        twin.path = self.path
        return twin

    @property
    def metadata(self) -> Any:
        """The notebook's metadata."""
        return self.node["metadata"]

    @property
    def nbformat(self) -> int:
        """The major version; 4, whatever the file had."""
        return int(self.node["nbformat"])

    @property
    def nbformat_minor(self) -> int:
        """The minor version."""
        return int(self.node["nbformat_minor"])

    @property
    def cells(self) -> list[Any]:
        """The cells."""
        cells: list[Any] = self.node["cells"]
        return cells

    @property
    def filename(self) -> str:
        """The last part of the path."""
        return file_name(self.path)

    @property
    def directory(self) -> str:
        """All but the last part of the path."""
        return directory_name(self.path)

    @property
    def version(self) -> str | None:
        """The version of papermill or Notemill that ran it."""
        return self._run_metadata().get("version")

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters it was run with."""
        parameters = self._run_metadata().get("parameters")
        return untagged_value(parameters) if isinstance(parameters, dict) else {}

    @property
    def environment_variables(self) -> dict[str, Any]:
        """The environment variables that papermill 0.x kept; newer files have none."""
        variables = self._run_metadata().get("environment_variables")
        return plain_value(variables) if isinstance(variables, dict) else {}

    @cached_property
    def _found(self) -> NotebookScraps:
        return read_scraps(self.cells)

    @property
    def scraps(self) -> Scraps:
        """The scraps by name; the last of a name counts."""
        return self._found.scraps

    @property
    def data(self) -> dict[str, Any]:
        """The recorded values by name."""
        return self.scraps.data_dict

    @property
    def checks(self) -> list[Check]:
        """Every check, in document order."""
        return self._found.checks

    @property
    def outcome(self) -> str:
        """``passed``, ``warned`` or ``failed``, by the checks alone."""
        return checks_outcome(self.checks)

    @property
    def problems(self) -> list[Problem]:
        """What could not be read in the outputs."""
        return self._found.problems

    @property
    def execution_counts(self) -> list[int | None]:
        """The execution count of every cell; ``None`` where there is none."""
        return [cell.get("execution_count") for cell in self.cells]

    @property
    def cell_timing(self) -> list[float | None]:
        """The seconds each cell took; 0.0 if not known, ``None`` for a cell that was not executed."""
        return [_duration(cell) if cell.get("execution_count") else None for cell in self.cells]

    @property
    def metrics(self) -> Table:
        """One row an executed cell: ``filename``, ``cell``, ``value`` (seconds), ``type``."""
        rows = [
            {
                "filename": self.filename,
                "cell": f"Out [{cell['execution_count']}]",
                "value": _duration(cell),
                "type": "time (s)",
            }
            for cell in self.cells
            if cell.get("execution_count")
        ]
        return make_table(rows, ["filename", "cell", "value", "type"])

    @property
    def papermill_metrics(self) -> Table:
        """The same as :attr:`metrics`."""
        return self.metrics

    @property
    def parameter_dataframe(self) -> Table:
        """One row a parameter, by name: ``name``, ``value``, ``type``, ``filename``."""
        return make_table(self._value_rows(self.parameters, "parameter"), _VALUE_COLUMNS)

    @property
    def papermill_record_dataframe(self) -> Table:
        """One row a recorded value, by name: ``name``, ``value``, ``type``, ``filename``."""
        return make_table(self._value_rows(self.data, "record"), _VALUE_COLUMNS)

    @property
    def dataframe(self) -> Table:
        """The parameters, then the recorded values, as papermill 0.x lists them."""
        return make_table(self.value_rows(), _VALUE_COLUMNS)

    @property
    def papermill_dataframe(self) -> Table:
        """The same as :attr:`dataframe`."""
        return self.dataframe

    @property
    def scrap_dataframe(self) -> Table:
        """One row a scrap: ``name``, ``data``, ``encoder``, ``display``, ``filename``."""
        rows = [{**scrap._asdict(), "filename": self.filename} for scrap in self.scraps.values()]
        return make_table(rows, ["name", "data", "encoder", "display", "filename"])

    @property
    def check_dataframe(self) -> Table:
        """One row a check: ``name``, ``ok``, ``severity``, ``message``, ``details``, ``filename``."""
        rows = [{**check._asdict(), "filename": self.filename} for check in self.checks]
        return make_table(rows, [*Check._fields, "filename"])

    def value_rows(self) -> list[Row]:
        """The rows of :attr:`dataframe` as dicts."""
        return [*self._value_rows(self.parameters, "parameter"), *self._value_rows(self.data, "record")]

    def display_output(self, name: str) -> None:
        """Displays again what the notebook displayed under ``name``.

        :raises ScrapError: ``SCRAP_NOT_FOUND``.
        """
        redisplay(self.scraps, name)

    def reglue(
        self,
        name: str,
        new_name: str | None = None,
        raise_on_missing: bool = True,
        unattached: bool = False,
    ) -> None:
        """Records a scrap of this notebook again in the notebook that runs this code.

        :param new_name: Default: the same name.
        :param raise_on_missing: ``False`` shows a line instead.
        :param unattached: Show it only; the running notebook gets no scrap.
        :raises ScrapError: ``SCRAP_NOT_FOUND``.
        """
        reglue_scrap(self.scraps, name, new_name or name, raise_on_missing, unattached)

    def _run_metadata(self) -> dict[str, Any]:
        metadata = self.metadata.get("papermill")
        return metadata if isinstance(metadata, dict) else {}

    def _value_rows(self, values: dict[str, Any], kind: str) -> list[Row]:
        return [
            {"name": name, "value": values[name], "type": kind, "filename": self.filename}
            for name in sorted(values)
        ]


_VALUE_COLUMNS = ["name", "value", "type", "filename"]


def _duration(cell: Any) -> float:
    timing = cell.get("metadata", {}).get("papermill")
    duration = timing.get("duration") if isinstance(timing, dict) else None
    return float(duration) if isinstance(duration, (int, float)) else 0.0
