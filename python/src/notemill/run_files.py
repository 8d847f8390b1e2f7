"""What the command reads and writes: given paths, or files in a private temporary directory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import IO, Any, NamedTuple, Union

from .notebook_document import Document
from .parameter_text import parameter_text
from .path_template import as_template

#: The standard input of the command; ``None`` is that of this process.
Stdin = Union[int, IO[bytes], None]


class RunFiles(NamedTuple):
    """The files of one run."""

    #: A path, a URL, or ``-`` for standard input.
    input: str
    output: str
    #: Whether the output is gone after the run: the caller wants no file.
    output_is_temporary: bool
    stdin: Stdin
    #: The last words of the command line: parameters, input, output.
    words: list[str]


@contextmanager
def run_files(
    source: str | Document, target: str | None, parameters: Mapping[str, Any]
) -> Iterator[RunFiles]:
    """Makes the files of a run, and removes the temporary ones behind it.

    A notebook node comes in by standard input; the target ``-`` is printed to
    standard output at the end. Parameters may be secrets: the directory is
    readable for this user alone.

    :param target: ``None`` for an output that nobody keeps.
    """
    with tempfile.TemporaryDirectory(prefix="notemill-") as directory, ExitStack() as stack:
        flags: list[str] = []
        if parameters:
            path = _write(directory, "parameters.yaml", parameter_text(parameters))
            flags = [f"--parameters_file={path}"]
        stdin: Stdin = subprocess.DEVNULL
        if isinstance(source, Mapping):
            path = _write(directory, "input.ipynb", json.dumps(source, ensure_ascii=False))
            stdin = stack.enter_context(open(path, "rb"))
            source = "-"
        elif source == "-":
            stdin = None
        is_kept = target is not None and target != "-"
        output = target if is_kept and target is not None else os.path.join(directory, "output.ipynb")
        words = [*flags, "--", as_template(source), as_template(output)]
        yield RunFiles(source, output, not is_kept, stdin, words)
        if target == "-":
            with open(output, encoding="utf-8") as file:
                sys.stdout.write(file.read())


def _write(directory: str, name: str, text: str) -> str:
    path = os.path.join(directory, name)
    # A lone surrogate has no UTF-8 form; the escape is what JSON has for it.
    with open(path, "w", encoding="utf-8", errors="surrogatepass") as file:
        file.write(text)
    return path
