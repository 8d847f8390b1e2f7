"""``inspect_notebook`` with papermill's signature, over the ``notemill`` command."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Mapping
from typing import Any

from .command import find_command
from .failures import error_of_refusal
from .locations import Location
from .path_template import built_in_parameters, fill_path
from .run_process import start


def inspect_notebook(
    notebook_path: Location, parameters: Mapping[str, Any] | None = None
) -> dict[str, dict[str, str]]:
    """Gives the parameters that a notebook declares, by name.

    Each is a dict of texts: ``name``, ``inferred_type_name`` (``None`` when no
    type is declared), ``default`` (source text), ``help``.

    :param notebook_path: A path or URL; may be a template.
    :param parameters: Values for the template alone.
    :raises PapermillException: Subclasses in :mod:`notemill.exceptions`.
    """
    path = fill_path(notebook_path, {**built_in_parameters(), **(parameters or {})})
    with tempfile.TemporaryFile() as errors:
        with start([*find_command(), "inspect", "--json", "--", path], subprocess.DEVNULL, errors) as process:
            answer, _nothing = process.communicate()
        if process.returncode != 0:
            errors.seek(0)
            raise error_of_refusal(process.returncode, errors.read().decode("utf-8", errors="replace"))
    return {
        found["name"]: {
            "name": found["name"],
            "inferred_type_name": found["typeName"],
            "default": found["default"],
            "help": found["help"],
        }
        for found in json.loads(answer)["parameters"]
    }
