"""Put pseudonyms where ids stood: in the athlete column and in the folder names of sources."""

from collections.abc import Mapping

import pandas as pd

from ingest.people.decision import People


def every_spelling(people: People, names: Mapping[str, str]) -> dict[str, str]:
    """Return a pseudonym for every way in which folders and files call an athlete."""
    known = {**people.proposed, **people.settled}
    return {name: names[athlete] for name, athlete in known.items() if athlete in names} | dict(
        names
    )


def pseudonymise_ids(
    frame: pd.DataFrame, names: Mapping[str, str], files: Mapping[str, str]
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
    files : mapping of str to str
        File -> file with pseudonyms for ids, from :func:`ingest.dataset.file_names.renaming`;
        every source of the frame is in it.
    """
    return frame.assign(
        athlete=_replaced(frame["athlete"], names), source=_replaced(frame["source"], files)
    )


def _replaced(cells: pd.Series, words: Mapping[str, str]) -> pd.Series:
    """Return what stands for each cell; each different cell is looked up once."""
    codes, known = pd.factorize(cells)
    new = pd.array([words.get(word) for word in known], dtype="str")
    return pd.Series(new.take(codes, allow_fill=True), index=cells.index)
