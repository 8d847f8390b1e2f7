"""From the arguments of ``execute_notebook`` to the command line of ``notemill run``."""

from __future__ import annotations

from typing import Any

from .run_listeners import logger

#: Engine options that have a flag, all in seconds; ``None`` leaves it out.
ENGINE_FLAGS = {
    "autosave_cell_every": "--autosave-cell-every",
    "execution_timeout": "--execution-timeout",
    "run_timeout": "--timeout",
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
    values: dict[str, Any] = {
        "--engine": engine_name,
        "--kernel": kernel_name,
        "--language": language,
        "--start-timeout": _seconds(start_timeout),
        "--cwd": cwd,
    }
    for name, value in engine_kwargs.items():
        if name in ENGINE_FLAGS:
            values[ENGINE_FLAGS[name]] = _seconds(value)
        else:
            logger.info("ignored the engine option %r", name)
    return [*flags, *(f"{flag}={value}" for flag, value in values.items() if value is not None)]


def _seconds(value: float | None) -> float | None:
    """Zero and less mean no limit; a whole number is written without a point."""
    if value is None or value <= 0:
        return None if value is None else 0
    return int(value) if value == int(value) else value
