"""Encoders: how a value becomes the ``data`` of a scrap payload, and comes back.

An encoder is any object with scrapbook's four methods, so an encoder written
for scrapbook can be registered here as it is:

>>> class Celsius:
...     def name(self): return "celsius"
...     def encodable(self, data): return False
...     def encode(self, scrap): return scrap._replace(data=f"{scrap.data} C")
...     def decode(self, scrap): return scrap._replace(data=float(scrap.data[:-2]))
>>> registry.register(Celsius())
>>> registry.encode(Scrap("outside", 21.5, "celsius")).data
'21.5 C'
>>> registry.deregister("celsius")
"""

from __future__ import annotations

import json
import sys
from typing import Any, Protocol

from .errors import ScrapError
from .frames import is_frame, read_arrow, read_parquet, write_arrow, write_parquet
from .scrap import DISPLAY_ONLY, Scrap
from .to_json import holds_non_finite, is_json_like, is_text_like, text_of, to_json


class Encoder(Protocol):
    """What an encoder must do."""

    def name(self) -> str:
        """The name in the payload and in the MIME type."""

    def encodable(self, data: Any) -> bool:
        """Whether to choose this encoder when none is named."""

    def encode(self, scrap: Scrap) -> Scrap:
        """Gives the scrap with data that JSON can hold; not ``None``."""

    def decode(self, scrap: Scrap) -> Scrap:
        """Gives the scrap with the value that was encoded."""


class TextEncoder:
    """``text``: a string; dates, paths, UUIDs and decimals as theirs."""

    def name(self) -> str:
        return "text"

    def encodable(self, data: Any) -> bool:
        return is_text_like(data)

    def encode(self, scrap: Scrap) -> Scrap:
        data = scrap.data
        return scrap._replace(data=text_of(data) if is_text_like(data) else str(data))

    def decode(self, scrap: Scrap) -> Scrap:
        return scrap if isinstance(scrap.data, str) else scrap._replace(data=str(scrap.data))


class JsonEncoder:
    """``json``: a JSON value, or JSON text for what the payload cannot hold itself.

    ``None`` is refused by scrapbook's schema and NaN by strict JSON; as the text
    ``null`` or ``[1, NaN]`` both are read by scrapbook and by this library.
    """

    def name(self) -> str:
        return "json"

    def encodable(self, data: Any) -> bool:
        return is_json_like(data)

    def encode(self, scrap: Scrap) -> Scrap:
        value = self._value(scrap)
        as_text = value is None or isinstance(value, str) or holds_non_finite(value)
        return scrap._replace(data=json.dumps(value) if as_text else value)

    def decode(self, scrap: Scrap) -> Scrap:
        if not isinstance(scrap.data, str):
            return scrap
        if scrap.data in ("nan", "inf", "-inf"):
            # What ipykernel makes of a float that scrapbook glued.
            return scrap._replace(data=float(scrap.data))
        try:
            return scrap._replace(data=json.loads(scrap.data))
        except (ValueError, RecursionError):
            # Text that is no JSON is the string itself, as in scrapbook.
            return scrap

    def _value(self, scrap: Scrap) -> Any:
        """The JSON value; as in scrapbook, a string is taken for JSON text."""
        if not isinstance(scrap.data, str):
            return to_json(scrap.data)
        try:
            return json.loads(scrap.data)
        except (ValueError, RecursionError) as error:
            raise ScrapError(
                "SCRAP_DATA_INVALID",
                f'the scrap "{scrap.name}" is text, which the encoder "json" reads as JSON ({error}); '
                'use the encoder "text" for a plain string',
                {"name": scrap.name},
            ) from error


class DisplayEncoder:
    """``display``: no data, only what the value looks like."""

    def name(self) -> str:
        return DISPLAY_ONLY

    def encodable(self, data: Any) -> bool:
        module = sys.modules.get("IPython.display")
        return module is not None and isinstance(data, module.DisplayObject)

    def encode(self, scrap: Scrap) -> Scrap:
        raise ScrapError("SCRAP_NOT_ENCODABLE", 'the encoder "display" keeps no data', {"name": scrap.name})

    def decode(self, scrap: Scrap) -> Scrap:
        return scrap._replace(data=None)


