"""Plans that coaches keep with the days of a week across: a row per athlete, or a row per week.

What reads them is imported when the first such sheet comes.
"""

from pathlib import Path

from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.plans.called_plan import CALLED_PLAN


class WeekPlanReader(Reader):
    """A sheet that is called a plan, with at least five days across."""

    kind = "week_plan"
    version = 2
    knows_people = True
    description = (
        "plans with the days of a week across (CSV or workbook called plan, programme or schedule):"
        " a row per athlete under dates, or a row per week under weekdays; `8 km easy`, `rest`,"
        " `6 x 800`, `45 min`, `18` (kilometres)"
    )

    def knows(self, path: Path, head: bytes) -> bool:
        """Recognise a sheet by its name and its heading."""
        # The name first: opening a workbook takes a process of its own.
        if not CALLED_PLAN.search(path.stem):
            return False
        from ingest.readers.plans.planned_weeks import has_days_across
        from ingest.readers.sheets.opening.book import is_table_text, is_workbook

        return (is_workbook(path, head) or is_table_text(head)) and has_days_across(path)

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read every filled cell under a day; sheets without days across as any sheet is read."""
        from ingest.readers.plans.planned_weeks import read_plans

        return read_plans(path, self.kind, context)
