"""Showing a scrap of one notebook in another, with or without recording it there."""

from __future__ import annotations

from typing import Any

from .errors import ScrapError
from .gluing import publish_scrap
from .kernel_display import MimeBundle, in_kernel, publish, show_text, warn_no_kernel
from .payload import RECORD_MIME_TYPE, check_name, is_scrap_mime_type, mime_type, write_payload
from .scrap import Scrap, Scraps, Undecoded


def reglue_scrap(scraps: Scraps, name: str, new_name: str, raise_on_missing: bool, unattached: bool) -> None:
    """Does what :meth:`notemill.Notebook.reglue` says."""
    check_name(new_name)
    scrap = scraps.get(name)
    if scrap is None:
        if raise_on_missing:
            raise _not_found(name, scraps)
        show_text(f"no scrap is named {name!r} in this notebook")
        return
    if not in_kernel():
        warn_no_kernel(f"reglue({name!r})", stacklevel=4)
        return
    bundle, metadata = display_of(scrap)
    if unattached:
        publish(bundle or {"text/plain": repr(scrap.data)}, metadata)
    elif isinstance(scrap.data, Undecoded):
        _publish_undecoded(scrap._replace(name=new_name), scrap.data, bundle, metadata)
    else:
        publish_scrap(scrap._replace(name=new_name), bundle, metadata)


def redisplay(scraps: Scraps, name: str) -> None:
    """Displays a scrap's display once more, without a name."""
    scrap = scraps.get(name)
    if scrap is None or scrap.display is None:
        raise _not_found(name, scraps)
    bundle, metadata = display_of(scrap)
    if in_kernel():
        publish(bundle, metadata)
    else:
        show_text(str(bundle.get("text/plain", "")))


def display_of(scrap: Scrap) -> tuple[MimeBundle, dict[str, Any]]:
    """The MIME bundle and metadata that show a scrap, freed of what makes them a scrap."""
    if scrap.display is None:
        return {}, {}
    data, metadata = scrap.display.get("data") or {}, scrap.display.get("metadata") or {}
    bundle = {
        mime: value
        for mime, value in data.items()
        if mime != RECORD_MIME_TYPE and not is_scrap_mime_type(mime)
    }
    return bundle, {key: value for key, value in metadata.items() if key not in ("scrapbook", "papermill")}


def _publish_undecoded(
    scrap: Scrap, undecoded: Undecoded, bundle: MimeBundle, metadata: dict[str, Any]
) -> None:
    """Passes encoded data on as it is: who reads it next may be able to decode it."""
    payload = write_payload(scrap._replace(data=undecoded.payload))
    tag = {"name": scrap.name, "data": True, "display": bool(bundle)}
    publish({mime_type(scrap.encoder): payload, **bundle}, {**metadata, "scrapbook": tag})


def _not_found(name: str, scraps: Scraps) -> ScrapError:
    names = ", ".join(scraps) or "none"
    return ScrapError("SCRAP_NOT_FOUND", f'no scrap is named "{name}"; recorded: {names}', {"name": name})
