"""The library in a Python that has nothing else: no IPython, pandas or nbformat."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from conftest import FIXTURES, SOURCES

SCRIPT = """
import sys, warnings, doctest, importlib, pkgutil
import notemill
from notemill import check, glue, read_notebook, read_notebooks

fixtures = sys.argv[1]
for module in ("IPython", "pandas", "nbformat", "numpy", "pyarrow"):
    assert importlib.util.find_spec(module) is None, module

notebook = read_notebook(fixtures + "/notemill.ipynb")
assert notebook.data["dict"] == {"a": {"b": 1}}
assert notebook.node.metadata.papermill.parameters.alpha == 0.5
first = notebook.dataframe[0]
assert first == {"name": "alpha", "value": 0.5, "type": "parameter", "filename": "notemill.ipynb"}
assert isinstance(notebook.metrics, list) and isinstance(notebook.scraps.dataframe, list)
assert repr(notebook.data["frame"]).startswith("<undecoded pandas"), notebook.data["frame"]
assert [problem.code for problem in notebook.problems] == ["SCRAP_ENCODER_UNAVAILABLE"]

book = read_notebooks(fixtures)
assert {"key", "value"} <= set(book.dataframe[0])
book.scraps_report(include_data=True)

warnings.simplefilter("ignore")
glue("a", 1)
assert check("a", True) and not check("b", False)

for module in pkgutil.iter_modules(notemill.__path__):
    failed, _tried = doctest.testmod(importlib.import_module("notemill." + module.name))
    assert failed == 0, module.name
"""


def test_works_in_a_bare_environment(tmp_path: Path) -> None:
    venv.create(tmp_path / "bare", with_pip=False)
    python = tmp_path / "bare" / "bin" / "python"
    environment = {**os.environ, "PYTHONPATH": str(SOURCES), "PYTHONWARNINGS": "error"}
    command = [str(python), "-c", SCRIPT, str(FIXTURES)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "#### both" in done.stdout


def test_importing_it_imports_nothing_heavy() -> None:
    heavy = "('IPython', 'pandas', 'numpy', 'pyarrow', 'nbformat', 'asyncio', 'papermill')"
    code = f"import notemill, sys; print([name for name in {heavy} if name in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": str(SOURCES)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", sorted(SOURCES.rglob("*.py")), ids=lambda path: path.stem)
def test_is_python_3_9(path: Path) -> None:
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9))
