"""The parts that reach a server, against one that answers what a test says."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

import notemill
from notemill.server_connection import request_json


class Answering(HTTPServer):
    """Answers in order, and keeps what was asked."""

    answers: list[tuple[int, Any]]
    asked: list[tuple[str, str, Any, Any]]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answering]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            it: Any = self.server
            it.asked.append((self.command, self.path, body, dict(self.headers)))
            status, answer = it.answers.pop(0)
            data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_PUT = do_GET

        def log_message(self, *_: Any) -> None:
            pass

    it = Answering(("127.0.0.1", 0), Handler)
    it.answers, it.asked = [], []
    thread = threading.Thread(target=it.serve_forever)
    thread.start()
    monkeypatch.setenv("NOTEMILL_SERVER", f"http://127.0.0.1:{it.server_port}/")
    monkeypatch.setenv("NOTEMILL_TOKEN", "t")
    yield it
    it.shutdown()
    thread.join()
    it.server_close()


def test_a_run_is_asked_for_with_values_as_json_has_them(server: Answering) -> None:
    server.answers = [(201, {"id": "r1", "status": "queued"})]
    run = notemill.runs.submit("~/a.ipynb", {"xs": (1, 2.0)}, tags=["t"], idempotency_key="k")
    assert (run.id, run.status, run.is_over) == ("r1", "queued", False)
    method, path, body, headers = server.asked[0]
    assert (method, path) == ("POST", "/api/v1/runs")
    assert body == {"path": "~/a.ipynb", "parameters": {"xs": [1, 2.0]}, "tags": ["t"]}
    assert (headers["Idempotency-Key"], headers["Authorization"]) == ("k", "Bearer t")


def test_runs_sweeps_and_queries_say_what_their_runners_have_to_have(server: Answering) -> None:
    server.answers = [
        (201, {"id": "r1", "status": "queued"}),
        (201, {"id": "s1", "status": "queued"}),
        (201, {"id": "q1", "status": "queued"}),
        (200, {"id": "q1", "status": "succeeded"}),
        (200, {"cells": []}),
    ]
    notemill.runs.submit("~/a.ipynb", labels=("gpu", "region=eu"))
    notemill.sweep("~/a.ipynb", {"n": [1]}, labels=["gpu"])
    notemill.sql("SELECT 1", labels=["sql"])
    assert [body["labels"] for _, _, body, _ in server.asked[:3]] == [["gpu", "region=eu"], ["gpu"], ["sql"]]
    with pytest.raises(ValueError, match=r"\['gpu'\]"):
        notemill.runs.submit("~/a.ipynb", labels="gpu")


def test_what_may_not_be_meant_is_a_warning_at_the_call(server: Answering) -> None:
    warning = {"code": "PARAMETER_UNKNOWN_NAME", "message": "did you mean alpha?", "parameter": "alfa"}
    server.answers = [(201, {"id": it, "status": "queued", "warnings": [warning]}) for it in ("r1", "s1")]
    for call in (
        lambda: notemill.runs.submit("~/a.ipynb", {"alfa": 1}),
        lambda: notemill.sweep("~/a.ipynb", {"alfa": [1]}),
    ):
        with pytest.warns(notemill.ParameterWarning, match="did you mean alpha") as caught:
            assert call().status == "queued"
        assert caught[0].filename == __file__


def test_waiting_ends_with_the_run_and_says_why_it_failed(server: Answering) -> None:
    over = {"id": "r1", "status": "failed", "failure": {"message": "no"}}
    server.answers = [(200, {"id": "r1", "status": "running"}), (200, over), (200, over)]
    with pytest.raises(notemill.RunFailedError, match="run r1 is failed: no") as raised:
        notemill.runs.wait("r1")
    assert raised.value.code == "RUN_DID_NOT_SUCCEED"
    assert notemill.runs.wait("r1", check=False).status == "failed"


def test_waiting_has_an_end(server: Answering) -> None:
    server.answers = [(200, {"id": "r1", "status": "running"})]
    with pytest.raises(TimeoutError, match="r1 is running"):
        notemill.runs.wait("r1", timeout=0)


def test_a_sweep_is_read_page_by_page(server: Answering) -> None:
    child = {"parameters": {"a": 1}, "status": "succeeded", "seconds": 1.5, "metrics": {"m": 2}}
    failed = {"parameters": {"a": 2}, "status": "failed", "seconds": None, "metrics": None}
    server.answers = [
        (201, {"id": "s1", "status": "running"}),
        (200, {"children": [child], "next": 0}),
        (200, {"children": [failed], "next": None}),
    ]
    sweep = notemill.sweep("~/a.ipynb", {"a": range(1, 3)})
    assert server.asked[0][2]["grid"] == {"a": [1, 2]}
    assert [row["status"] for row in sweep.children] == ["succeeded", "failed"]
    assert "after=0" in server.asked[2][1]


def test_a_refusal_has_the_code_of_the_server(server: Answering) -> None:
    server.answers = [(422, {"code": "PARAMETERS_INVALID", "detail": "no"}), (500, b"?"), (200, b"?")]
    for code in ("PARAMETERS_INVALID", "ANSWER_INVALID", "ANSWER_INVALID"):
        with pytest.raises(notemill.ServerError) as raised:
            request_json("GET", "/runs")
        assert raised.value.code == code


def test_a_server_has_to_be_named_and_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTEMILL_SERVER", raising=False)
    with pytest.raises(notemill.ServerError) as raised:
        notemill.runs.get("r1")
    assert raised.value.code == "SERVER_NOT_NAMED"
    monkeypatch.setenv("NOTEMILL_SERVER", "http://127.0.0.1:1")
    monkeypatch.setenv("NOTEMILL_TOKEN", "t")
    with pytest.raises(notemill.ServerError) as raised:
        notemill.runs.get("r1")
    assert raised.value.code == "SERVER_UNREACHABLE"


def test_either_a_path_or_a_script() -> None:
    with pytest.raises(ValueError, match="either"):
        notemill.runs.submit("a", script="b")
