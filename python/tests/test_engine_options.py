"""Options that papermill hands to nbclient, given to ``execute_notebook``."""

from __future__ import annotations

import pickle
import warnings
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import nbformat
import pytest
from conftest import template

import notemill
from notemill.exceptions import CellTimeoutError, PapermillWarning
from notemill.run_arguments import run_flags

pytestmark = pytest.mark.usefixtures("clone_command")


def execute(node: Any, output: Any = None, **options: Any) -> Any:
    return notemill.execute_notebook(node, output, progress_bar=False, **options)


def flags_of(**engine_kwargs: Any) -> list[str]:
    return run_flags(
        engine_name=None,
        request_save_on_cell_execute=True,
        prepare_only=False,
        kernel_name=None,
        language=None,
        start_timeout=None,
        report_mode=False,
        cwd=None,
        engine_kwargs=engine_kwargs,
    )


def test_runs_as_the_operator_of_airflow_calls_it(tmp_path: Path) -> None:
    source, output = str(tmp_path / "in.ipynb"), str(tmp_path / "out.ipynb")
    nbformat.write(template("print(day)", tagged="day = None"), source)
    node = notemill.execute_notebook(
        source,
        output,
        parameters={"day": "2026-07-01"},
        progress_bar=False,
        report_mode=True,
        kernel_name=None,
        language=None,
        engine_name=None,
    )
    assert [it.text for it in node.cells[-1].outputs] == ["2026-07-01\n"]
    assert [cell.metadata.jupyter.source_hidden for cell in node.cells] == [True, True, True]


def test_an_exception_comes_through_from_another_process(tmp_path: Path) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        failing = pool.submit(execute, template("1 / 0"))
        with pytest.raises(notemill.PapermillExecutionError, match="ZeroDivisionError") as raised:
            failing.result()
    error = raised.value
    assert (error.ename, error.exec_count, error.source) == ("ZeroDivisionError", 1, "1 / 0")


def test_allow_errors_executes_the_rest_and_raises_then(tmp_path: Path) -> None:
    output = tmp_path / "out.ipynb"
    with pytest.raises(notemill.PapermillExecutionError) as raised:
        execute(template("1 / 0", "print('on')", "[][0]", "print('end')"), output, allow_errors=True)
    assert (raised.value.cell_index, raised.value.ename) == (2, "IndexError")
    assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)
    cells = [cell for cell in nbformat.read(output, as_version=4).cells if "papermill" in cell.metadata]
    statuses = [cell.metadata.papermill.status for cell in cells]
    assert statuses == ["failed", "completed", "failed", "completed"]
    assert [it.text for cell in cells for it in cell.outputs if "text" in it] == ["on\n", "end\n"]


def test_timeout_is_the_limit_of_a_cell() -> None:
    with pytest.raises(CellTimeoutError):
        execute(template("while True: pass"), timeout=1)


@pytest.mark.parametrize(
    ("options", "flags"),
    [
        ({"timeout": 5}, ["--execution-timeout=5"]),
        ({"timeout": 5, "execution_timeout": 7}, ["--execution-timeout=7"]),
        ({"timeout": 5, "execution_timeout": None}, ["--execution-timeout=5"]),
        ({"timeout": 5, "execution_timeout": 0}, ["--execution-timeout=5"]),
        ({"timeout": -1}, ["--execution-timeout=0"]),
        ({"autosave_cell_every": 0, "allow_errors": False}, ["--autosave-cell-every=0"]),
        ({"allow_errors": True}, ["--allow-errors"]),
    ],
)
def test_options_become_flags(options: dict[str, Any], flags: list[str]) -> None:
    assert flags_of(**options) == flags


@pytest.mark.parametrize(
    ("name", "value"), [("skip_cells_with_tag", "slow"), ("interrupt_on_timeout", True), ("km", object())]
)
def test_an_option_that_would_change_the_result_is_a_warning(name: str, value: Any) -> None:
    with pytest.warns(PapermillWarning, match=f"'{name}' is not followed"):
        flags_of(**{name: value})


def test_an_option_that_changes_nothing_is_none() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert flags_of(iopub_timeout=10, interrupt_on_timeout=False, km=None) == []
