"""Recording values in the notebook that runs this code.

:func:`glue` writes scraps as scrapbook does, :func:`record` and :func:`display`
write what papermill 0.x wrote.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import Any, Union

from .encoders import registry
from .errors import ScrapError
from .kernel_display import MimeBundle, in_kernel, publish, render, warn_no_kernel
from .payload import RECORD_MIME_TYPE, check_name, mime_type, write_payload
from .scrap import DISPLAY_ONLY, Scrap
from .to_json import holds_non_finite, is_text_like, text_of, to_json

#: ``True`` for all MIME types, a list for some, a dict for ``include`` and ``exclude``.
DisplayChoice = Union[None, bool, Iterable[str], dict[str, Any]]


def glue(name: str, data: Any, encoder: str | None = None, display: DisplayChoice = None) -> None:
    """Records ``data`` in the outputs of the running cell under ``name``.

    Without ``encoder`` text becomes ``text``, what JSON can say ``json``, an
    IPython display object ``display``, a data frame ``pandas`` (as rows in
    ``json``, with a warning, where pyarrow is missing). ``arrow`` must be named.
    ``display`` also keeps what the value looks like; data of an unknown type is
    kept by its looks alone. Both stand in one output, so neither hides the other.

    Outside a kernel nothing happens but a :class:`NoKernelWarning`:

    >>> import warnings
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     glue("auc", 0.93)
    >>> str(caught[0].message)
    "glue('auc') recorded nothing: no Jupyter kernel runs this code"

    :raises ScrapError: ``SCRAP_NAME_INVALID``, ``SCRAP_NOT_ENCODABLE``,
        ``SCRAP_DATA_INVALID``, ``SCRAP_ENCODER_UNKNOWN``, ``SCRAP_ENCODER_UNAVAILABLE``.
    """
    check_name(name)
    if not in_kernel():
        warn_no_kernel(f"glue({name!r})")
        return
    scrap = _choose_encoder(Scrap(name, data, encoder or ""), display)
    bundle: MimeBundle = {}
    metadata: dict[str, Any] = {}
    if display or scrap.encoder == DISPLAY_ONLY:
        bundle, metadata = render(data, **_formats(display))
    publish_scrap(scrap, bundle, metadata)


def publish_scrap(scrap: Scrap, bundle: MimeBundle, metadata: dict[str, Any]) -> None:
    """Publishes the data of ``scrap`` and its display ``bundle`` as one output.

    :param scrap: Not encoded yet; its encoder says how, and whether it has data.
    """
    shown = bool(bundle)
    keeps_data = scrap.encoder != DISPLAY_ONLY
    if keeps_data:
        payload = write_payload(registry.encode(scrap))
        bundle = {mime_type(scrap.encoder): payload, **bundle}
    tag = {"name": scrap.name, "data": keeps_data, "display": shown}
    publish(bundle, {**metadata, "scrapbook": tag})


def record(name: str, value: Any) -> None:
    """Records a JSON value as papermill 0.x did.

    ``None``, NaN and infinities go the way of :func:`glue`, because scrapbook
    cannot read them in papermill's format.

    :raises ScrapError: ``SCRAP_NAME_INVALID``, ``SCRAP_NOT_ENCODABLE``.
    """
    check_name(name)
    if not in_kernel():
        warn_no_kernel(f"record({name!r})")
        return
    plain = text_of(value) if is_text_like(value) else to_json(value)
    if plain is None or holds_non_finite(plain):
        publish_scrap(Scrap(name, plain, "json"), {}, {})
    else:
        publish({RECORD_MIME_TYPE: {name: plain}}, {})


def display(name: str, obj: Any) -> None:
    """Displays ``obj`` under a name, as papermill 0.x did.

    :raises ScrapError: ``SCRAP_NAME_INVALID``.
    """
    check_name(name)
    if not in_kernel():
        warn_no_kernel(f"display({name!r})")
        return
    bundle, metadata = render(obj)
    publish(bundle, {**metadata, "papermill": {"name": name}})


def _choose_encoder(scrap: Scrap, display: DisplayChoice) -> Scrap:
    if scrap.encoder:
        return scrap
    encoder = registry.find(scrap.data)
    if encoder is None and display:
        # Its looks can be kept even if its data cannot.
        encoder = DISPLAY_ONLY
    if encoder is None:
        to_json(scrap.data)  # Says which type it is and what to do.
        raise ScrapError("SCRAP_NOT_ENCODABLE", f"no encoder takes {scrap.data!r:.80}", {"name": scrap.name})
    if encoder == "pandas" and not _has_pyarrow():
        warnings.warn(
            f"glue({scrap.name!r}) keeps the data frame as rows in JSON; install pyarrow to keep its types",
            UserWarning,
            stacklevel=3,
        )
        return scrap._replace(encoder="json", data=_rows(scrap.data))
    return scrap._replace(encoder=encoder)


def _has_pyarrow() -> bool:
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        return False
    return True


def _rows(frame: Any) -> Any:
    """One dict a row; polars has its own word for it."""
    return frame.to_dicts() if hasattr(frame, "to_dicts") else frame.to_dict("records")


def _formats(display: DisplayChoice) -> dict[str, Any]:
    """Turns ``display`` into the arguments of :func:`render`."""
    if isinstance(display, dict):
        return display
    if display is None or isinstance(display, bool):
        return {}
    kinds: tuple[str, ...] = (display,) if isinstance(display, str) else tuple(display)
    return {"include": kinds}
