"""Notemill in Python: record results and checks in a notebook, read them back, execute notebooks.

In a notebook, :func:`glue` and :func:`check` record; afterwards
:func:`read_notebook` gives what was recorded. :func:`execute_notebook` runs a
notebook through the ``notemill`` command with papermill's signature.

:mod:`notemill.runs`, :func:`sweep`, :func:`sql` and :mod:`notemill.files` reach a
Notemill server, from inside its runs and from elsewhere.
"""

from . import files, runs
from ._version import __version__
from .checks import Check, check, checks_outcome
from .errors import (
    CheckWarning,
    NoKernelWarning,
    NotebookError,
    NotemillError,
    ParameterWarning,
    RunFailedError,
    ScrapError,
    ServerError,
)
from .exceptions import PapermillException, PapermillExecutionError
from .execution import execute_notebook
from .gluing import display, glue, record
from .inspection import inspect_notebook
from .notebook import Notebook, read_notebook
from .scrap import Scrap, Scraps, Undecoded
from .scrap_reader import Problem
from .scrapbook import Scrapbook, read_notebooks
from .sql_query import SqlResult, sql
from .sweep_runs import Sweep, sweep

__all__ = [
    "Check",
    "CheckWarning",
    "NoKernelWarning",
    "Notebook",
    "NotebookError",
    "NotemillError",
    "PapermillException",
    "PapermillExecutionError",
    "ParameterWarning",
    "Problem",
    "RunFailedError",
    "Scrap",
    "ScrapError",
    "Scrapbook",
    "Scraps",
    "ServerError",
    "SqlResult",
    "Sweep",
    "Undecoded",
    "__version__",
    "check",
    "checks_outcome",
    "display",
    "execute_notebook",
    "files",
    "glue",
    "inspect_notebook",
    "read_notebook",
    "read_notebooks",
    "record",
    "runs",
    "sql",
    "sweep",
]
