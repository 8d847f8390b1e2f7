"""The ``notemill`` command as a child process that tells what happens, event by event."""

from __future__ import annotations

import json
import subprocess
import tempfile
import threading
from collections.abc import Generator, Iterator
from typing import IO, Any

from .command import command_environment
from .exceptions import CommandNotFoundError
from .failures import error_of_refusal
from .run_files import Stdin

#: One line of ``notemill run --json``; ``type`` says which. See packages/executor/src/run-event.ts.
Event = dict[str, Any]

#: How long an interrupted command may take to save and end before it is killed, in seconds.
GRACE_SECONDS = 30.0


def run_events(command: list[str], stdin: Stdin) -> Generator[Event, None, None]:
    """Starts the command and gives its events as they come.

    The last is ``run-finished``; there is none when the notebook was only prepared.

    An exception in the caller, Ctrl-C included, interrupts the command, which
    then saves the output notebook. No process is left when this ends.

    :raises CommandNotFoundError: ``COMMAND_NOT_FOUND``.
    :raises PapermillException: As :func:`notemill.failures.error_of_refusal`,
        when the command fails without a ``run-finished`` event.
    """
    with tempfile.TemporaryFile() as errors:
        process = start(command, stdin, errors)
        finished = False
        try:
            for event in _events(process):
                finished = finished or event.get("type") == "run-finished"
                yield event
            process.wait()
        except BaseException:
            _stop(process)
            raise
        finally:
            if process.stdout is not None:
                process.stdout.close()
        if not finished and process.returncode != 0:
            errors.seek(0)
            text = errors.read().decode("utf-8", errors="replace")
            raise error_of_refusal(process.returncode, text)


def start(command: list[str], stdin: Stdin, stderr: IO[bytes]) -> subprocess.Popen[bytes]:
    """Starts the command with its standard output as a pipe.

    :raises CommandNotFoundError: ``COMMAND_NOT_FOUND``.
    """
    try:
        return subprocess.Popen(
            command, stdin=stdin, stdout=subprocess.PIPE, stderr=stderr, env=command_environment()
        )
    except (FileNotFoundError, PermissionError) as error:
        raise CommandNotFoundError(
            "COMMAND_NOT_FOUND",
            f"the notemill command {command[0]!r} cannot be started: {error.strerror}",
            {"command": command[0]},
        ) from error


def _events(process: subprocess.Popen[bytes]) -> Iterator[Event]:
    for line in process.stdout or ():
        event = _event(line)
        if event is not None:
            yield event


def _event(line: bytes) -> Event | None:
    """A line that is no event is passed over: it may come from anything below the command."""
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) and "type" in event else None


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Asks the command to save and end, and kills it if it takes too long."""
    if process.poll() is not None:
        return
    process.terminate()
    timer = threading.Timer(GRACE_SECONDS, process.kill)
    timer.start()
    try:
        # What is still in the pipe must go somewhere, or the command waits for room.
        for _line in process.stdout or ():
            pass
        process.wait()
    finally:
        timer.cancel()
        if process.poll() is None:
            process.kill()
            process.wait()
