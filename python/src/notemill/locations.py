"""Where notebooks are read from: files, http(s), and what fsspec can open if it is installed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Union
from urllib.parse import urlsplit

from .errors import NotebookError

#: A path, or a URL as text.
Location = Union[str, "os.PathLike[str]"]


def read_text(location: Location) -> str:
    """Reads UTF-8 text.

    ``http:`` and ``https:`` are read with the standard library; any other
    scheme (``s3:``, ``gs:``, …) by fsspec.

    :raises NotebookError: ``NOTEBOOK_UNREADABLE``; ``NOTEBOOK_INVALID`` if it is no UTF-8.
    """
    with _errors_named("read", location):
        content = _read_bytes(location)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotebookError("NOTEBOOK_INVALID", f"{location} is not UTF-8 text: {error}") from error


def list_notebooks(directory: Location) -> list[str]:
    """The ``.ipynb`` files right inside a directory, sorted by name.

    :raises NotebookError: ``NOTEBOOK_UNREADABLE`` if it cannot be listed.
    """
    with _errors_named("list", directory):
        if _scheme(directory):
            files = _fsspec(directory).open_files(f"{str(directory).rstrip('/')}/*.ipynb")
            return sorted(str(file.full_name) for file in files)
        names = sorted(os.listdir(directory))
    return [os.path.join(directory, name) for name in names if name.endswith(".ipynb")]


def file_name(location: Location) -> str:
    """The last part of a path or URL, without its query.

    >>> file_name("https://example.org/runs/a.ipynb?raw=1")
    'a.ipynb'
    """
    return os.path.basename(_path(location))


def directory_name(location: Location) -> str:
    """All but the last part; the scheme and host of a URL are kept, its query is not.

    >>> directory_name("s3://bucket/runs/a.ipynb")
    's3://bucket/runs'
    """
    text = os.fspath(location)
    return os.path.dirname(text.split("?", 1)[0] if _scheme(location) else text)


def _path(location: Location) -> str:
    return urlsplit(os.fspath(location)).path if _scheme(location) else os.fspath(location)


def _scheme(location: Location) -> str:
    """The scheme of a URL, or nothing for a path; a path may hold a colon, but hardly ``://``."""
    head, mark, _rest = os.fspath(location).partition("://")
    return head if mark and head.isalnum() else ""


def _read_bytes(location: Location) -> bytes:
    scheme = _scheme(location)
    if not scheme:
        with open(location, "rb") as file:
            return file.read()
    if scheme in ("http", "https"):
        from urllib.request import urlopen

        # `urlopen` raises on a status that is no success.
        with urlopen(os.fspath(location)) as response:
            content: bytes = response.read()
            return content
    with _fsspec(location).open(os.fspath(location), "rb") as file:
        data: bytes = file.read()
        return data


def _fsspec(location: Location) -> Any:
    try:
        import fsspec
    except ImportError as error:
        scheme = _scheme(location)
        raise ImportError(
            f"{scheme} needs fsspec; install it with: pip install 'fsspec[{scheme}]'"
        ) from error
    return fsspec


@contextmanager
def _errors_named(verb: str, location: Location) -> Iterator[None]:
    """Turns what files, servers and fsspec raise into one error that names the location."""
    try:
        yield
    except (OSError, ValueError, ImportError) as error:
        raise NotebookError(
            "NOTEBOOK_UNREADABLE", f"cannot {verb} {location}: {error}", {"location": str(location)}
        ) from error
