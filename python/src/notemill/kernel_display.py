"""The way into the notebook: what a Jupyter kernel displays ends up in the outputs of the cell.

IPython is imported only where a kernel already runs this code, so that the
library needs nothing outside one.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable
from typing import Any

from .errors import NoKernelWarning

MimeBundle = dict[str, Any]


def in_kernel() -> bool:
    """Whether a Jupyter kernel runs this code; an IPython terminal is none."""
    if "IPython" not in sys.modules:
        return False
    from IPython import get_ipython

    shell = get_ipython()
    return getattr(shell, "kernel", None) is not None


def warn_no_kernel(call: str, stacklevel: int = 3) -> None:
    """Warns that ``call`` recorded nothing.

    :param stacklevel: As in ``warnings.warn``; the default names the caller of the caller.
    """
    message = f"{call} recorded nothing: no Jupyter kernel runs this code"
    warnings.warn(message, NoKernelWarning, stacklevel=stacklevel)


def publish(data: MimeBundle, metadata: dict[str, Any]) -> None:
    """Sends a ``display_data`` message with this MIME bundle and output metadata."""
    from IPython.display import display

    display(data, metadata=metadata, raw=True)


def render(
    value: object,
    include: Iterable[str] | None = None,
    exclude: Iterable[str] | None = None,
) -> tuple[MimeBundle, dict[str, Any]]:
    """Gives the MIME bundle and the metadata that IPython shows for ``value``.

    An object that displays itself (``_ipython_display_``, as widgets do) does so
    at once; the bundle then holds its ``repr``.

    :param include: Only these MIME types. Default: all.
    :param exclude: All but these MIME types.
    """
    from IPython import get_ipython

    formatter = get_ipython().display_formatter
    data, metadata = formatter.format(value, include=include, exclude=exclude)
    return (dict(data) or {"text/plain": repr(value)}), dict(metadata)


def show_markdown(text: str) -> None:
    """Shows Markdown in a kernel, and prints it elsewhere."""
    if in_kernel():
        publish({"text/markdown": text, "text/plain": text}, {})
    else:
        print(text)


def show_text(text: str) -> None:
    """Shows plain text in a kernel, and prints it elsewhere."""
    if in_kernel():
        publish({"text/plain": text}, {})
    else:
        print(text)
