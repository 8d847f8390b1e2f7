"""The one-import switch: the same calls and exceptions as papermill's."""

from __future__ import annotations

import inspect
import logging
import os
import pickle
import re
from pathlib import Path
from typing import Any

import nbformat
import papermill
import papermill.exceptions
import pytest
from conftest import template

import notemill
from notemill import exceptions

pytestmark = pytest.mark.usefixtures("clone_command")


def shape(function: Any) -> Any:
    return [(each.name, each.kind, each.default) for each in inspect.signature(function).parameters.values()]


@pytest.mark.parametrize("name", ["execute_notebook", "inspect_notebook"])
def test_signatures_are_papermills(name: str) -> None:
    assert shape(getattr(notemill, name)) == shape(getattr(papermill, name))


def exception_classes(module: Any) -> set[str]:
    return {
        name
        for name, value in vars(module).items()
        if inspect.isclass(value) and issubclass(value, Exception) and name.startswith("Papermill")
    }


def test_exceptions_have_papermills_names_and_ancestors() -> None:
    for name in exception_classes(papermill.exceptions):
        ours, theirs = getattr(exceptions, name), getattr(papermill.exceptions, name)
        assert [each.__name__ for each in ours.__mro__] == [each.__name__ for each in theirs.__mro__]
        assert ours is not theirs


def test_execution_errors_look_the_same() -> None:
    facts = (3, 7, "1/0", "ZeroDivisionError", "division by zero", ["\x1b[0;31mtrace\x1b[0m", "é\x1b[K"])
    ours, theirs = notemill.PapermillExecutionError(*facts), papermill.PapermillExecutionError(*facts)
    assert str(ours) == str(theirs)
    assert ours.args == theirs.args
    assert vars(ours) == vars(theirs)
    copy = pickle.loads(pickle.dumps(ours))
    assert (str(copy), vars(copy)) == (str(ours), vars(ours))


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("CellTimeoutError", TimeoutError),
        ("RunTimeoutError", TimeoutError),
        ("DeadKernelError", RuntimeError),
        ("KernelStartError", RuntimeError),
        ("NoSuchKernel", KeyError),
        ("KernelUnknownError", ValueError),
        ("LocationError", FileNotFoundError),
        ("InvalidNotebookError", ValueError),
        ("InvalidParameterError", ValueError),
        ("CheckFailedError", exceptions.RunError),
        ("RunCancelledError", exceptions.RunError),
        ("CommandNotFoundError", exceptions.RunError),
    ],
)
def test_other_errors_are_what_papermill_lets_through(name: str, base: type) -> None:
    error = getattr(exceptions, name)("SOME_CODE", "what happened", {"fact": 1})
    assert isinstance(error, base)
    assert isinstance(error, notemill.PapermillException)
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), copy.code, copy.details) == (
        type(error),
        "what happened",
        "SOME_CODE",
        {"fact": 1},
    )


def run_as_airflow_does(pm: Any, directory: Path) -> Any:
    """The call of Airflow's papermill operator."""
    return pm.execute_notebook(
        str(directory / "in.ipynb"),
        str(directory / "out.ipynb"),
        parameters={"msgs": "ran from Airflow at 2026-07-01", "n": 3},
        progress_bar=False,
        report_mode=True,
        kernel_name="python3",
        language="python",
        engine_name=None,
    )


@pytest.fixture
def own_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    """papermill finds `python` on PATH; it must be the Python of the tests."""
    import sys

    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")


def comparable(node: Any) -> Any:
    return [
        (cell.cell_type, cell.source, cell.metadata.tags, cell.metadata.jupyter, cell.get("outputs"))
        for cell in node.cells
    ]


@pytest.mark.usefixtures("own_kernels")
def test_airflows_call_gives_the_same_notebook(tmp_path: Path) -> None:
    notebook = template("print(msgs * n)", "n + 1", tagged="msgs = ''\nn = 1")
    nbformat.write(notebook, tmp_path / "in.ipynb")
    theirs = run_as_airflow_does(papermill, tmp_path)
    ours = run_as_airflow_does(notemill, tmp_path)
    assert type(ours) is type(theirs)
    assert comparable(ours) == comparable(theirs)
    assert ours.metadata.papermill.parameters == theirs.metadata.papermill.parameters


@pytest.mark.usefixtures("own_kernels")
def test_a_failing_cell_raises_the_same(tmp_path: Path) -> None:
    nbformat.write(template("x = 1", "1/0", "2"), tmp_path / "in.ipynb")
    caught = {}
    for pm in (papermill, notemill):
        with pytest.raises(pm.PapermillExecutionError) as error:
            pm.execute_notebook(tmp_path / "in.ipynb", tmp_path / "out.ipynb", progress_bar=False)
        caught[pm] = error.value
    ours, theirs = caught[notemill], caught[papermill]
    for name in ("cell_index", "exec_count", "source", "ename", "evalue"):
        assert getattr(ours, name) == getattr(theirs, name)
    assert str(ours) == str(theirs)


@pytest.mark.usefixtures("own_kernels")
def test_logs_what_papermill_logs(tmp_path: Path, caplog: Any) -> None:
    source = "import sys\nsys.stdout.write('out\\n')\nsys.stdout.flush()\nsys.stderr.write('err\\n')\nsys.stderr.flush()\n[1, 2]"
    nbformat.write(template(source), tmp_path / "in.ipynb")
    logged = {}
    for pm in (papermill, notemill):
        caplog.clear()
        with caplog.at_level(logging.INFO):
            pm.execute_notebook(
                tmp_path / "in.ipynb", tmp_path / "out.ipynb", log_output=True, progress_bar=False
            )
        logged[pm] = [
            (record.levelname, record.getMessage()) for record in caplog.records if record.name == pm.__name__
        ]
    assert logged[notemill] == logged[papermill]


@pytest.mark.parametrize(
    "tagged",
    [
        "alpha = 0.5  # how much\nname: str = 'x'\nrows = 3  # type: int rows to read",
        "values = [1,\n  2]\nlimits = {'a': 1}",
        "none = None",
        "# only a comment",
    ],
)
def test_inspects_as_papermill_does(tmp_path: Path, tagged: str) -> None:
    path = tmp_path / "in-1.ipynb"
    nbformat.write(template("1", tagged=tagged), path)
    ours = notemill.inspect_notebook(path)
    assert ours == papermill.inspect_notebook(path)
    assert notemill.inspect_notebook(f"{tmp_path}/in-{{n}}.ipynb", {"n": 1}) == ours


def test_inspecting_nothing_fails_by_name(tmp_path: Path) -> None:
    with pytest.raises(exceptions.LocationError, match=re.escape("gone.ipynb")):
        notemill.inspect_notebook(tmp_path / "gone.ipynb")
    nbformat.write(template("1"), tmp_path / "in.ipynb")
    assert notemill.inspect_notebook(str(tmp_path / "in.ipynb")) == {}
