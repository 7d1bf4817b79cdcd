"""The fast path: fitfast decodes the records into columns and the summary messages into dicts."""

from collections.abc import Mapping, Sequence
from typing import Any

import fitfast

from common.arrays import Floats
from ingest.readers.activity.fit.content import (
    RECORD_FIELDS,
    Content,
    DeveloperSeries,
    application_id,
    code,
    text,
)
from ingest.readers.activity.fit.framing import wrap


def decode_fast(sound: bytes, summary: bytes | None) -> Content:
    """Decode one FIT file without a Python step per record.

    Parameters
    ----------
    sound : bytes
        A whole FIT file with a right checksum.
    summary : bytes or None
        Its summary messages, as :func:`~ingest.readers.activity.fit.framing.walk` collected them.

    Raises
    ------
    ValueError
        If fitfast refuses the file, or could not tell two developer fields apart, or would panic.
    """
    if summary is None:
        raise ValueError("not for the fast path")
    columns: Mapping[str, Floats] = fitfast.records(sound)
    messages: Mapping[str, Sequence[Any]] = fitfast.parse(wrap(summary), enum_names=False)
    records = {str(name): columns[name] for name in RECORD_FIELDS if name in columns}
    return Content(records, _developer(columns, messages), messages)


def _developer(
    columns: Mapping[str, Floats], messages: Mapping[str, Sequence[Any]]
) -> list[DeveloperSeries]:
    """Find developer fields by name; fitfast puts those of one name into one column."""
    applications = {
        code(declaration, "developer_data_index"): application_id(declaration.get("application_id"))
        for declaration in messages.get("developer_data_id", ())
    }
    declared: dict[str, set[tuple[str, str]]] = {}
    for description in messages.get("field_description", ()):
        application = applications.get(code(description, "developer_data_index"), "")
        name = description.get("field_name")
        declared.setdefault(str(name), set()).add((application, text(description.get("units"))))
    used = {name: owners for name, owners in declared.items() if name in columns}
    # One column for two fields: a foot pod's power would be mixed with the watch's.
    if any(len(owners) > 1 or name in RECORD_FIELDS for name, owners in used.items()):
        raise ValueError("two fields of the records share a name")
    return [
        DeveloperSeries(application, name, units, columns[name])
        for name, owners in used.items()
        for application, units in owners
    ]