class PandasEncoder:
    """``pandas``: a data frame as Parquet in base64, the form scrapbook reads.

    Any frame with the Arrow interface is taken, polars' and pyarrow's too.
    """

    def name(self) -> str:
        return "pandas"

    def encodable(self, data: Any) -> bool:
        return is_frame(data)

    def encode(self, scrap: Scrap) -> Scrap:
        return scrap._replace(data=write_parquet(scrap.data))

    def decode(self, scrap: Scrap) -> Scrap:
        return scrap._replace(data=read_parquet(scrap.data))


class ArrowEncoder:
    """``arrow``: a data frame as an Arrow IPC stream in base64.

    Only when named: scrapbook has no such encoder and cannot read the notebook then.
    """

    def name(self) -> str:
        return "arrow"

    def encodable(self, data: Any) -> bool:
        return False

    def encode(self, scrap: Scrap) -> Scrap:
        return scrap._replace(data=write_arrow(scrap.data))

    def decode(self, scrap: Scrap) -> Scrap:
        return scrap._replace(data=read_arrow(scrap.data))


class EncoderRegistry:
    """Encoders by name. The first that says it can encode a value is chosen."""

    def __init__(self, encoders: list[Encoder]) -> None:
        self._encoders: dict[str, Encoder] = {encoder.name(): encoder for encoder in encoders}

    def register(self, encoder: Encoder) -> None:
        """Adds an encoder, or replaces the one of the same name.

        :raises ScrapError: ``SCRAP_ENCODER_INVALID`` when a method is missing.
        """
        missing = [
            method
            for method in ("name", "encodable", "encode", "decode")
            if not callable(getattr(encoder, method, None))
        ]
        if missing:
            raise ScrapError(
                "SCRAP_ENCODER_INVALID",
                f"an encoder has name, encodable, encode and decode; {encoder!r} lacks {missing[0]}",
                {"missing": missing},
            )
        self._encoders[encoder.name()] = encoder

    def deregister(self, encoder: str | Encoder) -> None:
        """Removes an encoder, given itself or its name; nothing happens when it is not there."""
        self._encoders.pop(encoder if isinstance(encoder, str) else encoder.name(), None)

    def names(self) -> list[str]:
        """The names, in the order in which the encoders are asked."""
        return list(self._encoders)

    def find(self, data: Any) -> str | None:
        """The name of the first encoder that can encode ``data``, or ``None``."""
        for name, encoder in self._encoders.items():
            if encoder.encodable(data):
                return name
        return None

    def encode(self, scrap: Scrap) -> Scrap:
        """Encodes with the encoder that ``scrap.encoder`` names.

        :raises ScrapError: ``SCRAP_ENCODER_UNKNOWN``, and what the encoder raises.
        """
        return self._get(scrap).encode(scrap)

    def decode(self, scrap: Scrap) -> Scrap:
        """Decodes with the encoder that ``scrap.encoder`` names; errors as :meth:`encode`."""
        return self._get(scrap).decode(scrap)

    def _get(self, scrap: Scrap) -> Encoder:
        encoder = self._encoders.get(scrap.encoder)
        if encoder is None:
            raise ScrapError(
                "SCRAP_ENCODER_UNKNOWN",
                f'the scrap "{scrap.name}" names the encoder "{scrap.encoder}"; '
                f"known: {', '.join(self._encoders)}",
                {"name": scrap.name, "encoder": scrap.encoder},
            )
        return encoder


#: The encoders that ``glue`` and ``read_notebook`` use.
registry = EncoderRegistry([TextEncoder(), JsonEncoder(), DisplayEncoder(), PandasEncoder(), ArrowEncoder()])
