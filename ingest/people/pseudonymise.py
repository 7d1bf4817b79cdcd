"""Put pseudonyms where ids stood: in the athlete column and in the folder names of sources."""

from collections.abc import Mapping

import pandas as pd

from ingest.dataset.file_names import renaming
from ingest.people.decision import People


def every_spelling(people: People, names: Mapping[str, str]) -> dict[str, str]:
    """Return a pseudonym for every way in which folders and files call an athlete."""
    known = {**people.proposed, **people.settled}
    return {name: names[athlete] for name, athlete in known.items() if athlete in names} | dict(
        names
    )


def pseudonymise_ids(
    frame: pd.DataFrame, names: Mapping[str, str], spelled: Mapping[str, str]
) -> pd.DataFrame:
    """Return the frame with pseudonyms for ids.

    A source such as `activities/r1/Activities.csv` would give the id away beside the pseudonym,
    so its folder is renamed too; the rejects, which hold no pseudonym, keep the true path.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns athlete and source.
    names : mapping of str to str
        Raw id -> pseudonym; every athlete of the frame is in it.
    spelled : mapping of str to str
        From :func:`every_spelling`.
    """
    rename = renaming(spelled)
    sources = {source: rename(source) for source in frame["source"].unique()}
    return frame.assign(athlete=frame["athlete"].map(names), source=frame["source"].map(sources))
