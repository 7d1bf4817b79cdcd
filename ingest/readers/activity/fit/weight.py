"""Body mass from the file of a scale, where it is plainly one person's."""

import pandas as pd

from ingest.readers.activity.fit.content import Content, code, number
from ingest.readers.activity.session_row import FIRST_CLOCK, LAST_CLOCK
from ingest.readers.base import FileRefused, Parsed, ReadContext
from ingest.records.account import REJECT_COLUMNS, Account
from ingest.records.rules import rule_of


def body_of(content: Content, source: str, athlete: str, context: ReadContext) -> Parsed:
    """Return the weighings of a scale as rows of `body`.

    Parameters
    ----------
    content : Content
        A FIT file of type `weight`.
    source, athlete : str
        The file and the raw id of its owner.
    context : ReadContext
        Dataset settings.

    Raises
    ------
    FileRefused
        If several people stood on the scale, or nobody did.
    """
    weighings = content.all("weight_scale")
    # A family scale: weights of several people would be one athlete's ups and downs.
    people = {code(message, "user_profile_index") for message in weighings}
    if len(people) > 1 or len(content.all("user_profile")) > 1:
        raise FileRefused(
            "several_people",
            "the file of a scale holds weights of several people and does not say which is the"
            " athlete; enter the athlete's weights in body.csv",
        )
    if not weighings:
        raise FileRefused("no_records", "the file of a scale holds no weight; nothing to read")
    rule = rule_of("body", "mass_kg")
    rows, rejects = [], []
    for place, weighing in enumerate(weighings, start=1):
        record = f"weighing {place}"
        mass, moment = number(weighing, "weight"), number(weighing, "timestamp")
        if not rule.low <= mass <= rule.high:
            sentence = (
                f"{record}: the mass is {mass:g} kg; expected {rule.low:g} to {rule.high:g} kg"
            )
            rejects.append((source, record, "bad_mass_kg", sentence))
        elif not FIRST_CLOCK <= moment < LAST_CLOCK:
            sentence = f"{record}: the clock of the scale was not set; enter the weight by hand"
            rejects.append((source, record, "clock_unset", sentence))
        else:
            local = pd.Timestamp(moment, unit="s", tz="UTC").tz_convert(context.config.time_zone)
            day = local.tz_localize(None).normalize()
            rows.append(
                {
                    "athlete": athlete,
                    "date": day,
                    "mass_kg": mass,
                    "source": source,
                    "record": record,
                    "repaired": False,
                }
            )
    account = Account(
        source=source,
        kind="fit",
        read=len(weighings),
        accepted=len(rows),
        rejects=pd.DataFrame(rejects, columns=list(REJECT_COLUMNS), dtype="str"),
    )
    return Parsed(account, {"body": pd.DataFrame(rows)} if rows else {})
