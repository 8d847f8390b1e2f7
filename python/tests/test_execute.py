"""Executing notebooks through the command of this clone, with real kernels."""

from __future__ import annotations

import datetime
import io
import json
import logging
import math
import os
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import numpy
import pytest
from conftest import template

import notemill
from notemill import exceptions
from notemill.run_listeners import logger

pytestmark = pytest.mark.usefixtures("clone_command")


@pytest.fixture(autouse=True)
def in_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def execute(node: Any, output: Any = None, parameters: Any = None, **options: Any) -> Any:
    return notemill.execute_notebook(node, output, parameters, progress_bar=False, **options)


def streams(node: Any) -> list[str]:
    return [output["text"] for cell in node.cells for output in cell.get("outputs", []) if "text" in output]


def test_runs_a_file_with_parameters(tmp_path: Path) -> None:
    nbformat.write(template("print(alpha, day)", tagged="alpha = 1\nday = ''"), "in.ipynb")
    parameters = {"alpha": 0.5, "day": datetime.date(2026, 7, 1)}
    node = execute("in.ipynb", Path("out-{alpha}-{day:%Y%m}.ipynb"), parameters)
    assert isinstance(node, nbformat.NotebookNode)
    assert node == nbformat.read("out-0.5-202607.ipynb", as_version=4)
    assert streams(node) == ["0.5 2026-07-01\n"]
    metadata = node.metadata.papermill
    assert metadata.parameters == {"alpha": 0.5, "day": "2026-07-01"}
    assert (metadata.input_path, metadata.output_path) == ("in.ipynb", "out-0.5-202607.ipynb")
    assert sorted(os.listdir()) == ["in.ipynb", "out-0.5-202607.ipynb"]


def test_runs_a_node_and_keeps_no_file() -> None:
    node = execute(template("print(6 * 7)"), None)
    assert streams(node) == ["42\n"]
    assert node.metadata.papermill.output_path is None
    assert os.listdir() == []


VALUES: dict[str, Any] = {
    "none": None,
    "yes": True,
    "whole": 7,
    "big": 2**80,
    "negative": -3,
    "one": 1.0,
    "large": 1e300,
    "round": 1e16,
    "small": 5e-324,
    "text": 'it\'s "quoted" \\ {braces} ${x} # no',
    "lines": "a\nb\r\tc\x00\x07\x1b\x7f\x85\xa0\u2028\u2029\ufeff",
    "digits": "0123",
    "word": "yes",
    "moon": "é 漢 😀",
    "list": [1, [2.5, None, "x"], {}],
    "dict": {"a b": 1, "c": {"d": [True]}},
    "nothing": {},
}

CONVERTED: list[tuple[Any, Any]] = [
    ((1, (2.0, "x")), [1, [2.0, "x"]]),
    ({3, 1, 2}, [1, 2, 3]),
    (datetime.datetime(2026, 7, 1, 8, 30), "2026-07-01T08:30:00"),
    (Path("a/b"), "a/b"),
    (numpy.float32(0.5), 0.5),
    (numpy.arange(3), [0, 1, 2]),
    ({1: "a"}, {"1": "a"}),
]


def test_parameters_arrive_as_they_left() -> None:
    names = [f"p_{name}" for name in VALUES]
    source = (
        f"from notemill import glue\nglue('all', [{', '.join(names)}])\nglue('nan', [not_a_number, lowest])"
    )
    parameters = dict(zip(names, VALUES.values()))
    node = execute(template(source), None, {**parameters, "not_a_number": math.nan, "lowest": -math.inf})
    read = notemill.read_notebook(node)
    assert read.data["all"] == list(VALUES.values())
    assert [type(value) for value in read.data["all"]] == [type(value) for value in VALUES.values()]
    assert math.isnan(read.data["nan"][0])
    assert read.data["nan"][1] == -math.inf
    assert math.isnan(read.parameters["not_a_number"])


def test_other_python_types_are_converted() -> None:
    names = [f"p{index}" for index in range(len(CONVERTED))]
    source = f"from notemill import glue\nglue('all', [{', '.join(names)}])"
    node = execute(template(source), None, dict(zip(names, (value for value, _to in CONVERTED))))
    assert notemill.read_notebook(node).data["all"] == [expected for _value, expected in CONVERTED]


