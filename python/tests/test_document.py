"""Reading files that are notebooks, and refusing what is none."""

from __future__ import annotations

import json
import pickle
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import nbformat
import pytest
from conftest import FIXTURES, cell, document

from notemill import NotebookError, read_notebook, read_notebooks
from notemill.notebook_node import NotebookNode, plain_node


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "NOTEBOOK_INVALID"),
        ("{", "NOTEBOOK_INVALID"),
        ("[]", "NOTEBOOK_INVALID"),
        ("{}", "NOTEBOOK_INVALID"),
        ('{"cells": {}}', "NOTEBOOK_INVALID"),
        ('{"cells": [1]}', "NOTEBOOK_INVALID"),
        ('{"cells": [{"cell_type": 1}]}', "NOTEBOOK_INVALID"),
        ('{"cells": [], "nbformat": 5}', "NOTEBOOK_INVALID"),
        ('{"cells": [], "nbformat": "4"}', "NOTEBOOK_INVALID"),
        ("[" * 100_000, "NOTEBOOK_INVALID"),
        (b"\xff\xfe", "NOTEBOOK_INVALID"),
    ],
)
def test_refuses(tmp_path: Path, content: Any, code: str) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(NotebookError) as caught:
        read_notebook(path)
    assert caught.value.code == code
    assert "a.ipynb" in str(caught.value)


@pytest.mark.parametrize("path", ["missing.ipynb", ".", "nosuchscheme://host/a.ipynb"])
def test_refuses_what_cannot_be_read(path: str) -> None:
    with pytest.raises(NotebookError) as caught:
        read_notebook(path)
    assert caught.value.code == "NOTEBOOK_UNREADABLE"


def test_reads_a_byte_order_mark_and_odd_fields(tmp_path: Path) -> None:
    odd = document(cell(1, {"output_type": "display_data", "data": "x"}, metadata=3, outputs=7))
    odd["metadata"] = None
    path = tmp_path / "a.ipynb"
    path.write_text("\ufeff" + json.dumps(odd), encoding="utf-8")
    notebook = read_notebook(str(path))
    assert notebook.metadata == {}
    assert notebook.scraps == {}
    assert notebook.cell_timing == [0.0]


def test_reads_a_notebook_node() -> None:
    node = nbformat.read(FIXTURES / "notemill.ipynb", as_version=4)
    notebook = read_notebook(node)
    assert notebook.filename == ""
    assert notebook.data["whole"] == 1
    assert notebook.copy().data["whole"] == 1


def test_names_follow_the_path() -> None:
    notebook = read_notebook(FIXTURES / "notemill.ipynb")
    assert (notebook.filename, notebook.directory) == ("notemill.ipynb", str(FIXTURES))
    assert notebook.version == "0.0.0"
    assert notebook.environment_variables == {}


def test_the_node_is_that_of_nbformat_where_it_is_installed() -> None:
    notebook = read_notebook(FIXTURES / "notemill.ipynb")
    assert isinstance(notebook.node, nbformat.NotebookNode)
    nbformat.validate(notebook.node)


def test_our_node_has_attributes_and_survives_pickle_and_copy() -> None:
    node = plain_node({"a": {"b": [({"c": 1},)]}})
    assert node.a.b[0][0].c == 1
    node.a.d = 2
    del node.a["b"]
    assert pickle.loads(pickle.dumps(node)) == {"a": {"d": 2}}
    assert isinstance(node.copy(), NotebookNode)
    with pytest.raises(AttributeError):
        node.missing  # noqa: B018
    with pytest.raises(AttributeError):
        del node.missing


@pytest.fixture
def server() -> Iterator[str]:
    """An HTTP server that has one notebook."""
    content = (FIXTURES / "notemill.ipynb").read_bytes()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path.startswith("/runs/a.ipynb")
            self.send_response(200 if found else 404)
            self.end_headers()
            self.wfile.write(content if found else b'{"cells": []}')

        def log_message(self, *_arguments: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()
        thread.join()


def test_reads_what_fsspec_opens() -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    memory.pipe("/runs/b.ipynb", (FIXTURES / "notemill.ipynb").read_bytes())
    memory.pipe("/runs/a.ipynb", (FIXTURES / "papermill-0.19.ipynb").read_bytes())
    memory.pipe("/runs/note.txt", b"")
    assert read_notebook("memory://runs/a.ipynb").data["digits"] == "123"
    assert list(read_notebooks("memory://runs")) == ["a", "b"]
    with pytest.raises(NotebookError) as caught:
        read_notebook("memory://runs/gone.ipynb")
    assert caught.value.code == "NOTEBOOK_UNREADABLE"


def test_reads_over_http_and_heeds_the_status(server: str) -> None:
    notebook = read_notebook(f"{server}/runs/a.ipynb?raw=1")
    assert notebook.data["whole"] == 1
    assert (notebook.filename, notebook.directory) == ("a.ipynb", f"{server}/runs")
    with pytest.raises(NotebookError) as caught:
        read_notebook(f"{server}/other.ipynb")
    assert caught.value.code == "NOTEBOOK_UNREADABLE"
    assert "404" in str(caught.value)
