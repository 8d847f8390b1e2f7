"""Paths with parameters in them, as papermill fills them: ``str.format``, and ``pm`` for this run."""

from __future__ import annotations

import datetime
import os
import uuid
from collections.abc import Mapping
from typing import Any

from .exceptions import InvalidParameterError, PapermillMissingParameterException
from .locations import Location


def built_in_parameters() -> dict[str, Any]:
    """What a path can use beside the parameters: ``{pm[run_uuid]}`` and two times of now."""
    return {
        "pm": {
            "run_uuid": str(uuid.uuid4()),
            "current_datetime_local": datetime.datetime.now(),
            "current_datetime_utc": datetime.datetime.now(datetime.timezone.utc),
        }
    }


def fill_path(path: Location, parameters: Mapping[str, Any]) -> str:
    """Fills a path with parameters.

    >>> fill_path("out-{alpha:.2f}-{day:%Y}.ipynb", {"alpha": 0.5, "day": datetime.date(2026, 7, 1)})
    'out-0.50-2026.ipynb'

    :raises PapermillMissingParameterException: For a name that is not among the parameters.
    :raises InvalidParameterError: ``PATH_TEMPLATE_INVALID`` for braces that are no template.
    """
    text = str(os.fspath(path))
    try:
        return text.format(**parameters)
    except KeyError as error:
        raise PapermillMissingParameterException(f"Missing parameter {error}") from error
    except (ValueError, IndexError, AttributeError, TypeError) as error:
        raise InvalidParameterError(
            "PATH_TEMPLATE_INVALID",
            f'the path "{text}" is not a valid template ({error}); write {{{{ and }}}} for braces that stay',
            {"path": text},
        ) from error


def as_template(path: str) -> str:
    """Gives a template that is filled as this very path.

    >>> as_template("a{b}.ipynb")
    'a{{b}}.ipynb'
    """
    return path.replace("{", "{{").replace("}", "}}")
