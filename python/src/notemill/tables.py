"""Tables that need no pandas: a data frame where pandas is installed, else a list of dicts."""

from __future__ import annotations

from typing import Any

#: A ``pandas.DataFrame``, or a list with one dict a row where pandas is not installed.
Table = Any

Row = dict[str, Any]


def make_table(rows: list[Row], columns: list[str]) -> Table:
    """Makes a table; ``columns`` says which keys of the rows are shown, in which order.

    >>> from notemill import tables
    >>> list(tables.rows_of(make_table([{"b": 2, "a": 1}], ["a", "b"]))[0].items())
    [('a', 1), ('b', 2)]
    """
    ordered = [{column: row[column] for column in columns} for row in rows]
    try:
        import pandas
    except ImportError:
        return ordered
    cells = [list(row.values()) for row in ordered]
    return pandas.DataFrame(cells, columns=columns)


def rows_of(table: Table) -> list[Row]:
    """Gives the rows of a table that :func:`make_table` made, whichever form it has."""
    if isinstance(table, list):
        return table
    rows: list[Row] = table.to_dict("records")
    return rows
