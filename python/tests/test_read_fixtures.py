"""Reading the notebooks that the real libraries wrote; the same files as packages/scraps reads."""

from __future__ import annotations

import math
from typing import Any

import pandas
import pytest
from conftest import FIXTURES

from notemill import read_notebook
from notemill.scrap import Undecoded

COMMON: dict[str, Any] = {
    "text": "hello",
    "digits": "123",
    "whole": 1,
    "float": 1.0,
    "tenth": 0.1,
    "big": 12345678901234567890,
    "yes": True,
    "list": [1, 2.0, None, "x"],
    "dict": {"a": {"b": 1}},
    "json text": {"a": 1},
    "both": {"a": 1},
    "again": 2,
}


@pytest.mark.parametrize("name", ["scrapbook-0.5", "notemill"])
def test_reads_glued_values(name: str) -> None:
    notebook = read_notebook(FIXTURES / f"{name}.ipynb")
    data = notebook.data
    assert {key: data[key] for key in COMMON} == COMMON
    assert {key: type(data[key]) for key in COMMON} == {key: type(value) for key, value in COMMON.items()}
    assert math.isnan(data["nan"])
    expected = pandas.DataFrame({"n": [1, 2], "s": ["x", "é"]})
    pandas.testing.assert_frame_equal(data["frame"], expected)
    assert list(notebook.scraps.display_dict)[:3] == ["shown", "both", "replaced"]
    assert notebook.scraps["both"].display["data"]["text/plain"] == "{'a': 1}"
    assert "replaced" not in data
    assert notebook.problems == []
    assert notebook.parameters == {"alpha": 0.5, "rows": 3}


def test_reads_what_only_notemill_glues() -> None:
    notebook = read_notebook(FIXTURES / "notemill.ipynb")
    assert notebook.data["none"] is None
    assert "none" in notebook.scraps.data_scraps
    assert notebook.data["nested nan"] == {"loss": [0.5, math.inf]}
    assert notebook.data["array"] == [[0, 1], [2, 3]]
    assert notebook.data["recorded"] == 0.25
    assert notebook.data["recorded none"] is None
    assert notebook.scraps["displayed"].display["data"]["text/markdown"] == "seen"
    assert [(check.name, check.ok, check.severity) for check in notebook.checks] == [
        ("has rows", True, "error"),
        ("no nulls", False, "warning"),
        ("fresh", False, "info"),
        ("sum adds up", False, "error"),
    ]
    assert notebook.outcome == "failed"


def test_reads_papermill_records() -> None:
    notebook = read_notebook(FIXTURES / "papermill-0.19.ipynb")
    assert notebook.data == {
        "text": "hello",
        "digits": "123",
        "tenth": 0.1,
        "none": None,
        "list": [1, None],
        "dict": {"a": 1},
        "both": 5,
    }
    assert notebook.scraps["both"].display["data"]["text/plain"] == "'Looks'"
    assert notebook.scraps["shown"].encoder == "display"


def test_broken_payloads_become_problems() -> None:
    notebook = read_notebook(FIXTURES / "broken.ipynb")
    codes: list[str] = [f"{problem.cell_index} {problem.code}" for problem in notebook.problems]
    assert codes == [
        *["0 SCRAP_PAYLOAD_INVALID"] * 11,
        "1 SCRAP_VERSION_UNSUPPORTED",
        *["2 SCRAP_PAYLOAD_INVALID"] * 2,
        *["3 CHECK_PAYLOAD_INVALID"] * 5,
        "5 SCRAP_ENCODER_UNKNOWN",
        "6 SCRAP_DATA_INVALID",
    ]
    assert notebook.data["good"] == 1
    assert notebook.data["null data"] is None
    assert isinstance(notebook.data["unknown encoder"], Undecoded)
    assert notebook.data["unknown encoder"].payload == "zzz"
    assert notebook.parameters == {}
    assert [check.ok for check in notebook.checks] == [False] * 5


def test_reads_nbformat_3() -> None:
    notebook = read_notebook(FIXTURES / "nbformat-3.ipynb")
    assert notebook.nbformat == 4
    assert [cell["cell_type"] for cell in notebook.cells] == ["markdown", "markdown", "code", "code"]
    assert [cell["source"] for cell in notebook.cells] == ["## A title", "text more", "1 + 1\n2", ""]
    assert notebook.execution_counts == [None, None, 3, None]
    stream, result, display, error = notebook.cells[2]["outputs"]
    assert (stream["name"], stream["text"]) == ("stderr", "a\nb")
    assert result["data"] == {"text/plain": "2", "text/html": "<b>2</b>"}
    assert (result["output_type"], error["output_type"]) == ("execute_result", "error")
    assert notebook.scraps["plot"].display == display
