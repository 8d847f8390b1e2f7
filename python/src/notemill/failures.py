"""From the code of a failed run to the exception that says so."""

from __future__ import annotations

import re
from typing import Any

from .exceptions import (
    CellTimeoutError,
    CheckFailedError,
    DeadKernelError,
    InvalidNotebookError,
    InvalidParameterError,
    KernelStartError,
    KernelUnknownError,
    LocationError,
    NoSuchKernel,
    PapermillException,
    PapermillExecutionError,
    PapermillMissingParameterException,
    RunCancelledError,
    RunError,
    RunTimeoutError,
)

_CLASSES: dict[str, type[RunError]] = {
    "CELL_TIMED_OUT": CellTimeoutError,
    "CHECK_FAILED": CheckFailedError,
    "EXECUTION_ABORTED": RunCancelledError,
    "KERNELSPEC_NOT_FOUND": NoSuchKernel,
    "KERNEL_DIED": DeadKernelError,
    "KERNEL_NAME_MISSING": KernelUnknownError,
    "KERNEL_START_FAILED": KernelStartError,
    "KERNEL_START_TIMED_OUT": KernelStartError,
    "LANGUAGE_MISSING": KernelUnknownError,
    "NOTEBOOK_INVALID": InvalidNotebookError,
    "NOTEBOOK_NOT_A_NOTEBOOK": InvalidNotebookError,
    "NOTEBOOK_NOT_JSON": InvalidNotebookError,
    "NOTEBOOK_NOT_TEXT": InvalidNotebookError,
    "NOTEBOOK_TOO_COMPLEX": InvalidNotebookError,
    "NOTEBOOK_TOO_LARGE": InvalidNotebookError,
    "NOTEBOOK_VERSION_UNSUPPORTED": InvalidNotebookError,
    "PARAMETERS_INVALID": InvalidParameterError,
    "PARAMETER_NAME_INVALID": InvalidParameterError,
    "PARAMETER_VALUE_UNSUPPORTED": InvalidParameterError,
    "PATH_TEMPLATE_INVALID": InvalidParameterError,
    "RUN_CANCELLED": RunCancelledError,
    "RUN_TIMED_OUT": RunTimeoutError,
    "STORAGE_NOT_FOUND": LocationError,
    "STORAGE_NO_DIRECTORY": LocationError,
    "WORKING_DIRECTORY_MISSING": LocationError,
}

#: How the command says on standard error why a run could not begin.
_REFUSAL = re.compile(r"^notemill: (?P<message>.*) \((?P<code>[A-Z][A-Z0-9_]+)\)$", re.DOTALL | re.MULTILINE)


def error_of_code(code: str, message: str, details: dict[str, Any] | None = None) -> PapermillException:
    """Makes the exception for a code of the command.

    >>> error_of_code("KERNEL_DIED", "the kernel died")
    DeadKernelError('the kernel died')
    """
    if code == "PARAMETER_MISSING":
        return PapermillMissingParameterException(message)
    return _CLASSES.get(code, RunError)(code, message, details)


def error_of_failure(failure: dict[str, Any], source: str) -> PapermillException:
    """Makes the exception for the ``failure`` of a ``run-finished`` event.

    :param source: The source of the cell that the failure names.
    """
    code, message = failure["code"], failure["message"]
    if code != "CELL_FAILED":
        return error_of_code(code, message, {"failure": failure})
    return PapermillExecutionError(
        failure.get("cell_index", 0),
        failure.get("execution_count"),
        source,
        failure.get("ename", "CellExecutionError"),
        failure.get("evalue", message),
        list(failure.get("traceback") or [message]),
    )


def error_of_refusal(exit_code: int, text: str) -> PapermillException:
    """Makes the exception for a command that ended without a ``run-finished`` event.

    :param text: What it wrote to standard error.
    """
    found = list(_REFUSAL.finditer(text))
    if found:
        return error_of_code(found[-1]["code"], found[-1]["message"])
    ended = f"was killed by signal {-exit_code}" if exit_code < 0 else f"ended with exit code {exit_code}"
    last = text.strip()[-2000:]
    return RunError(
        "RUN_LOST",
        f"the notemill command {ended} before it said how the run ended{': ' + last if last else ''}",
        {"exit_code": exit_code},
    )
