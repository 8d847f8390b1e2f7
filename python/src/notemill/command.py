"""Finding the ``notemill`` command and the environment it gets."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Sequence
from typing import Union

from .exceptions import CommandNotFoundError

#: A command as one line for a shell to split, or as words.
CommandChoice = Union[None, str, Sequence[str]]


def find_command(choice: CommandChoice = None) -> list[str]:
    """Gives the words that start the ``notemill`` command.

    The choice comes first, then the environment variable ``NOTEMILL_COMMAND``
    (words as in a shell), then ``notemill`` on ``PATH``.

    >>> find_command("/opt/node/bin/node '/opt/note mill/notemill.js'")
    ['/opt/node/bin/node', '/opt/note mill/notemill.js']

    :raises CommandNotFoundError: ``COMMAND_NOT_FOUND``.
    """
    wanted = choice if choice is not None else os.environ.get("NOTEMILL_COMMAND")
    words = shlex.split(wanted) if isinstance(wanted, str) else list(wanted or [])
    if words:
        return words
    found = shutil.which("notemill")
    if found is None:
        raise CommandNotFoundError(
            "COMMAND_NOT_FOUND",
            "the notemill command is not on PATH; install it, or set NOTEMILL_COMMAND to what starts it",
        )
    return [found]


def command_environment() -> dict[str, str]:
    """The environment of the command: that of this process, with this Python's kernels first.

    papermill looks for kernels in the environment it is installed in, so a
    notebook whose kernel is ``python3`` runs in the Python that calls. A
    ``NOTEMILL_VENV`` that is set already stays.
    """
    environment = dict(os.environ)
    kernels = os.path.join(sys.prefix, "share", "jupyter", "kernels")
    if "NOTEMILL_VENV" not in environment and os.path.isdir(kernels):
        environment["NOTEMILL_VENV"] = sys.prefix
    return environment
