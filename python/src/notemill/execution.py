"""``execute_notebook`` with papermill's signature, over the ``notemill`` command."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from contextlib import ExitStack, closing
from typing import Any

from .command import CommandChoice, find_command
from .errors import NotebookError
from .exceptions import PapermillWarning
from .failures import error_of_failure
from .locations import Location, read_text
from .notebook_document import Document, parse_document
from .notebook_node import make_node
from .path_template import built_in_parameters, fill_path
from .run_arguments import run_flags
from .run_files import RunFiles, Stdin, run_files
from .run_listeners import (
    Listener,
    ProgressBar,
    StreamFile,
    check_progress_bar,
    copy_stream,
    log_run,
    logger,
    show_progress,
)
from .run_listeners import log_output as log_cell_output
from .run_process import Event, run_events


def execute_notebook(
    input_path: Location | Document,
    output_path: Location | None,
    parameters: Mapping[str, Any] | None = None,
    engine_name: str | None = None,
    request_save_on_cell_execute: bool = True,
    prepare_only: bool = False,
    kernel_name: str | None = None,
    language: str | None = None,
    progress_bar: ProgressBar = True,
    log_output: bool = False,
    stdout_file: StreamFile = None,
    stderr_file: StreamFile = None,
    start_timeout: float = 60,
    report_mode: bool = False,
    cwd: Location | None = None,
    **engine_kwargs: Any,
) -> Any:
    """Executes a notebook with parameters, writes the output notebook and gives it back.

    The arguments are papermill's. Relative paths, those of ``stdout_file`` and
    ``stderr_file`` included, belong to the current directory; ``cwd`` is the
    kernel's. Timeouts are in seconds.

    :param input_path: A path, a URL, or a notebook node.
    :param output_path: A path, a URL, or ``None`` to write nothing.
    :param parameters: Values by name. Tuples become lists, sets sorted lists,
        dates ISO 8601 text, NumPy values numbers and lists. Empty: nothing is injected.
    :param engine_name: ``None`` or ``nbclient``; there is one engine.
    :param progress_bar: ``True``, ``False``, or options of tqdm.
    :param log_output: Log what the cells show, with the logger ``notemill``.
    :param stdout_file: A text file object, or a path that is written anew.
    :param engine_kwargs: ``execution_timeout`` or ``timeout`` (of one cell), ``run_timeout`` (of all),
        ``allow_errors`` (execute the cells behind one that raises too, then raise),
        ``autosave_cell_every`` (default 1), ``notemill_command`` (as :func:`notemill.command.find_command`
        takes it). Others are ignored, with a warning where the result would be another.
    :returns: An ``nbformat.NotebookNode`` where nbformat is installed, else a dict with attributes.
    :raises PapermillExecutionError: When a cell raised. As for every failure, the output notebook
        is written first.
    :raises PapermillException: Subclasses in :mod:`notemill.exceptions` for every other failure.
    """
    bar = check_progress_bar(progress_bar)
    command = find_command(_pop_command(engine_kwargs))
    flags = run_flags(
        engine_name=engine_name,
        request_save_on_cell_execute=request_save_on_cell_execute,
        prepare_only=prepare_only,
        kernel_name=kernel_name,
        language=language,
        start_timeout=start_timeout,
        report_mode=report_mode,
        cwd=None if cwd is None else os.fspath(cwd),
        engine_kwargs=engine_kwargs,
    )
    known = {**built_in_parameters(), **(parameters or {})}
    source = input_path if isinstance(input_path, Mapping) else fill_path(input_path, known)
    target = None if output_path is None else fill_path(output_path, known)
    with run_files(source, target, parameters or {}) as files, ExitStack() as stack:
        _log_paths(files, cwd)
        listeners: list[Listener] = [log_run]
        if bar is not None:
            listeners.append(show_progress(bar, stack))
        if log_output:
            listeners.append(log_cell_output)
        for name, file in (("stdout", stdout_file), ("stderr", stderr_file)):
            if file is not None:
                listeners.append(copy_stream(name, file, stack))
        finished = _listen([*command, "run", "--json", *flags, *files.words], files.stdin, listeners)
        return _result(finished, files)


def _pop_command(engine_kwargs: dict[str, Any]) -> CommandChoice:
    choice: CommandChoice = engine_kwargs.pop("notemill_command", None)
    return choice


def _log_paths(files: RunFiles, cwd: Location | None) -> None:
    logger.info("Input Notebook:  %s", files.input)
    logger.info("Output Notebook: %s", "none" if files.output_is_temporary else files.output)
    if cwd is not None:
        logger.info("Working directory: %s", cwd)


def _listen(words: list[str], stdin: Stdin, listeners: list[Listener]) -> Event:
    """Passes every event on; gives the last one. There is none when nothing was to be executed."""
    finished: Event = {}
    with closing(run_events(words, stdin)) as events:
        for event in events:
            for listen in listeners:
                listen(event)
            if event["type"] == "run-finished":
                finished = event
    return finished


def _result(finished: Event, files: RunFiles) -> Any:
    failure = finished.get("failure")
    if failure is not None:
        raise error_of_failure(failure, _source_of(failure.get("cell_id"), files))
    document = _read_output(files)
    if document is not None and files.output_is_temporary:
        document["metadata"].get("papermill", {})["output_path"] = None
    return None if document is None else make_node(document)


def _read_output(files: RunFiles) -> Document | None:
    try:
        return parse_document(read_text(files.output), files.output)
    except NotebookError as error:
        warnings.warn(
            f"the notebook was executed and written, but cannot be given back: {error}",
            PapermillWarning,
            stacklevel=4,
        )
        return None


def _source_of(cell_id: str | None, files: RunFiles) -> str:
    """The source of a cell in the output notebook; nothing where that cannot be read."""
    try:
        document = parse_document(read_text(files.output), files.output)
    except NotebookError:
        return ""
    return next((str(cell["source"]) for cell in document["cells"] if cell.get("id") == cell_id), "")
