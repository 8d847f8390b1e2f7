"""What a caller of ``execute_notebook`` sees while the notebook runs: progress, log, copied streams."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from typing import IO, Any, Callable, Union

from .run_process import Event

#: Where log lines go. papermill's logger is called ``papermill``.
logger = logging.getLogger("notemill")

Listener = Callable[[Event], None]

#: A file object, or a path that is opened when the first text comes.
StreamFile = Union[None, str, "os.PathLike[str]", IO[str]]

#: ``True``, ``False``, or options of tqdm.
ProgressBar = Union[bool, Mapping[str, Any]]


def check_progress_bar(choice: ProgressBar) -> dict[str, Any] | None:
    """Gives the options of the progress bar, or ``None`` for none.

    :raises TypeError: For anything but a bool or a mapping.
    """
    if isinstance(choice, bool):
        return {"unit": "cell", "desc": "Executing"} if choice else None
    if isinstance(choice, Mapping):
        return {"unit": "cell", "desc": "Executing", **choice}
    raise TypeError(f"progress_bar must be bool or a dict of tqdm options, not {type(choice).__name__}")


def show_progress(options: dict[str, Any], stack: ExitStack) -> Listener:
    """Shows a progress bar over all cells: tqdm's, or a plain one on a terminal where tqdm is missing."""
    bar: Any = None

    def listen(event: Event) -> None:
        nonlocal bar
        kind = event["type"]
        if kind == "run-started":
            bar = _make_bar({"total": event["cell_count"], **options})
            stack.callback(bar.close)
        elif bar is not None and kind == "cell-started" and "description" in event:
            bar.set_description(f"Executing {event['description']}")
        elif bar is not None and kind == "cell-finished":
            bar.update(1)

    return listen


def log_run(event: Event) -> None:
    """Logs which kernel runs the notebook, and warnings."""
    if event["type"] == "run-started":
        logger.info("Executing notebook with kernel: %s", event["kernel_name"])
    elif event["type"] == "run-warned":
        logger.warning("%s", event["message"])


def log_output(event: Event) -> None:
    """Logs begin and end of each cell and what it shows, in papermill's form; stderr as warnings."""
    kind = event["type"]
    if kind == "cell-started":
        logger.info("Executing Cell %s", f"{event['cell_index'] + 1:-<40}")
    elif kind == "cell-finished":
        logger.info("Ending Cell %s", f"{event['cell_index'] + 1:-<43}")
    elif kind == "cell-output":
        output = event["output"]
        if output["output_type"] == "stream":
            level = logging.INFO if output["name"] == "stdout" else logging.WARNING
            logger.log(level, "%s", output["text"])
        elif "text/plain" in output.get("data", {}):
            logger.info("%s", output["data"]["text/plain"])


def copy_stream(name: str, target: StreamFile, stack: ExitStack) -> Listener:
    """Writes one stream of the notebook to a file as it comes, flushed at each piece."""
    file: IO[str] | None = None

    def listen(event: Event) -> None:
        nonlocal file
        output = event.get("output") or {}
        if event["type"] != "cell-output" or output.get("name") != name or output["output_type"] != "stream":
            return
        if file is None:
            file = _open(target, stack)
        file.write(output["text"])
        file.flush()

    return listen


def _open(target: Any, stack: ExitStack) -> IO[str]:
    """A path is opened at the first text, so that a silent run leaves no file."""
    if isinstance(target, (str, os.PathLike)):
        return stack.enter_context(open(target, "w", encoding="utf-8"))
    opened: IO[str] = target
    return opened


def _make_bar(options: dict[str, Any]) -> Any:
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return _PlainBar(options["total"], options["desc"], options["unit"])
    return tqdm(**options)


class _PlainBar:
    """The part of tqdm that is used here, for a terminal; silent elsewhere."""

    def __init__(self, total: int, desc: str, unit: str) -> None:
        self._total, self._desc, self._unit = total, desc, unit
        self._done = 0
        self._draw()

    def set_description(self, desc: str) -> None:
        self._desc = desc
        self._draw()

    def update(self, count: int) -> None:
        self._done += count
        self._draw()

    def close(self) -> None:
        if sys.stderr.isatty():
            sys.stderr.write("\n")

    def _draw(self) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{self._desc}: {self._done}/{self._total} {self._unit}s ")
            sys.stderr.flush()
