"""The examples in the docstrings hold, and every public name has a docstring."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re

import pytest
from conftest import ROOT, SOURCES

import notemill
from notemill.errors import CODES

MODULES = [f"notemill.{module.name}" for module in pkgutil.iter_modules(notemill.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_public_names_are_documented(name: str) -> None:
    module = importlib.import_module(name)
    bare = []
    for public, value in vars(module).items():
        if public.startswith("_") or getattr(value, "__module__", None) != name:
            continue
        if (inspect.isclass(value) or inspect.isfunction(value)) and not inspect.getdoc(value):
            bare.append(public)
        if inspect.isclass(value):
            members = vars(value).items()
            bare += [
                f"{public}.{member}"
                for member, item in members
                if not member.startswith("_")
                and (inspect.isfunction(item) or isinstance(item, property))
                and not inspect.getdoc(getattr(value, member))
            ]
    # The four methods of an encoder are documented once, in the protocol.
    documented_once = {"name", "encodable", "encode", "decode"}
    assert [each for each in bare if each.split(".")[-1] not in documented_once] == []


def test_every_error_code_has_a_section() -> None:
    page = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")
    section = page.split("\n## notemill (Python)\n")[1].split("\n## ")[0]
    assert sorted(re.findall(r"^### (\w+)$", section, re.MULTILINE)) == sorted(CODES)


def test_raised_codes_are_listed() -> None:
    own = "Scrap|Notebook|InvalidParameter|CommandNotFound|Run"
    raised = re.compile(rf'(?:{own})Error\(\s*"([A-Z_]+)"')
    sources = [path.read_text(encoding="utf-8") for path in (SOURCES / "notemill").glob("*.py")]
    assert {code for source in sources for code in raised.findall(source)} <= set(CODES)


def test_all_names_what_exists() -> None:
    assert len(notemill.__all__) == len(set(notemill.__all__))
    assert [name for name in notemill.__all__ if not hasattr(notemill, name)] == []
