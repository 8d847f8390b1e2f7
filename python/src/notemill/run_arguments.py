"""From the arguments of ``execute_notebook`` to the command line of ``notemill run``."""

from __future__ import annotations

import warnings
from typing import Any

from .exceptions import PapermillWarning
from .run_listeners import logger

#: Engine options that have a flag, all in seconds; ``None`` leaves it out. As in papermill,
#: ``timeout`` is nbclient's name for ``execution_timeout``, which goes before it.
ENGINE_FLAGS = {
    "autosave_cell_every": "--autosave-cell-every",
    "timeout": "--execution-timeout",
    "execution_timeout": "--execution-timeout",
    "run_timeout": "--timeout",
}

#: Options of nbclient that change how a run ends or what it executes, and that are not followed.
#: Each with the values that ask for nothing.
NOT_FOLLOWED: dict[str, tuple[Any, ...]] = {
    "allow_error_names": (None, [], ()),
    "error_on_timeout": (None, {}),
    "extra_arguments": (None, [], ()),
    "force_raise_errors": (None, False),
    "interrupt_on_timeout": (None, False),
    "kernel_manager_class": (None,),
    "km": (None,),
    "skip_cells_with_tag": (None, "skip-execution"),
    "timeout_func": (None,),
}


def run_flags(
    *,
    engine_name: str | None,
    request_save_on_cell_execute: bool,
    prepare_only: bool,
    kernel_name: str | None,
    language: str | None,
    start_timeout: float | None,
    report_mode: bool,
    cwd: Any,
    engine_kwargs: dict[str, Any],
) -> list[str]:
    """Gives the flags, in a fixed order. Engine options without a flag are ignored, and logged.

    >>> run_flags(engine_name=None, request_save_on_cell_execute=True, prepare_only=True, kernel_name="ir",
    ...           language=None, start_timeout=60, report_mode=False, cwd=None,
    ...           engine_kwargs={"execution_timeout": 5, "autosave_cell_every": None})
    ['--prepare-only', '--kernel=ir', '--start-timeout=60', '--execution-timeout=5']
    """
    flags: list[str] = []
    if not request_save_on_cell_execute:
        flags.append("--no-request-save-on-cell-execute")
    if prepare_only:
        flags.append("--prepare-only")
    if report_mode:
        flags.append("--report-mode")
    if engine_kwargs.get("allow_errors"):
        flags.append("--allow-errors")
    values: dict[str, Any] = {
        "--engine": engine_name,
        "--kernel": kernel_name,
        "--language": language,
        "--start-timeout": _seconds(start_timeout),
        "--cwd": cwd,
    }
    for name, flag in ENGINE_FLAGS.items():
        # No limit for a cell is what there is anyway, and must not hide another name of the limit.
        nothing = (None, 0) if name == "execution_timeout" else (None,)
        if engine_kwargs.get(name) not in nothing:
            values[flag] = _seconds(engine_kwargs[name])
    _tell_ignored(engine_kwargs)
    return [*flags, *(f"{flag}={value}" for flag, value in values.items() if value is not None)]


def _tell_ignored(engine_kwargs: dict[str, Any]) -> None:
    """Options without effect are logged; those that the caller would miss are a warning."""
    for name, value in engine_kwargs.items():
        if name in NOT_FOLLOWED and value not in NOT_FOLLOWED[name]:
            message = f"the engine option {name!r} is not followed; the notebook runs as without it"
            warnings.warn(message, PapermillWarning, stacklevel=4)
        elif name not in ENGINE_FLAGS and name != "allow_errors":
            logger.info("ignored the engine option %r", name)


def _seconds(value: float | None) -> float | None:
    """Zero and less mean no limit; a whole number is written without a point."""
    if value is None or value <= 0:
        return None if value is None else 0
    return int(value) if value == int(value) else value
