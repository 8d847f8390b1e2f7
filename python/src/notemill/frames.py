"""Data frames as text: Parquet and Arrow IPC in base64.

pandas and pyarrow are imported only when a frame is written or read.
"""

from __future__ import annotations

import base64
import io
import sys
from typing import Any

from .errors import ScrapError


def is_frame(value: Any) -> bool:
    """Whether ``value`` is a data frame: of pandas, polars, pyarrow, or with the Arrow C stream interface."""
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(value, pandas.DataFrame):
        return True
    pandas_column = pandas is not None and isinstance(value, pandas.Series)
    return hasattr(value, "__arrow_c_stream__") and not pandas_column and hasattr(value, "columns")


def write_parquet(frame: Any) -> str:
    """Writes a frame as a Parquet file in base64, which scrapbook reads as ``pandas``.

    :raises ScrapError: ``SCRAP_ENCODER_UNAVAILABLE`` without pyarrow,
        ``SCRAP_NOT_ENCODABLE`` for a column that Arrow has no type for.
    """
    table = _arrow_table(frame)
    from pyarrow import parquet

    sink = io.BytesIO()
    parquet.write_table(table, sink)
    return base64.b64encode(sink.getvalue()).decode("ascii")


def read_parquet(text: str) -> Any:
    """Reads what :func:`write_parquet` or scrapbook wrote.

    :returns: A ``pandas.DataFrame``, or a ``pyarrow.Table`` where pandas is not installed.
    :raises ScrapError: ``SCRAP_ENCODER_UNAVAILABLE``, ``SCRAP_DATA_INVALID``.
    """
    pyarrow = _import_pyarrow("pandas")
    from pyarrow import parquet

    source = io.BytesIO(_decode_base64(text))
    try:
        table = parquet.read_table(source)
    except (pyarrow.ArrowException, OSError) as error:
        raise _broken("pandas", "a Parquet file", error) from error
    return _pandas_if_installed(table)


def write_arrow(frame: Any) -> str:
    """Writes a frame as an Arrow IPC stream in base64.

    :raises ScrapError: As :func:`write_parquet`.
    """
    table = _arrow_table(frame)
    import pyarrow

    sink = io.BytesIO()
    with pyarrow.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return base64.b64encode(sink.getvalue()).decode("ascii")


def read_arrow(text: str) -> Any:
    """Reads what :func:`write_arrow` wrote; gives what :func:`read_parquet` gives."""
    pyarrow = _import_pyarrow("arrow")
    try:
        table = pyarrow.ipc.open_stream(_decode_base64(text)).read_all()
    except (pyarrow.ArrowException, OSError) as error:
        raise _broken("arrow", "an Arrow IPC stream", error) from error
    return _pandas_if_installed(table)


def _arrow_table(frame: Any) -> Any:
    pyarrow = _import_pyarrow("pandas")
    pandas = sys.modules.get("pandas")
    try:
        if pandas is not None and isinstance(frame, pandas.DataFrame):
            return pyarrow.Table.from_pandas(frame)
        return pyarrow.table(frame)
    except (pyarrow.ArrowException, TypeError, ValueError) as error:
        raise ScrapError(
            "SCRAP_NOT_ENCODABLE",
            f"the data frame has a column that Arrow cannot hold ({error}); give the column one type",
            {"type": type(frame).__qualname__},
        ) from error


def _import_pyarrow(encoder: str) -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise ScrapError(
            "SCRAP_ENCODER_UNAVAILABLE",
            f'the encoder "{encoder}" needs pyarrow; install it with: pip install pyarrow',
            {"encoder": encoder},
        ) from error
    return pyarrow


def _pandas_if_installed(table: Any) -> Any:
    try:
        import pandas  # noqa: F401
    except ImportError:
        return table
    return table.to_pandas()


def _decode_base64(text: Any) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (TypeError, ValueError) as error:
        raise ScrapError("SCRAP_DATA_INVALID", "the frame is not base64 text", {}) from error


def _broken(encoder: str, wanted: str, error: Exception) -> ScrapError:
    return ScrapError(
        "SCRAP_DATA_INVALID",
        f'data of the encoder "{encoder}" is not {wanted} ({error})',
        {"encoder": encoder},
    )
