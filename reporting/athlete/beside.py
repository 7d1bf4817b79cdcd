"""What stands beside a chance in words: the plan, the base rate, the team, the own usual."""

from math import isnan

from common.language import message
from common.text.plain_words import TIMES, number, probability_words
from forecasting.planning.planned_scores import PLAN
from reporting.athlete.past import PastView
from reporting.languages.plain_rows import Row


def known(value: object) -> float | None:
    """Return a figure of a row; None where it is null, or absent from weeks of former versions."""
    return float(value) if isinstance(value, float) and not isnan(value) else None


def times_words(ratio: float) -> str:
    """Return a ratio whose sign never begins a line."""
    return f"{number(ratio)}\u00a0{TIMES}"


def beside_words(row: Row, past: PastView) -> str:
    """Say what the chance is beside: the base rate, the team this week, the athlete's usual."""
    sentences = [
        message(
            "That is {times} the base rate of {rate}.",
            times=times_words(row["ratio_to_base"]), rate=probability_words(row["base_rate"]),
        )
    ]  # fmt: skip
    median = float(row["team_median"])
    # A team of fewer than five has no median, which would point at single people.
    if not isnan(median):
        times = times_words(row["probability"] / median)
        sentences.append(
            message(
                "It is {times} the team's median of this week, {median}.",
                median=probability_words(median), times=times,
            )
        )  # fmt: skip
    if past.usual:
        sentences.append(
            message(
                "It is {times} this athlete's own usual, {usual}.",
                usual=past.usual, times=past.ratio_words,
            )
        )  # fmt: skip
    sentences += _against_usual_week(row)
    return " ".join([*_as_planned(row), *sentences])


def _as_planned(row: Row) -> list[str]:
    """Say that the chance is that of the planned week, and what it was without the plan."""
    without = known(row.get("probability_without_plan"))
    # Without this sentence a chance that fell by a plan would read as if the athlete had changed.
    if row.get("week_ahead") != PLAN or without is None:
        return []
    return [
        message(
            "This is for the week as planned; without the plan it would be {without}.",
            without=probability_words(without),
        )
    ]


def _against_usual_week(row: Row) -> list[str]:
    """Compare with a week like the athlete's usual one, and say what can be changed of the odds."""
    usual, ratio = known(row.get("own_usual")), known(row.get("ratio_to_own_usual"))
    factor = known(row.get("changeable_factor"))
    sentences = []
    if usual is not None and ratio is not None:
        sentences.append(
            message(
                "It is {times} the chance of a week like this athlete's usual ones, {usual}.",
                usual=probability_words(usual), times=times_words(ratio),
            )
        )  # fmt: skip
    # Last, because it alone says what a coach can do about the chance.
    if factor is not None:
        sentences.append(
            message(
                "The things that can be changed make the odds {times} as high.",
                times=times_words(factor),
            )
        )
    return sentences
