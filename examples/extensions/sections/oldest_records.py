"""A page section: who logged nothing for a while, as a table."""

from reporting.context import PageContext
from reporting.weekly.own_sections import Section


def oldest_records(context: PageContext) -> Section:
    """Return the athletes whose last record is oldest."""
    people = context.scores.drop_duplicates("athlete").sort_values("last_record")
    table = people[["athlete", "last_record"]].head(5)
    return Section(
        title="Oldest records",
        sentences=(f"Ask these first; the forecast is of {context.as_of.date()}.",),
        table=table.set_axis(["athlete", "last record"], axis=1),
    )


SECTIONS = (oldest_records,)
