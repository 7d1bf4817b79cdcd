"""The team's week as a text that can be pasted into a chat, without names unless asked."""

from collections import Counter
from collections.abc import Sequence

from common.language import message, plural
from common.text.plain_words import number
from reporting.athlete.view import AthleteView, athlete_views
from reporting.context import PageContext
from reporting.languages.messages import forecast_period, sentence_case
from reporting.weekly.first_screen import first_screen


def summary_text(
    context: PageContext,
    *,
    with_names: bool = False,
    views: Sequence[AthleteView] | None = None,
) -> str:
    """Return the summary, one line each of availability, list and what was not read.

    Parameters
    ----------
    context : PageContext
        Of the weekly page.
    with_names : bool
        Whether the list names the athletes.
    views : sequence of AthleteView, optional
        What :func:`athlete_views` returns of the context, where it is known already.
    """
    athletes = athlete_views(context) if views is None else views
    first = first_screen(context, athletes)
    chances = [athlete.chances[0].probability for athlete in athletes if athlete.chances]
    lines = [
        message(
            "{title}, {period}",
            title=context.title,
            period=forecast_period(context.as_of, context.horizon_days),
        ),
        *(f"{sentence_case(group.words)}: {group.count}" for group in first.available),
        message("New injuries expected in the team: {count}", count=number(sum(chances))),
        plural("To look at: {count} athlete", "To look at: {count} athletes", len(first.flags)),
    ]
    if with_names:
        lines += [f"- {athlete.name}: {athlete.to_do.text}" for athlete in first.flags]
    else:
        # Without names equal lines are counted; repeated they would look like an error.
        counts = Counter(athlete.to_do.text for athlete in first.flags)
        lines += [
            f"- {count} x {text}" if count > 1 else f"- {text}" for text, count in counts.items()
        ]
    unread = len(context.not_read)
    if unread:
        lines.append(
            plural(
                "{count} thing was not read: see the page.",
                "{count} things were not read: see the page.",
                unread,
            )
        )
    return "\n".join(lines) + "\n"
