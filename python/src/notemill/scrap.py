"""Scraps: named values and displays that a notebook recorded in its outputs.

Source of the names: scrapbook 0.5, https://nteract-scrapbook.readthedocs.io/
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, NamedTuple

from .tables import Table, make_table

#: The encoder of a scrap that has a display and no data.
DISPLAY_ONLY = "display"


class Scrap(NamedTuple):
    """One named value and how it was shown.

    >>> Scrap("auc", 0.93, "json")
    Scrap(name='auc', data=0.93, encoder='json', display=None)
    """

    name: str
    #: The decoded value. ``None`` may be a value: ask :func:`has_data`.
    data: Any
    #: What the data was encoded with, or ``display`` when there is none.
    encoder: str
    #: The output that shows the value, as in the notebook document.
    display: dict[str, Any] | None = None


class Undecoded:
    """Stands for data that cannot be decoded here, such as a frame where pandas is missing.

    The notebook's ``problems`` say the same; other scraps are not affected.
    """

    def __init__(self, encoder: str, payload: Any, reason: str) -> None:
        self.encoder = encoder
        #: The encoded data as it stands in the notebook.
        self.payload = payload
        self.reason = reason

    def __repr__(self) -> str:
        return f"<undecoded {self.encoder}: {self.reason}>"


def has_data(scrap: Scrap) -> bool:
    """Whether data was recorded, ``None`` included.

    >>> has_data(Scrap("gap", None, "json")), has_data(Scrap("plot", None, "display"))
    (True, False)
    """
    return scrap.encoder != DISPLAY_ONLY


class Scraps(dict[str, Scrap]):
    """Scraps by name, in the order they were first recorded.

    >>> scraps = Scraps(auc=Scrap("auc", 0.93, "json"))
    >>> scraps.data_dict
    {'auc': 0.93}
    """

    @property
    def data_scraps(self) -> dict[str, Scrap]:
        """The scraps that have data."""
        return OrderedDict((name, scrap) for name, scrap in self.items() if has_data(scrap))

    @property
    def data_dict(self) -> dict[str, Any]:
        """The data by name."""
        return {name: scrap.data for name, scrap in self.data_scraps.items()}

    @property
    def display_scraps(self) -> dict[str, Scrap]:
        """The scraps that have a display."""
        return OrderedDict((name, scrap) for name, scrap in self.items() if scrap.display is not None)

    @property
    def display_dict(self) -> dict[str, Any]:
        """The displayed outputs by name."""
        return {name: scrap.display for name, scrap in self.display_scraps.items()}

    @property
    def dataframe(self) -> Table:
        """One row a scrap: ``name``, ``data``, ``encoder``, ``display``."""
        return make_table([scrap._asdict() for scrap in self.values()], list(Scrap._fields))
