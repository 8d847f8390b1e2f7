"""What the library raises on its own account, beside papermill's exceptions.

Callers branch on ``code``, never on the message. Every code has a section in
``docs/reference/errors.md`` under "notemill (Python)".
"""

from __future__ import annotations

from typing import Any

#: Every code of this package, without those of the command. A code keeps its meaning for a major version.
CODES = (
    "ANSWER_INVALID",
    "CHECK_INVALID",
    "CHECK_PAYLOAD_INVALID",
    "COMMAND_NOT_FOUND",
    "NOTEBOOK_INVALID",
    "NOTEBOOK_UNREADABLE",
    "PARAMETER_MISSING",
    "PARAMETER_VALUE_UNSUPPORTED",
    "PATH_TEMPLATE_INVALID",
    "RUN_DID_NOT_SUCCEED",
    "RUN_LOST",
    "SCRAP_DATA_INVALID",
    "SCRAP_ENCODER_INVALID",
    "SCRAP_ENCODER_UNAVAILABLE",
    "SCRAP_ENCODER_UNKNOWN",
    "SCRAP_NAME_INVALID",
    "SCRAP_NOT_ENCODABLE",
    "SCRAP_NOT_FOUND",
    "SCRAP_PAYLOAD_INVALID",
    "SCRAP_VERSION_UNSUPPORTED",
    "SERVER_NOT_NAMED",
    "SERVER_UNREACHABLE",
)


class NotemillError(Exception):
    """An error that carries a stable code.

    >>> error = NotemillError("SCRAP_NOT_FOUND", 'no scrap is named "auc"', {"name": "auc"})
    >>> error.code, error.details
    ('SCRAP_NOT_FOUND', {'name': 'auc'})
    >>> str(error)
    'no scrap is named "auc"'
    """

    def __init__(self, code: str, message: str, details: dict[str, Any] | None = None) -> None:
        # All three go to the base class, so that pickle can build the error again.
        super().__init__(code, message, details)
        self.code = code
        self.message = message
        #: The facts behind the message, safe to log.
        self.details: dict[str, Any] = dict(details or {})

    def __str__(self) -> str:
        return self.message


class ScrapError(NotemillError, ValueError):
    """A scrap cannot be written, or was asked for and is not there.

    A ``ValueError``, as scrapbook's ``ScrapbookException`` is.
    """


class NotebookError(NotemillError, ValueError):
    """A file cannot be read, or is not a notebook."""


class ServerError(NotemillError):
    """A server refused a request, or cannot be reached; ``code`` is the server's where it gave one."""


class RunFailedError(NotemillError):
    """A run that was waited for did not succeed."""


class ParameterWarning(UserWarning):
    """A server took parameters that may not be meant, as one that the notebook does not declare."""


class NoKernelWarning(UserWarning):
    """Something was to be recorded in a notebook, and no Jupyter kernel runs this code."""


class CheckWarning(UserWarning):
    """A check did not hold in plain Python, where no notebook can record it."""
