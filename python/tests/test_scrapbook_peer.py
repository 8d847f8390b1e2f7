"""Differential tests against scrapbook 0.5: each reads what the other writes."""

from __future__ import annotations

import math
import os
from typing import Any

import pandas
import pytest
import scrapbook
from conftest import FIXTURES, Execute

import notemill

#: Values that both libraries glue without an encoder.
SHARED = """
glue('text', 'hello'); glue('digits', '123'); glue('whole', 1); glue('float', 1.0); glue('big', 2**70)
glue('yes', True); glue('list', [1, [2.5, None], 'x']); glue('dict', {'a': {'b': [1]}})
glue('json', '[1, 2]', encoder='json'); glue('forced', 5, encoder='text')
glue('frame', pandas.DataFrame({'n': [1, 2], 's': ['x', 'é']}))
glue('frame shown', pandas.DataFrame({'n': [1]}), display=True)
glue('both', 7, display=True); glue('shown', Markdown('**seen**'))
glue('twice', 1); glue('twice', 2)
"""


def run(execute: Execute, library: str, *sources: str) -> Any:
    return execute(
        f"import pandas; from IPython.display import Markdown; from {library} import glue", *sources
    )


def described(scraps: Any) -> Any:
    """Scraps as comparable values: frames as dicts, displays without the payload and the tag."""
    result = {}
    for name, scrap in scraps.items():
        data = scrap.data.to_dict("list") if isinstance(scrap.data, pandas.DataFrame) else scrap.data
        shown = scrap.display and {
            mime: text
            for mime, text in scrap.display["data"].items()
            if not mime.startswith("application/scrapbook")
        }
        result[name] = (data, scrap.encoder, shown)
    return result


@pytest.fixture(scope="module")
def by_scrapbook(execute: Execute) -> Any:
    return run(execute, "scrapbook", SHARED)


@pytest.fixture(scope="module")
def by_notemill(execute: Execute) -> Any:
    return run(execute, "notemill", SHARED)


def test_both_write_the_same_data_outputs(by_scrapbook: Any, by_notemill: Any) -> None:
    def payloads(notebook: Any) -> Any:
        found = []
        for cell in notebook.cells:
            for output in cell.outputs:
                for mime, payload in output.get("data", {}).items():
                    # Parquet bytes depend on the library's options.
                    if "scrap" in mime and "pandas" not in mime:
                        found.append((mime, payload))
        return found

    assert payloads(by_notemill) == payloads(by_scrapbook)


def test_scrapbook_reads_what_we_glue(by_notemill: Any) -> None:
    theirs = scrapbook.models.Notebook(by_notemill).scraps
    ours = notemill.read_notebook(by_notemill).scraps
    assert described(theirs) == described(ours)
    assert theirs["both"].data == 7
    assert theirs["both"].display is not None


def test_we_read_what_scrapbook_glues(by_scrapbook: Any, by_notemill: Any) -> None:
    ours = described(notemill.read_notebook(by_scrapbook).scraps)
    theirs = described(scrapbook.models.Notebook(by_scrapbook).scraps)
    different = [name for name in ours if ours[name] != theirs[name]]
    # scrapbook loses the data of what was glued with a display.
    assert different == ["frame shown", "both"]
    assert [theirs[name][0] for name in different] == [None, None]
    assert ours == described(notemill.read_notebook(by_notemill).scraps)


def test_scrapbook_reads_what_it_cannot_glue(execute: Execute) -> None:
    notebook = run(
        execute,
        "notemill",
        "import numpy, datetime\n"
        "glue('none', None); glue('nan', float('nan')); glue('in list', [1, float('inf')])\n"
        "glue('numpy', numpy.float32(0.5)); glue('array', numpy.arange(3))\n"
        "glue('day', datetime.date(2026, 7, 1))\n"
        "from notemill import check, record; record('r', 1); record('r none', None)\n"
        "check('holds', True, rows=3)",
    )
    theirs = scrapbook.models.Notebook(notebook).scraps
    assert theirs["none"].data is None
    assert math.isnan(theirs["nan"].data)
    assert theirs["in list"].data == [1, math.inf]
    assert (theirs["numpy"].data, theirs["array"].data, theirs["day"].data) == (0.5, [0, 1, 2], "2026-07-01")
    assert (theirs["r"].data, theirs["r none"].data) == (1, None)
    assert theirs["holds"].data["ok"] is True
    assert "check passed" in theirs["holds"].display["data"]["text/plain"]


def test_scrapbook_reads_our_fixture() -> None:
    path = str(FIXTURES / "notemill.ipynb")
    assert described_keys(scrapbook.read_notebook(path)) == described_keys(notemill.read_notebook(path))


def described_keys(notebook: Any) -> Any:
    return [(name, scrap.encoder) for name, scrap in notebook.scraps.items()]


@pytest.mark.filterwarnings("ignore:Function:DeprecationWarning")
@pytest.mark.parametrize("name", ["record", "result_no_exec", "collection/result1", "collection/result2"])
def test_scrapbooks_own_notebooks_read_the_same(name: str) -> None:
    path = os.path.join(os.path.dirname(scrapbook.__file__), "tests", "notebooks", f"{name}.ipynb")
    theirs, ours = scrapbook.read_notebook(path), notemill.read_notebook(path)
    assert list(ours.scraps) == list(theirs.scraps)
    for attribute in ("filename", "directory", "parameters", "cell_timing", "execution_counts"):
        assert getattr(ours, attribute) == getattr(theirs, attribute)
    # Text glued with a display: scrapbook keeps the display alone.
    regained = {name for name in ours.data if theirs.scraps[name].data is None}
    assert regained == ({"output", scrap_only(name)} if "result" in name and ours.data else set())
    for table in ("metrics", "parameter_dataframe", "papermill_record_dataframe", "scrap_dataframe"):
        expected = getattr(theirs, table).to_dict("records")
        found = getattr(ours, table).to_dict("records")
        assert [row for row in found if row.get("name") not in regained] == [
            row for row in expected if row.get("name") not in regained
        ]


def scrap_only(name: str) -> str:
    return "one_only" if name.endswith("1") else "two_only"


@pytest.mark.filterwarnings("ignore:Function:DeprecationWarning")
def test_collections_read_the_same() -> None:
    path = os.path.join(os.path.dirname(scrapbook.__file__), "tests", "notebooks", "collection")
    theirs, ours = scrapbook.read_notebooks(path), notemill.read_notebooks(path)
    assert list(ours) == list(theirs)
    assert ours.metrics.to_dict("records") == theirs.metrics.to_dict("records")
    # Their merge lets a display hide the data that an earlier notebook had under the same name.
    assert list(ours.scraps) == list(theirs.scraps)


def test_has_every_public_name_of_scrapbook() -> None:
    wanted = {
        notemill.Notebook: scrapbook.models.Notebook,
        notemill.Scrapbook: scrapbook.models.Scrapbook,
        notemill.Scraps: scrapbook.scraps.Scraps,
    }
    node = {"nbformat": 4, "metadata": {}, "cells": []}
    ours = {
        notemill.Notebook: notemill.Notebook(node),
        notemill.Scrapbook: notemill.Scrapbook(),
        notemill.Scraps: notemill.Scraps(),
    }
    for mine, theirs in wanted.items():
        public = {name for name in vars(theirs) if not name.startswith("_")}
        assert public - set(dir(ours[mine])) == set()
    assert notemill.Scrap._fields == scrapbook.scraps.Scrap._fields
    for name in ("glue", "read_notebook", "read_notebooks"):
        assert callable(getattr(notemill, name))