@pytest.mark.parametrize("value", [object(), b"bytes", [1j], {"a": {(1, 2): 3}}])
def test_a_value_that_is_no_parameter_is_refused(value: Any) -> None:
    with pytest.raises(exceptions.InvalidParameterError) as caught:
        execute(template("1"), None, {"alpha": value})
    assert caught.value.code == "PARAMETER_VALUE_UNSUPPORTED"
    assert '"alpha"' in str(caught.value)


def test_prepares_without_executing() -> None:
    node = execute(template("print(a)", tagged="a = 1"), "out-{a}.ipynb", {"a": 2}, prepare_only=True)
    assert streams(node) == []
    assert [cell.source for cell in node.cells] == ["a = 1", "# Parameters\na = 2\n", "print(a)"]
    assert os.listdir() == ["out-2.ipynb"]


def test_options_reach_the_command(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    node = execute(
        template("import os; print(os.getcwd())"),
        "out.ipynb",
        cwd=inner,
        report_mode=True,
        request_save_on_cell_execute=False,
        autosave_cell_every=5,
        execution_timeout=60,
        run_timeout=60,
        start_timeout=60,
        kernel_name="python3",
        language="python",
        engine_name="nbclient",
        some_engine_option=object(),
    )
    assert streams(node) == [f"{inner}\n"]
    assert node.cells[0].metadata.jupyter.source_hidden is True
    assert os.path.exists("out.ipynb")


def test_a_braced_path_stays_as_it_is() -> None:
    execute(template("1"), "a{{b}}.ipynb")
    assert os.listdir() == ["a{b}.ipynb"]


def test_streams_go_to_files() -> None:
    source = "import sys\nprint('one', flush=True)\nprint('two', file=sys.stderr)\n'shown'"
    printed = io.StringIO()
    execute(template(source), None, stdout_file=printed, stderr_file="errors.txt")
    assert printed.getvalue() == "one\n"
    assert Path("errors.txt").read_text() == "two\n"
    execute(template("1"), None, stdout_file="silent.txt")
    assert not os.path.exists("silent.txt")


def test_prints_to_standard_output(capsys: Any) -> None:
    node = execute(template("1"), "-")
    printed = capsys.readouterr().out
    assert json.loads(printed)["cells"][0]["source"] in (["1"], "1")
    assert node.cells[0].source == "1"
    assert os.listdir() == []


def test_reads_standard_input() -> None:
    script = "import notemill; print(notemill.execute_notebook('-', None).cells[0].outputs[0].text)"
    piped = nbformat.writes(template("print('piped')"))
    command = [sys.executable, "-W", "ignore", "-c", script]
    done = subprocess.run(command, input=piped, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "piped"


def test_shows_progress(capsys: Any) -> None:
    notemill.execute_notebook(template("# papermill_description=Loading\n1", "2"), None, progress_bar=True)
    assert "Executing Loading: 100%" in capsys.readouterr().err
    options = {"desc": "Mine", "unit": "step", "ncols": 60}
    notemill.execute_notebook(template("1"), None, progress_bar=options)
    assert "Mine: 100%" in capsys.readouterr().err
    with pytest.raises(TypeError, match="progress_bar"):
        notemill.execute_notebook(template("1"), None, progress_bar="yes")  # type: ignore[arg-type]


def test_warnings_of_the_run_are_logged(caplog: Any) -> None:
    with caplog.at_level(logging.INFO, logger="notemill"):
        execute(template("1", tagged="a = 1"), None, {"b": 1})
    messages = [record.getMessage() for record in caplog.records]
    assert "Passed unknown parameter: b" in messages
    assert "Executing notebook with kernel: python3" in messages


@pytest.mark.parametrize(
    ("source", "options", "name", "code"),
    [
        ("import os; os._exit(1)", {}, "DeadKernelError", "KERNEL_DIED"),
        ("while True: pass", {"execution_timeout": 1}, "CellTimeoutError", "CELL_TIMED_OUT"),
        ("while True: pass", {"run_timeout": 2}, "RunTimeoutError", "RUN_TIMED_OUT"),
        (
            "from notemill import check; check('rows', False, message='none')",
            {},
            "CheckFailedError",
            "CHECK_FAILED",
        ),
        ("1", {"kernel_name": "no-such-kernel"}, "NoSuchKernel", "KERNELSPEC_NOT_FOUND"),
        ("1", {"engine_name": "spark"}, "RunError", "ENGINE_UNKNOWN"),
    ],
)
def test_failures_have_classes(source: str, options: Any, name: str, code: str) -> None:
    with pytest.raises(exceptions.PapermillException) as caught:
        execute(template(source), "out.ipynb", **options)
    assert (type(caught.value).__name__, caught.value.code) == (name, code)


@pytest.mark.parametrize(
    ("source", "output", "name", "code"),
    [
        ("missing.ipynb", "out.ipynb", "LocationError", "STORAGE_NOT_FOUND"),
        ("in.ipynb", "missing/out.ipynb", "LocationError", "STORAGE_NO_DIRECTORY"),
        ("text.ipynb", "out.ipynb", "InvalidNotebookError", "NOTEBOOK_NOT_JSON"),
        ("in-{gone}.ipynb", "out.ipynb", "PapermillMissingParameterException", "PARAMETER_MISSING"),
        ("in.ipynb", "{", "InvalidParameterError", "PATH_TEMPLATE_INVALID"),
        ("in.ipynb", "{}", "InvalidParameterError", "PATH_TEMPLATE_INVALID"),
        ("bare.ipynb", "out.ipynb", "KernelUnknownError", "KERNEL_NAME_MISSING"),
    ],
)
def test_a_run_that_cannot_begin_writes_nothing(source: str, output: str, name: str, code: str) -> None:
    nbformat.write(template("1"), "in.ipynb")
    Path("text.ipynb").write_text("no notebook")
    nbformat.write(nbformat.v4.new_notebook(), "bare.ipynb")
    with pytest.raises(exceptions.PapermillException) as caught:
        execute(source, output)
    assert (type(caught.value).__name__, caught.value.code) == (name, code)
    assert sorted(os.listdir()) == ["bare.ipynb", "in.ipynb", "text.ipynb"]


def test_runs_in_threads_keep_their_directories(tmp_path: Path) -> None:
    node = template("import os; print(os.path.basename(os.getcwd()))")
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    with ThreadPoolExecutor(2) as pool:
        nodes = pool.map(lambda name: execute(node, f"{name}.ipynb", cwd=tmp_path / name), ("one", "two"))
        assert [streams(each) for each in nodes] == [["one\n"], ["two\n"]]
    assert Path.cwd() == tmp_path


def test_an_interrupted_run_saves_and_ends() -> None:
    class Interrupt(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.getMessage().startswith("Executing Cell 2"):
                raise KeyboardInterrupt

    handler = Interrupt()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        with pytest.raises(KeyboardInterrupt):
            execute(template("print('first')", "while True: pass", "3"), "out.ipynb", log_output=True)
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    saved = nbformat.read("out.ipynb", as_version=4)
    assert saved.metadata.notemill.status == "cancelled"
    assert "first\n" in streams(saved)


def test_sys_exit_zero_is_a_success() -> None:
    node = execute(template("import sys; sys.exit(0)", "print('never')"), "out.ipynb")
    assert "never\n" not in streams(node)


def test_an_output_that_cannot_be_read_back_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = [sys.executable, "-c", 'print(\'{"type": "run-finished", "status": "succeeded"}\')']
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert execute("in.ipynb", "gone.ipynb", notemill_command=stand_in) is None
    assert [each.category for each in caught] == [exceptions.PapermillWarning]
    assert caught[0].filename == __file__


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("import os; os.kill(os.getpid(), 9)", "was killed by signal 9"),
        ("import sys; print('no event'); sys.exit('broken: detail')", "exit code 1 .*broken: detail"),
    ],
)
def test_a_command_that_says_nothing_is_reported(code: str, message: str) -> None:
    with pytest.raises(exceptions.RunError, match=message) as caught:
        execute("in.ipynb", None, notemill_command=[sys.executable, "-c", code])
    assert caught.value.code == "RUN_LOST"


def test_the_command_is_looked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NOTEMILL_COMMAND")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(exceptions.CommandNotFoundError, match="cannot be started"):
        execute(template("1"), None, notemill_command="/no/such/command --flag")
    script = tmp_path / "notemill"
    script.write_text("#!/bin/sh\necho 'notemill: found me (USAGE_INVALID)' >&2\nexit 2\n")
    script.chmod(0o755)
    with pytest.raises(exceptions.RunError, match="found me") as caught:
        execute(template("1"), None)
    assert caught.value.code == "USAGE_INVALID"
