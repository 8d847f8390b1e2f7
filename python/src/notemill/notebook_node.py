"""Notebook documents as dicts with attribute access, with or without nbformat."""

from __future__ import annotations

from math import inf, nan
from typing import Any


class NotebookNode(dict):  # type: ignore[type-arg]
    """A dict whose entries are attributes too, like the class of the same name in nbformat.

    >>> node = plain_node({"metadata": {"papermill": {"duration": 1.5}}})
    >>> node.metadata.papermill.duration
    1.5
    """

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value

    def __delattr__(self, name: str) -> None:
        try:
            del self[name]
        except KeyError:
            raise AttributeError(name) from None

    def copy(self) -> NotebookNode:
        """A shallow copy of the same class."""
        return type(self)(self)


def make_node(document: Any) -> Any:
    """Gives ``document`` as an ``nbformat.NotebookNode`` if nbformat is installed, else as ours."""
    try:
        from nbformat import from_dict
    except ImportError:
        return plain_node(document)
    return from_dict(document)


def plain_node(value: Any) -> Any:
    """Turns every dict inside ``value`` into a :class:`NotebookNode`."""
    if isinstance(value, dict):
        return NotebookNode({key: plain_node(item) for key, item in value.items()})
    if isinstance(value, (list, tuple)):
        return [plain_node(item) for item in value]
    return value


def untagged_value(value: Any) -> Any:
    """As :func:`plain_value`, with ``float:NaN`` and its siblings as the floats they stand for.

    >>> untagged_value({"limits": ["float:-Infinity", "float:Infinity"]})
    {'limits': [-inf, inf]}
    """
    if isinstance(value, dict):
        return {key: untagged_value(item) for key, item in value.items()}
    if isinstance(value, list):
        return [untagged_value(item) for item in value]
    return _TAGGED_FLOATS.get(value, value) if isinstance(value, str) else value


#: How Notemill writes parameters that strict JSON has no number for.
_TAGGED_FLOATS = {
    f"float:{text}": value for text, value in (("NaN", nan), ("Infinity", inf), ("-Infinity", -inf))
}


def plain_value(value: Any) -> Any:
    """Turns every node inside ``value`` into a plain dict: recorded values come back as they went in."""
    if isinstance(value, dict):
        return {key: plain_value(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain_value(item) for item in value]
    return value
