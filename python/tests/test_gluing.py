"""Gluing in a real kernel: the outputs, and what comes back."""

from __future__ import annotations

import datetime
import warnings
from typing import Any

import pytest
from conftest import Execute

import notemill
from notemill import NoKernelWarning, ScrapError, check, glue, read_notebook

#: A PNG of one pixel.
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def outputs(notebook: Any) -> Any:
    return [output for cell in notebook.cells for output in cell.outputs]


def test_data_is_written_as_scrapbook_writes_it(execute: Execute) -> None:
    (output,) = outputs(execute("from notemill import glue; glue('a', [1, 2])"))
    assert output.output_type == "display_data"
    payload = {"name": "a", "data": [1, 2], "encoder": "json", "version": 1}
    assert output.data == {"application/scrapbook.scrap.json+json": payload}
    assert output.metadata == {"scrapbook": {"name": "a", "data": True, "display": False}}


def test_display_choices(execute: Execute) -> None:
    notebook = execute(
        "from notemill import glue\n"
        "class Both:\n"
        "    def _repr_html_(self): return '<b>'\n"
        "    def _repr_latex_(self): return '$x$'\n"
        "    def __repr__(self): return 'both'\n"
        "class Widget:\n"
        "    def _ipython_display_(self): print('displays itself')\n"
        "    def __repr__(self): return 'widget'",
        "glue('all', Both(), display=True)",
        "glue('some', Both(), display=['text/html'])",
        "glue('one', Both(), display='text/latex')",
        "glue('kwargs', Both(), display={'exclude': ['text/html']})",
        "glue('widget', Widget(), display=True)",
        "glue('named', Both(), encoder='display')",
        "glue('data only', 1, display=False)",
    )
    read = read_notebook(notebook)
    shown = {name: sorted(each["data"]) for name, each in read.scraps.display_dict.items()}
    assert shown == {
        "all": ["text/html", "text/latex", "text/plain"],
        "some": ["text/html"],
        "one": ["text/latex"],
        "kwargs": ["text/latex", "text/plain"],
        "widget": ["text/plain"],
        "named": ["text/html", "text/latex", "text/plain"],
    }
    assert read.data == {"data only": 1}


def test_an_image_stays_one(execute: Execute) -> None:
    notebook = execute(
        "import base64; from IPython.display import Image; from notemill import glue\n"
        f"png = base64.b64decode({DOT!r})\n"
        "glue('dot', Image(png))"
    )
    display = read_notebook(notebook).scraps["dot"].display
    assert display is not None
    assert display["data"]["image/png"].startswith("iVBORw0KGgo")


def test_errors_in_a_kernel(execute: Execute) -> None:
    notebook = execute(
        "from notemill import glue, check, ScrapError\n"
        "import numpy\n"
        "def code(*a, **k):\n"
        "    try: k.pop('call', glue)(*a, **k)\n"
        "    except ScrapError as error: return error.code\n"
        "print(code('', 1), code(5, 1), code('a', 1j), code('a', 1, 'pickle'), code('a', '{', 'json'),\n"
        "      code('a', numpy.array([True, False]), call=check), code('a', True, 'fatal', call=check))"
    )
    assert outputs(notebook)[0].text.split() == [
        "SCRAP_NAME_INVALID",
        "SCRAP_NAME_INVALID",
        "SCRAP_NOT_ENCODABLE",
        "SCRAP_ENCODER_UNKNOWN",
        "SCRAP_DATA_INVALID",
        "CHECK_INVALID",
        "CHECK_INVALID",
    ]


def test_records_and_displays_as_papermill_did(execute: Execute) -> None:
    recorded, none, displayed = outputs(
        execute(
            "from notemill import record, display\nimport datetime\n"
            "record('day', datetime.date(2026, 7, 1)); record('none', None); display('seen', 'Text')"
        )
    )
    assert recorded.data == {"application/papermill.record+json": {"day": "2026-07-01"}}
    assert recorded.metadata == {}
    assert none.data["application/scrapbook.scrap.json+json"]["data"] == "null"
    assert (displayed.data, displayed.metadata) == ({"text/plain": "'Text'"}, {"papermill": {"name": "seen"}})


def test_a_frame_without_pyarrow_is_kept_as_rows(execute: Execute) -> None:
    notebook = execute(
        "import sys; sys.modules['pyarrow'] = None\n"
        "import pandas, warnings; from notemill import glue\n"
        "frame = pandas.DataFrame({'n': [1, None], 's': ['x', 'y']})\n"
        "glue('frame', frame)",
        "try: glue('frame', frame, encoder='pandas')\nexcept Exception as error: print(error.code)",
    )
    read = read_notebook(notebook)
    first, second = read.data["frame"]
    assert (first, second["s"]) == ({"n": 1.0, "s": "x"}, "y")
    assert second["n"] != second["n"]
    assert "install pyarrow" in outputs(notebook)[0].text
    assert outputs(notebook)[-1].text == "SCRAP_ENCODER_UNAVAILABLE\n"


def test_checks_are_scraps_that_people_can_read(execute: Execute) -> None:
    notebook = execute(
        "from notemill import check; import numpy",
        "assert check('rows', numpy.int64(3) > 2, rows=numpy.int64(3)) is True",
        "assert check('loss', False, 'warning', 'too high', loss=float('nan')) is False",
    )
    read = read_notebook(notebook)
    assert [type(each.ok) for each in read.checks] == [bool, bool]
    assert read.outcome == "warned"
    assert read.checks[1].details["loss"] != read.checks[1].details["loss"]
    plain = [output.data["text/plain"] for output in outputs(notebook)]
    assert plain == ["check passed: rows (rows=3)", "check failed (warning): loss: too high (loss=nan)"]


@pytest.mark.parametrize(
    "call",
    [
        lambda: glue("a", object()),
        lambda: notemill.record("a", 1),
        lambda: notemill.display("a", 1),
        lambda: read_notebook({"nbformat": 4, "cells": []}).reglue("a", raise_on_missing=False),
    ],
)
def test_outside_a_kernel_nothing_happens_but_a_warning(call: Any, capsys: Any) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        call()
    assert [each.category for each in caught] in ([NoKernelWarning], [])
    assert all(each.filename == __file__ for each in caught)
    if not caught:
        assert "no scrap" in capsys.readouterr().out


def test_check_in_plain_python() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert check("a", [1], on=datetime.date(2026, 7, 1)) is True
        assert check("b", 0, message="nothing there") is False
    assert [str(each.message) for each in caught] == ["check failed: b: nothing there"]
    assert caught[0].category is notemill.CheckWarning
    assert caught[0].filename == __file__


def test_scrap_errors_are_value_errors_and_pickle() -> None:
    import pickle

    with pytest.raises(ValueError, match="named by text") as caught:
        glue("", 1)
    copy = pickle.loads(pickle.dumps(caught.value))
    assert isinstance(copy, ScrapError)
    assert (copy.code, str(copy), copy.details) == (
        "SCRAP_NAME_INVALID",
        "a scrap is named by text that is not empty, not by ''",
        {"name": ""},
    )
