"""What :func:`notemill.execute_notebook` raises: papermill's classes, and one a kind of failure.

The classes are this library's own. Code that catches papermill's by
``papermill.PapermillExecutionError`` must import them from here instead; having
both libraries installed does no harm. Every exception has a ``code`` from
``docs/reference/errors.md``.
"""

from __future__ import annotations

import re
from typing import Any

from .errors import ScrapError


class PapermillException(Exception):
    """Something went wrong around a notebook."""

    code: str = "RUN_FAILED"


class PapermillMissingParameterException(PapermillException):
    """A path names a parameter that was not given."""

    code = "PARAMETER_MISSING"


class PapermillRateLimitException(PapermillException):
    """Kept for code that catches it; this library does not raise it."""


class PapermillOptionalDependencyException(PapermillException):
    """Kept for code that catches it; this library does not raise it."""


class PapermillWarning(Warning):
    """A warning around the execution of a notebook."""


class PapermillParameterOverwriteWarning(PapermillWarning):
    """Kept for code that filters it; this library does not warn with it."""


class PapermillExecutionError(PapermillException):
    """A cell raised an exception.

    >>> error = PapermillExecutionError(2, 3, "1/0", "ZeroDivisionError", "by zero", ["\\x1b[31mline"])
    >>> print(error)
    <BLANKLINE>
    ---------------------------------------------------------------------------
    Exception encountered at "In [3]":
    line
    <BLANKLINE>
    """

    code = "CELL_FAILED"

    def __init__(
        self,
        cell_index: int,
        exec_count: int | None,
        source: str,
        ename: str,
        evalue: str,
        traceback: list[str],
    ) -> None:
        super().__init__(cell_index, exec_count, source, ename, evalue, traceback)
        #: Index of the cell, counted before the two marker cells were added.
        self.cell_index = cell_index
        self.exec_count = exec_count
        self.source = source
        self.ename = ename
        self.evalue = evalue
        #: Lines as the kernel sent them, colours included.
        self.traceback = traceback

    def __str__(self) -> str:
        trace = _ANSI.sub("", "\n".join(self.traceback))
        return f'\n{"-" * 75}\nException encountered at "In [{self.exec_count}]":\n{trace}\n'


class RunError(PapermillException):
    """A run that could not begin, or did not end well for another reason than a cell's exception."""

    def __init__(self, code: str, message: str, details: dict[str, Any] | None = None) -> None:
        # One argument alone: OSError, a base of some subclasses, reads meaning into more.
        super().__init__(message)
        self.code = code
        self.message = message
        #: The facts behind the message; for a run that began, ``failure`` as in the output notebook.
        self.details: dict[str, Any] = dict(details or {})

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.code, self.message, self.details)


class CellTimeoutError(RunError, TimeoutError):
    """A cell took longer than ``execution_timeout``."""


class RunTimeoutError(RunError, TimeoutError):
    """The notebook took longer than ``run_timeout``."""


class DeadKernelError(RunError, RuntimeError):
    """The kernel died while the notebook ran."""


class KernelStartError(RunError, RuntimeError):
    """The kernel did not start, or not within ``start_timeout``."""


class NoSuchKernel(RunError, KeyError):
    """No installed kernelspec has the name that the notebook or the caller asked for."""


class KernelUnknownError(RunError, ValueError):
    """Neither the notebook nor the caller says which kernel or language to use."""


class LocationError(RunError, FileNotFoundError):
    """The input, or the directory of the output, is not there."""


class InvalidNotebookError(RunError, ValueError):
    """The input is not a notebook."""


class InvalidParameterError(RunError, ValueError):
    """A parameter has a name or a value that cannot be given to the notebook."""


class CheckFailedError(RunError):
    """The notebook ran to its end, and a check of severity ``error`` in it did not hold."""


class RunCancelledError(RunError):
    """The run was interrupted from outside."""


class CommandNotFoundError(RunError):
    """The ``notemill`` command is not installed where it was looked for."""


#: scrapbook's name for what :func:`notemill.glue` and :func:`notemill.read_notebook` raise.
ScrapbookException = ScrapError

_ANSI = re.compile("\x1b\\[(?:K|.*?m)")
