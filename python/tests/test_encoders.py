"""Encoders: which is chosen, and that values come back."""

from __future__ import annotations

import datetime
import math

import numpy
import pandas
import pyarrow
import pytest
from IPython.display import HTML

from notemill.encoders import EncoderRegistry, JsonEncoder, registry
from notemill.errors import ScrapError
from notemill.scrap import Scrap

FRAME = pandas.DataFrame(
    {"n": [1, 2], "s": ["x", "é"], "t": pandas.to_datetime(["2026-07-01", None])}, index=["a", "b"]
)


def round_trip(data: object, encoder: str) -> object:
    encoded = registry.encode(Scrap("a", data, encoder))
    assert encoded.data is not None
    return registry.decode(encoded).data


@pytest.mark.parametrize(
    ("data", "encoder"),
    [
        ("text", "text"),
        (datetime.date(2026, 7, 1), "text"),
        (1, "json"),
        (1.5, "json"),
        (True, "json"),
        (None, "json"),
        ([], "json"),
        ({}, "json"),
        ((), "json"),
        (numpy.float64(1), "json"),
        (numpy.arange(2), "json"),
        (HTML("<b>"), "display"),
        (FRAME, "pandas"),
        (pyarrow.table({"a": [1]}), "pandas"),
        (FRAME["n"], None),
        (object(), None),
        (1j, None),
    ],
)
def test_chooses(data: object, encoder: object) -> None:
    assert registry.find(data) == encoder


@pytest.mark.parametrize(
    "value", [None, 1, 1.0, True, [1, None], {"a": {}}, "1", "null", "nan", "hello", '"']
)
def test_json_gives_back(value: object) -> None:
    # Strings reach the encoder as JSON text when someone names it.
    data = value if not isinstance(value, str) else __import__("json").dumps(value)
    result = round_trip(data, "json")
    assert result == value
    assert type(result) is type(value)


def test_json_gives_back_nan_and_infinity_as_strict_json() -> None:
    encoded = registry.encode(Scrap("a", [math.nan, {"b": -math.inf}], "json"))
    assert encoded.data == '[NaN, {"b": -Infinity}]'
    first, second = registry.decode(encoded).data
    assert math.isnan(first)
    assert second == {"b": -math.inf}


@pytest.mark.parametrize("text", ["nan", "inf", "-inf"])
def test_json_reads_the_floats_that_ipykernel_turned_into_text(text: str) -> None:
    value = registry.decode(Scrap("a", text, "json")).data
    assert repr(value) == text


def test_json_refuses_text_that_is_no_json() -> None:
    with pytest.raises(ScrapError) as caught:
        registry.encode(Scrap("a", "{", "json"))
    assert caught.value.code == "SCRAP_DATA_INVALID"


@pytest.mark.parametrize("encoder", ["pandas", "arrow"])
def test_frames_come_back(encoder: str) -> None:
    pandas.testing.assert_frame_equal(round_trip(FRAME, encoder), FRAME)


@pytest.mark.parametrize("encoder", ["pandas", "arrow"])
def test_an_arrow_table_is_a_frame(encoder: str) -> None:
    result = round_trip(pyarrow.table({"a": [1, 2]}), encoder)
    assert result.to_dict("list") == {"a": [1, 2]}


@pytest.mark.parametrize("encoder", ["pandas", "arrow"])
@pytest.mark.parametrize("data", ["no base64 !", "AAAA", "", 5])
def test_broken_frames_are_refused(encoder: str, data: object) -> None:
    with pytest.raises(ScrapError) as caught:
        registry.decode(Scrap("a", data, encoder))
    assert caught.value.code == "SCRAP_DATA_INVALID"


def test_a_frame_with_a_mixed_column_is_refused() -> None:
    with pytest.raises(ScrapError) as caught:
        registry.encode(Scrap("a", pandas.DataFrame({"a": [1, "x"]}), "pandas"))
    assert caught.value.code == "SCRAP_NOT_ENCODABLE"


def test_unknown_and_unfit_encoders_are_refused() -> None:
    own = EncoderRegistry([JsonEncoder()])
    with pytest.raises(ScrapError) as unknown:
        own.encode(Scrap("a", 1, "pickle"))
    with pytest.raises(ScrapError) as unfit:
        own.register(object())  # type: ignore[arg-type]
    with pytest.raises(ScrapError) as display:
        registry.encode(Scrap("a", 1, "display"))
    codes = [caught.value.code for caught in (unknown, unfit, display)]
    assert codes == ["SCRAP_ENCODER_UNKNOWN", "SCRAP_ENCODER_INVALID", "SCRAP_NOT_ENCODABLE"]


def test_an_encoder_written_for_scrapbook_registers() -> None:
    from scrapbook.encoders import TextEncoder

    own = EncoderRegistry([])
    own.register(TextEncoder())
    assert own.names() == ["text"]
    assert own.decode(own.encode(Scrap("a", "x", "text"))).data == "x"
    own.deregister(TextEncoder())
    assert own.names() == []
