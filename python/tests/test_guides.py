"""The code in the guide and in the README runs as it stands."""

from __future__ import annotations

import os
import re
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT, Execute, template

#: What the pages take for granted.
PRELUDE = """
import pandas
orders = pandas.DataFrame({
    "country": ["at", "be"], "total": [1.5, 2.0], "customer": ["a", "b"],
})
late = 2
"""


def blocks(page: str, heading: str) -> list[str]:
    """The Python blocks below a heading."""
    text = (ROOT / page).read_text(encoding="utf-8")
    section = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"```python\n(.*?)```", section, re.DOTALL)


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, execute: Execute) -> Path:
    """A directory with two runs of the notebook that the guide writes."""
    recording = blocks("docs/guides/scraps-and-checks.md", "Record a value")
    checking = blocks("docs/guides/scraps-and-checks.md", "Check the data")
    notebook = execute(PRELUDE, *recording, *checking)
    notebook.metadata.papermill = {"parameters": {"day": "2026-07-01"}}
    directory = tmp_path / "runs"
    directory.mkdir()
    for name in ("2026-07-01", "today"):
        nbformat.write(notebook, directory / f"{name}.ipynb")
    monkeypatch.chdir(tmp_path)
    return directory


def test_the_guide_records_and_reads_back(runs: Path) -> None:
    scope: dict = {}
    (reading,) = blocks("docs/guides/scraps-and-checks.md", "Read it back")
    exec(reading, scope)
    notebook = scope["notebook"]
    assert notebook.parameters == {"day": "2026-07-01"}
    assert notebook.data["auc"] == 0.93
    assert notebook.data["by country"] == {"at": 1.5, "be": 2.0}
    assert notebook.data["sample"].equals(scope["book"]["today"].data["sample"])
    assert notebook.outcome == "warned"
    assert notebook.checks[0].details == {"rows": 2}


@pytest.mark.usefixtures("runs")
def test_the_readme_reads_back() -> None:
    (recording,) = blocks("python/README.md", "In a notebook")
    compile(recording, "README", "exec")
    scope: dict = {}
    (reading,) = blocks("python/README.md", "Afterwards")
    exec(reading, scope)
    assert scope["notebook"].data["auc"] == 0.93


@pytest.mark.usefixtures("clone_command")
def test_the_readme_executes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    nbformat.write(template("print(alpha)", tagged="alpha = 1"), "report.ipynb")
    (executing,) = blocks("python/README.md", "Execute a notebook")
    exec(executing, {})
    assert sorted(os.listdir()) == ["out-0.6.ipynb", "report.ipynb"]
