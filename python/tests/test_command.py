"""Finding the command: what is asked for, what is on ``PATH``, what the clone has."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, SOURCES

from notemill.command import find_command
from notemill.exceptions import CommandNotFoundError

FIND = "import notemill.command as it; print(it.find_command()[0])"


@pytest.fixture(autouse=True)
def _without_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither ``NOTEMILL_COMMAND`` nor ``PATH`` has one."""
    monkeypatch.delenv("NOTEMILL_COMMAND", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))


def find_in(directory: Path) -> subprocess.CompletedProcess[str]:
    """Asks a library in this directory, which alone is installed."""
    code = f"import sys; sys.path.insert(0, {str(directory)!r}); {FIND}"
    return subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=False)


def installed(directory: Path, url: str) -> Path:
    """The library as pip installs a copy of it, with the address it came from."""
    site = directory / "site"
    shutil.copytree(SOURCES / "notemill", site / "notemill", ignore=shutil.ignore_patterns("__pycache__"))
    info = site / "notemill-0.0.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: notemill\nVersion: 0.0.0\n")
    (info / "direct_url.json").write_text(f'{{"url": "{url}", "dir_info": {{}}}}')
    return site


def test_finds_the_command_of_the_clone_that_it_runs_in() -> None:
    assert find_command() == [str(ROOT / "notemill")]


def test_finds_the_command_of_the_clone_that_it_was_installed_from(tmp_path: Path) -> None:
    found = find_in(installed(tmp_path, (ROOT / "python").as_uri()))
    assert found.stdout == f"{ROOT / 'notemill'}\n", found.stderr


def test_takes_what_is_on_the_path_first(tmp_path: Path) -> None:
    command = tmp_path / "notemill"
    command.write_text("#!/bin/sh\n")
    command.chmod(0o755)
    assert find_command() == [str(command)]


@pytest.mark.parametrize(
    "url", ["file:///no/such/clone/python", "https://example.org/notemill.whl", "file:///tmp", ""]
)
def test_says_what_to_do_where_there_is_none(tmp_path: Path, url: str) -> None:
    found = find_in(installed(tmp_path, url))
    assert CommandNotFoundError.__name__ in found.stderr
    assert "run npm start there, and set NOTEMILL_COMMAND" in found.stderr
