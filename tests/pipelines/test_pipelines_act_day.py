"""Without a day an action is of today, whether a forecast covers it or not."""

from datetime import UTC, date, datetime

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.weekly import act


@pytest.mark.parametrize(
    ("options", "day", "anyway"),
    [
        ([], None, True),
        (["--date", "2020-03-03"], date(2020, 3, 3), False),
        (["--date", "2020-03-03", "--anyway"], date(2020, 3, 3), True),
    ],
)
def test_who_types_no_day_means_today(monkeypatch, options, day, anyway):
    asked = []

    def act_on(request, _):
        asked.append(request)
        return act.Acted(1, ("told",), is_covered=False)

    monkeypatch.setattr(act, "act_on", act_on)
    done = CliRunner().invoke(app, ["act", "Ann Lee", "--did", "rest day", *options])
    assert done.exit_code == 0, done.output
    today = datetime.now(tz=UTC).astimezone().date()
    assert (asked[0].day, asked[0].anyway) == (day or today, anyway)
