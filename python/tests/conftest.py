"""Shared fixtures: executing cells in a real kernel, and the notebooks of packages/scraps."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Callable

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "python" / "src"
FIXTURES = ROOT / "packages" / "scraps" / "test" / "fixtures"

#: Executes the sources as the cells of one notebook and gives the notebook node.
Execute = Callable[..., Any]


@pytest.fixture(scope="session")
def execute() -> Execute:
    """Executes cells in a new kernel of the Python that runs the tests."""

    def run(*sources: str) -> Any:
        import nbclient
        import nbformat

        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        notebook = nbformat.v4.new_notebook(cells=cells)
        client = nbclient.NotebookClient(notebook, kernel_name="python3", timeout=120)
        before = dict(os.environ)
        os.environ["PYTHONPATH"] = str(SOURCES)
        # The kernelspec says `python`, which must be this one.
        os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{before['PATH']}"
        try:
            client.execute()
        finally:
            os.environ.clear()
            os.environ.update(before)
        return notebook

    return run


@pytest.fixture
def clone_command(monkeypatch: pytest.MonkeyPatch) -> str:
    """Makes the library use the command of this clone, with kernels in the Python that runs the tests."""
    command = os.environ.get("NOTEMILL_COMMAND", str(ROOT / "notemill"))
    monkeypatch.setenv("NOTEMILL_COMMAND", command)
    monkeypatch.setenv("PYTHONPATH", str(SOURCES))
    monkeypatch.delenv("NOTEMILL_VENV", raising=False)
    return command


def cell(*outputs: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A code cell with these outputs."""
    return {
        "cell_type": "code",
        "execution_count": 1,
        "metadata": {},
        "source": "",
        "outputs": list(outputs),
        **fields,
    }


def template(*sources: str, tagged: str = "") -> Any:
    """A Python notebook node; the first cell, tagged ``parameters``, holds ``tagged`` if that is given."""
    from nbformat.v4 import new_code_cell, new_notebook

    cells = [new_code_cell(source) for source in sources]
    if tagged:
        cells.insert(0, new_code_cell(tagged, metadata={"tags": ["parameters"]}))
    kernelspec = {"name": "python3", "language": "python", "display_name": "Python 3"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernelspec})


def document(*cells: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    """A notebook document of nbformat 4."""
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": list(cells)}


def texts(notebook: Any) -> list[str]:
    """What the outputs of a notebook look like as plain text."""
    found = []
    for each in notebook["cells"]:
        for output in each["outputs"]:
            data = output.get("data", {})
            found.append(data.get("text/markdown") or data.get("text/plain") or output.get("text") or "")
    return found
