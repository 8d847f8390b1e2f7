"""Many notebooks at once: a mapping from key to :class:`Notebook`, with joint tables and a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from typing import Any, Callable, Union

from .kernel_display import show_markdown, show_text
from .locations import Location, file_name, list_notebooks
from .notebook import Notebook
from .regluing import display_of
from .scrap import Scrap, Scraps, has_data
from .tables import Row, Table, make_table, rows_of

Names = Union[None, str, Iterable[str]]


def read_notebooks(path: Location, path_filter: Callable[[str], bool] | None = None) -> Scrapbook:
    """Reads every ``.ipynb`` file right inside a directory, in the order of their names.

    The keys are the file names without extension.

    :param path_filter: Which paths to read. Default: all.
    :raises NotebookError: ``NOTEBOOK_UNREADABLE``, ``NOTEBOOK_INVALID``.
    """
    book = Scrapbook()
    for found in list_notebooks(path):
        if path_filter is None or path_filter(found):
            book[_stem(found)] = Notebook(found)
    return book


class Scrapbook(MutableMapping):  # type: ignore[type-arg]
    """Notebooks by key. A key with ``.ipynb``, as papermill 0.x had it, finds the notebook too."""

    def __init__(self) -> None:
        self._notebooks: dict[str, Notebook] = {}

    def __getitem__(self, key: str) -> Notebook:
        if key not in self._notebooks and isinstance(key, str) and key.endswith(".ipynb"):
            return self._notebooks[_stem(key)]
        return self._notebooks[key]

    def __setitem__(self, key: str, value: Notebook | Location) -> None:
        self._notebooks[key] = value if isinstance(value, Notebook) else Notebook(value)

    def __delitem__(self, key: str) -> None:
        del self._notebooks[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._notebooks)

    def __len__(self) -> int:
        return len(self._notebooks)

    @property
    def notebooks(self) -> list[Notebook]:
        """The notebooks in the order of their keys."""
        return list(self._notebooks.values())

    @property
    def notebook_scraps(self) -> dict[str, Scraps]:
        """The scraps of each notebook, by key."""
        return {key: notebook.scraps for key, notebook in self._notebooks.items()}

    @property
    def scraps(self) -> Scraps:
        """All scraps by name; the last notebook that has one counts. Empty without notebooks."""
        merged = Scraps()
        for notebook in self.notebooks:
            merged.update(notebook.scraps)
        return merged

    @property
    def metrics(self) -> Table:
        """The cell timings of all notebooks, with their ``key``."""
        rows = self._keyed(lambda notebook: rows_of(notebook.metrics))
        return make_table(rows, ["filename", "cell", "value", "type", "key"])

    @property
    def papermill_metrics(self) -> Table:
        """The same as :attr:`metrics`."""
        return self.metrics

    @property
    def dataframe(self) -> Table:
        """The parameters and recorded values of all notebooks, with their ``key``."""
        return make_table(self._keyed(Notebook.value_rows), ["name", "value", "type", "filename", "key"])

    @property
    def papermill_dataframe(self) -> Table:
        """The same as :attr:`dataframe`."""
        return self.dataframe

    def display_output(self, key: str | Iterable[str], output_name: str) -> None:
        """Displays one named output of one or several notebooks, under headings.

        :raises ScrapError: ``SCRAP_NOT_FOUND``.
        """
        for index, name in enumerate([key] if isinstance(key, str) else key):
            _heading(name, index)
            self[name].display_output(output_name)

    def scraps_report(
        self,
        scrap_names: Names = None,
        notebook_names: Names = None,
        include_data: bool = False,
        headers: bool = True,
    ) -> None:
        """Displays the scraps of many notebooks below each other.

        :param scrap_names: Which scraps. Default: all that have a display.
        :param notebook_names: Which notebooks. Default: all.
        :param include_data: Show data where there is no display.
        :param headers: Put the names of notebooks and scraps above.
        """
        for index, key in enumerate(_names(notebook_names, self._notebooks)):
            scraps = self[key].scraps
            if headers:
                _heading(key, index)
            for name in _names(scrap_names, scraps):
                scrap = scraps.get(name)
                if scrap is None:
                    show_text(f"no scrap is named {name!r} in this notebook")
                elif scrap.display is not None or include_data:
                    _show_scrap(self[key], scrap, headers)

    def _keyed(self, rows: Callable[[Notebook], list[Row]]) -> list[Row]:
        return [{**row, "key": key} for key, notebook in self._notebooks.items() for row in rows(notebook)]


def _show_scrap(notebook: Notebook, scrap: Scrap, headers: bool) -> None:
    if headers:
        show_markdown(f"#### {scrap.name}")
    if display_of(scrap)[0]:
        notebook.display_output(scrap.name)
    elif has_data(scrap):
        text = _short(scrap.data)
        show_text(text if headers else f"{scrap.name}: {text}")


def _heading(key: str, index: int) -> None:
    if index > 0:
        show_markdown("<hr>")
    show_markdown(f"### {key}")


def _names(chosen: Names, everything: Iterable[str]) -> list[str]:
    if chosen is None:
        return list(everything)
    return [chosen] if isinstance(chosen, str) else list(chosen)


def _short(data: Any) -> str:
    text = repr(data)
    return text if len(text) <= 100 else f"{text[:99]}…"


def _stem(path: str) -> str:
    name = file_name(path)
    return name[: -len(".ipynb")] if name.endswith(".ipynb") else name
