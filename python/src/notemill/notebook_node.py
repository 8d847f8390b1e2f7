"""Notebook documents as dicts with attribute access, with or without nbformat."""

from __future__ import annotations

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


def plain_value(value: Any) -> Any:
    """Turns every node inside ``value`` into a plain dict: recorded values come back as they went in."""
    if isinstance(value, dict):
        return {key: plain_value(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain_value(item) for item in value]
    return value
