"""Conversion of Python values to JSON values."""

from __future__ import annotations

import collections
import datetime
import decimal
import enum
import json
import math
import pathlib
import uuid

import numpy
import pandas
import pytest

from notemill.errors import ScrapError
from notemill.to_json import MAX_DEPTH, holds_non_finite, text_of, to_json


class Colour(enum.Enum):
    RED = "red"


class Flag(enum.IntEnum):
    UP = 3


POINT = collections.namedtuple("POINT", "x y")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (2**70, 2**70),
        (1.0, 1.0),
        ("é", "é"),
        ((1, (2, 3)), [1, [2, 3]]),
        (POINT(1, 2), [1, 2]),
        ({3, 1, 2}, [1, 2, 3]),
        (frozenset({"b", "a"}), ["a", "b"]),
        ({1: "a", None: "c", 1.5: "d", False: 0}, {"1": "a", "null": "c", "1.5": "d", "false": 0}),
        ({datetime.date(2026, 7, 1): 1}, {"2026-07-01": 1}),
        (datetime.date(2026, 7, 1), "2026-07-01"),
        (datetime.datetime(2026, 7, 1, 8, 30, tzinfo=datetime.timezone.utc), "2026-07-01T08:30:00+00:00"),
        (datetime.time(8, 30), "08:30:00"),
        (decimal.Decimal("1.10"), "1.10"),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (pathlib.PurePosixPath("a/b"), "a/b"),
        (Colour.RED, "red"),
        (Flag.UP, 3),
        (numpy.float32(0.5), 0.5),
        (numpy.int64(2**62), 2**62),
        (numpy.bool_(True), True),
        (numpy.str_("x"), "x"),
        (numpy.longdouble(0.25), 0.25),
        (numpy.arange(4).reshape(2, 2), [[0, 1], [2, 3]]),
        (numpy.array(7), 7),
        (numpy.array(["a", None], dtype=object), ["a", None]),
        (numpy.datetime64("2026-07-01T08:30:00.123456789"), "2026-07-01T08:30:00.123456789"),
        (numpy.array(["2026-07-01", "NaT"], dtype="datetime64[D]"), ["2026-07-01", None]),
        (pandas.Timestamp("2026-07-01"), "2026-07-01T00:00:00"),
        ([pandas.NaT, pandas.NA], [None, None]),
    ],
)
def test_converts(value: object, expected: object) -> None:
    result = to_json(value)
    assert result == expected
    assert type(result) is type(expected)
    json.dumps(result, allow_nan=False)


def test_keeps_nan_for_the_encoder_to_write() -> None:
    assert math.isnan(to_json(numpy.float64("nan")))
    assert holds_non_finite(to_json({"a": [1, numpy.inf]}))
    assert not holds_non_finite(to_json({"a": [1, "nan"]}))


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (1j, []),
        (b"bytes", []),
        ([1, {"a": object()}], [1, "a"]),
        (numpy.array([1j]), []),
        (numpy.timedelta64(1, "s"), []),
        (datetime.timedelta(1), []),
        ({(1, 2): 3}, []),
        ({1: "a", "1": "b"}, []),
    ],
)
def test_refuses(value: object, path: list) -> None:
    with pytest.raises(ScrapError) as caught:
        to_json(value)
    assert caught.value.code == "SCRAP_NOT_ENCODABLE"
    assert caught.value.details["path"] == path


def test_refuses_a_cycle_and_a_tower() -> None:
    cycle: list = []
    cycle.append(cycle)
    tower: list = []
    for _ in range(MAX_DEPTH):
        tower = [tower]
    for value, reason in ((cycle, "holds itself"), (tower, "deeper than")):
        with pytest.raises(ScrapError, match=reason):
            to_json(value)


def test_converts_as_deep_as_it_promises() -> None:
    value: list = []
    for _ in range(MAX_DEPTH - 1):
        value = [value]
    assert to_json(value) == value


def test_text_of_a_subclass_is_a_plain_string() -> None:
    assert type(text_of(numpy.str_("x"))) is str
