"""Finding the ``notemill`` command and the environment it gets."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Optional, Union
from urllib.parse import urlsplit
from urllib.request import url2pathname

from .exceptions import CommandNotFoundError

#: A command as one line for a shell to split, or as words.
CommandChoice = Union[None, str, Sequence[str]]


def find_command(choice: CommandChoice = None) -> list[str]:
    """Gives the words that start the ``notemill`` command.

    The choice comes first, then the environment variable ``NOTEMILL_COMMAND``
    (words as in a shell), then ``notemill`` on ``PATH``, then the one of the
    clone that this library was installed from.

    >>> find_command("/opt/node/bin/node '/opt/note mill/notemill.js'")
    ['/opt/node/bin/node', '/opt/note mill/notemill.js']

    :raises CommandNotFoundError: ``COMMAND_NOT_FOUND``.
    """
    wanted = choice if choice is not None else os.environ.get("NOTEMILL_COMMAND")
    words = shlex.split(wanted) if isinstance(wanted, str) else list(wanted or [])
    if words:
        return words
    found = shutil.which("notemill") or _command_of_clone()
    if found is None:
        raise CommandNotFoundError(
            "COMMAND_NOT_FOUND",
            "the notemill command is not on PATH, and this library was not installed from a clone that has it; "
            "clone Notemill, run npm start there, and set NOTEMILL_COMMAND to the path of its file notemill",
        )
    return [found]


def _command_of_clone() -> Optional[str]:
    for python in _source_directories():
        command = python.parent / "notemill"
        # Only a clone of ours has the library's project beside the launcher.
        if (python / "pyproject.toml").is_file() and command.is_file() and os.access(command, os.X_OK):
            return str(command)
    return None


def _source_directories() -> Iterator[Path]:
    """Where the library may have been installed from: pip writes it down, and an editable install runs there."""
    yield Path(__file__).resolve().parents[2]
    try:
        origin = metadata.distribution("notemill").read_text("direct_url.json")
        url = urlsplit(json.loads(origin or "{}").get("url", ""))
    except (metadata.PackageNotFoundError, ValueError, AttributeError):
        return
    if url.scheme == "file":
        yield Path(url2pathname(url.path))


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
