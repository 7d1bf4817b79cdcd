"""The week ahead on an athlete's own page: how far they may run, in plain words, said to them."""

from typing import Final

from common.language import message
from common.text.plain_words import number
from forecasting.planning.outlook import DEFAULT_BAND, LineOf, Outlook

_NEAR_THE_END: Final = 0.95


def own_ahead(of: Outlook | None) -> tuple[str, ...]:
    """Return the next week's line with its range; nothing where there is no forecast.

    Parameters
    ----------
    of : Outlook or None
        The athlete's week ahead.
    """
    if of is None:
        return ()
    if of.risk is None:
        return (_week_words(of),)
    return (
        _week_words(of),
        _run_words(of.run_line),
        _whole_week_words(of.week_line),
        message(
            "These are limits of a forecast, not aims. If the advice above asks for less, "
            "follow the advice."
        ),
    )


def _week_words(of: Outlook) -> str:
    """Say which week the lines are drawn for."""
    if of.source == "plan":
        return message("The week as planned has {km} km.", km=number(of.km))
    if of.source == "usual":
        return message(
            "No plan of yours is known: the middle week of your past eight ({km} km) is used "
            "instead.",
            km=number(of.km),
        )
    return message(
        "No plan of yours is known, and too few weeks are on record to tell a usual one. So it "
        "cannot be said how far you may run."
    )


def _run_words(line: LineOf) -> str:
    band = message(DEFAULT_BAND)
    if line.state == "always":
        return message("Longest run: the forecast is {band} at any length.", band=band)
    if line.km is None or line.low is None or line.high is None:
        return message("Longest run: your records do not show how long it may be.")
    if line.state == "never":
        sentence = message(
            "Longest run: no limit was found. Even at {km} km, twice the longest of the past 30 "
            "days, the forecast stays below {band}; that is no advice to run so far.",
            km=number(line.km), band=band,
        )  # fmt: skip
        return _with_low_end(sentence, line.low, line.km)
    return message(
        "Longest run: up to {km} km before the forecast is {band}, all else as in that week. The "
        "limit is uncertain: it may lie anywhere from {low} to {high} km (90 % range).",
        km=number(line.km), low=number(line.low), high=number(line.high), band=band,
    )  # fmt: skip


def _whole_week_words(line: LineOf) -> str:
    band = message(DEFAULT_BAND)
    if line.state == "always":
        return message("Whole week: the forecast is {band} at any distance.", band=band)
    if line.km is None or line.low is None or line.high is None:
        return message("Whole week: your records do not show how far it may be.")
    if line.state == "never":
        sentence = message(
            "Whole week: no limit was found. Even at {km} km, twice that week, the forecast stays "
            "below {band}; that is no advice to run so far.",
            km=number(line.km), band=band,
        )  # fmt: skip
        return _with_low_end(sentence, line.low, line.km)
    return message(
        "Whole week: up to {km} km before the forecast is {band}, if all runs change by the "
        "same share. The limit is uncertain: it may lie anywhere from {low} to {high} km (90 % "
        "range).",
        km=number(line.km), low=number(line.low), high=number(line.high), band=band,
    )  # fmt: skip


def _with_low_end(sentence: str, low: float, km: float) -> str:
    """Add where the band may be reached earlier, if it may."""
    # A low end so near the end of the line is no earlier limit, and not worth a sentence.
    if low >= _NEAR_THE_END * km:
        return sentence
    sooner = message("This is uncertain: a limit may lie as low as {low} km (90 % range).",
                     low=number(low))  # fmt: skip
    return f"{sentence} {sooner}"
