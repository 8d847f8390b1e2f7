"""Many notebooks at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas
import pytest
from conftest import FIXTURES, Execute, cell, document, texts

from notemill import Notebook, Scrapbook, read_notebook, read_notebooks, tables


def scrap_output(name: str, data: Any, encoder: str = "json", shown: str = "") -> Any:
    payload = {"name": name, "data": data, "encoder": encoder, "version": 1}
    bundle = {f"application/scrapbook.scrap.{encoder}+json": payload}
    if shown:
        bundle["text/plain"] = shown
    tag = {"name": name, "data": True, "display": bool(shown)}
    return {"output_type": "display_data", "data": bundle, "metadata": {"scrapbook": tag}}


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """A directory with two runs and other files."""
    for name, alpha in (("b", 2), ("a", 1)):
        run = document(
            cell(scrap_output("loss", alpha / 10), metadata={"papermill": {"duration": alpha}}),
            cell(
                scrap_output("note", f"text {alpha}", "text"), scrap_output("plot", 1, shown=f"plot {alpha}")
            ),
            papermill={"parameters": {"alpha": alpha}},
        )
        (tmp_path / f"{name}.ipynb").write_text(json.dumps(run))
    (tmp_path / "notes.txt").write_text("no notebook")
    return tmp_path


def test_reads_a_directory_in_order(runs: Path) -> None:
    book = read_notebooks(runs)
    assert list(book) == ["a", "b"]
    assert book["a.ipynb"] is book["a"]
    assert [notebook.parameters for notebook in book.notebooks] == [{"alpha": 1}, {"alpha": 2}]
    assert book.scraps.data_dict == {"loss": 0.2, "note": "text 2", "plot": 1}
    assert book.notebook_scraps["a"].data_dict["loss"] == 0.1
    assert list(read_notebooks(runs, lambda path: path.endswith("b.ipynb"))) == ["b"]
    with pytest.raises(KeyError):
        book["c.ipynb"]


def test_takes_paths_and_notebooks(runs: Path) -> None:
    book = Scrapbook()
    book["first"] = str(runs / "a.ipynb")
    book["second"] = Notebook(runs / "b.ipynb")
    del book["first"]
    assert len(book) == 1


def test_tables_join_the_notebooks(runs: Path) -> None:
    book = read_notebooks(runs)
    values = book.papermill_dataframe
    assert isinstance(values, pandas.DataFrame)
    assert list(values.columns) == ["name", "value", "type", "filename", "key"]
    assert values[["name", "value", "type", "key"]].values.tolist() == [
        ["alpha", 1, "parameter", "a"],
        ["loss", 0.1, "record", "a"],
        ["note", "text 1", "record", "a"],
        ["plot", 1, "record", "a"],
        ["alpha", 2, "parameter", "b"],
        ["loss", 0.2, "record", "b"],
        ["note", "text 2", "record", "b"],
        ["plot", 1, "record", "b"],
    ]
    assert book.metrics["value"].tolist() == [1.0, 0.0, 2.0, 0.0]
    assert book.metrics["key"].tolist() == ["a", "a", "b", "b"]


def test_no_notebooks_make_empty_tables(tmp_path: Path) -> None:
    book = read_notebooks(tmp_path)
    assert book.scraps == {}
    assert tables.rows_of(book.dataframe) == []
    assert list(book.metrics.columns) == ["filename", "cell", "value", "type", "key"]


def test_one_notebook_has_tables(runs: Path) -> None:
    notebook = read_notebook(runs / "a.ipynb")
    assert notebook.scrap_dataframe["name"].tolist() == ["loss", "note", "plot"]
    assert notebook.scraps.dataframe["encoder"].tolist() == ["json", "text", "json"]
    assert notebook.parameter_dataframe["value"].tolist() == [1]
    assert notebook.papermill_record_dataframe["value"].tolist() == [0.1, "text 1", 1]
    assert notebook.check_dataframe.empty
    assert notebook.papermill_metrics["cell"].tolist() == ["Out [1]", "Out [1]"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({}, ["### a", "#### plot", "plot 1", "<hr>", "### b", "#### plot", "plot 2"]),
        ({"headers": False}, ["plot 1", "plot 2"]),
        (
            {"include_data": True, "headers": False, "notebook_names": "a"},
            ["loss: 0.1", "note: 'text 1'", "plot 1"],
        ),
        (
            {"scrap_names": ["note", "gone"], "include_data": True, "notebook_names": ["b"]},
            ["### b", "#### note", "'text 2'", "no scrap is named 'gone' in this notebook"],
        ),
        ({"scrap_names": "note", "headers": False}, []),
    ],
)
def test_reports(runs: Path, capsys: Any, arguments: Any, expected: list[str]) -> None:
    read_notebooks(runs).scraps_report(**arguments)
    assert capsys.readouterr().out.splitlines() == expected


def test_displays_one_output_of_many(runs: Path, capsys: Any) -> None:
    read_notebooks(runs).display_output(["a", "b"], "plot")
    assert capsys.readouterr().out.splitlines() == ["### a", "plot 1", "<hr>", "### b", "plot 2"]


def test_reports_in_a_kernel_leave_no_scraps(runs: Path, execute: Execute) -> None:
    shown = execute(
        f"from notemill import read_notebooks; book = read_notebooks({str(runs)!r})",
        "book.scraps_report(include_data=True)",
    )
    assert texts(shown) == [
        *["### a", "#### loss", "0.1", "#### note", "'text 1'", "#### plot", "plot 1", "<hr>"],
        *["### b", "#### loss", "0.2", "#### note", "'text 2'", "#### plot", "plot 2"],
    ]
    assert read_notebook(shown).scraps == {}


def test_reglues_in_a_kernel(execute: Execute) -> None:
    source = FIXTURES / "notemill.ipynb"
    shown = execute(
        f"from notemill import read_notebook; old = read_notebook({str(source)!r})",
        "for name in ('frame', 'none', 'nan', 'digits', 'has rows'): old.reglue(name)",
        "old.reglue('both', 'renamed')",
        "old.reglue('whole', unattached=True)\nold.reglue('shown', unattached=True)",
        "old.reglue('gone', raise_on_missing=False)",
    )
    new = read_notebook(shown)
    assert list(new.scraps) == ["frame", "none", "nan", "digits", "has rows", "renamed"]
    assert new.data["frame"].to_dict("list") == {"n": [1, 2], "s": ["x", "é"]}
    assert new.data["none"] is None
    assert new.data["digits"] == "123"
    assert new.data["renamed"] == {"a": 1}
    assert new.scraps["renamed"].display is not None
    assert [check.name for check in new.checks] == ["has rows"]
    assert texts(shown)[-3:] == ["1", "**only shown**", "no scrap is named 'gone' in this notebook"]


def test_what_cannot_be_decoded_is_passed_on(execute: Execute) -> None:
    source = FIXTURES / "broken.ipynb"
    shown = execute(
        f"from notemill import read_notebook; read_notebook({str(source)!r}).reglue('unknown encoder')"
    )
    scrap = read_notebook(shown).scraps["unknown encoder"]
    assert (scrap.encoder, scrap.data.payload) == ("someone.else", "zzz")
