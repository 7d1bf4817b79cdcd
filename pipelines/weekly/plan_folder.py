"""What `stridecast plan` does: a team's week ahead, from its folder or from a plan typed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from common.errors import StridecastError
from common.language import languages, speaking
from forecasting.planning.outlook import DEFAULT_BAND, Outlook, outlooks
from forecasting.planning.team_plan import TeamPlan
from forecasting.scoring.bands import BANDS, Band
from ingest.dataset.settings import load_config
from ingest.people.matching import match_names
from ingest.readers.sheets.words.folding import plain
from ingest.readers.text.typed_plan import typed_plan
from pipelines.runtime.params import project_params
from pipelines.weekly.score_folder import Say, names_of, score_folder
from pipelines.weekly.scored import Scored, ScoreRequest
from reporting.languages.messages import band_name
from reporting.planning.terminal_text import athlete_lines, effects_line, team_lines

ONE_ATHLETE = 1


@dataclass(frozen=True)
class PlanRequest:
    """What is asked for.

    Parameters
    ----------
    data, out, project : pathlib.Path
        As of `stridecast score`.
    as_of : pandas.Timestamp or None
        Day of the forecast.
    athlete : str
        Name as in roster.csv or code; empty is the team.
    typed : str
        The athlete's plan, typed in; empty takes what the folder holds.
    band : str
        The band that is not to be reached.
    with_names : bool
        Whether names are shown.
    language : str
        Code of the language; empty takes that of `dataset.yaml`.
    """

    data: Path
    out: Path
    project: Path
    as_of: pd.Timestamp | None = None
    athlete: str = ""
    typed: str = ""
    band: Band = DEFAULT_BAND
    with_names: bool = False
    language: str = ""


@dataclass(frozen=True)
class Planned:
    """The week ahead of a team: lines for a terminal, and one object for a program."""

    lines: tuple[str, ...]
    content: Mapping[str, Any]


def chosen_band(word: str) -> Band:
    """Return the band that a word names, in any of the languages, accents or none.

    Raises
    ------
    StridecastError
        If it names none that can be crossed.
    """
    asked = plain(word)
    # In all languages: a coach may type the word of a page in another language than this one.
    for code in languages():
        with speaking(code):
            named = next((band for band in BANDS[1:] if asked == plain(band_name(band))), None)
        if named is not None:
            return named
    choices = ", ".join(map(band_name, BANDS[1:]))
    raise StridecastError(f"there is no band {word!r} to cross", f"choose one of {choices}")


def plan_folder(request: PlanRequest, say: Say) -> Planned:
    """Forecast the week ahead of a folder; nothing is written.

    Raises
    ------
    StridecastError
        If the folder cannot be scored, nobody is called so or has a forecast, or a typed plan
        cannot be read.
    """
    if request.typed and not request.athlete:
        raise StridecastError("a typed plan needs its athlete", 'add --athlete "NAME"')
    done = score_folder(
        ScoreRequest(
            data=request.data,
            out=request.out,
            as_of=request.as_of,
            project=request.project,
            with_names=request.with_names,
            # Nothing is written, so a plan may be tried any number of times before the week begins.
            dry_run=True,
            keep_parses=True,
            language=request.language,
        ),
        say,
    )
    with speaking(request.language or load_config(request.data).language):
        return _planned(request, done)


def _planned(request: PlanRequest, done: Scored) -> Planned:
    team = done.week.ahead
    if team is None:
        raise StridecastError(
            f"nobody in {request.data} has a forecast on {done.week.as_of.date()}",
            "`stridecast score` says of each athlete why",
        )
    names = names_of(request.data, done.config)
    wanted = _athlete(request, done, names) if request.athlete else ""
    if request.typed:
        team = team.with_plans(typed_plan(request.typed, wanted, done.week.as_of))
    bands = project_params(request.project).score.bands
    all_outlooks = outlooks(team, request.band, bands)
    shown = [outlook for outlook in all_outlooks if wanted in {"", outlook.athlete}]
    named = names if request.with_names else {}
    lines = (
        *(team_lines(shown, named, request.band, team) if not wanted else ()),
        *(
            line
            for outlook in shown
            if wanted
            for line in athlete_lines(outlook, named, request.band)
        ),
        effects_line(team.ahead.effects),
    )
    return Planned(tuple(lines), _content(request, done, team, shown, named))


def _content(
    request: PlanRequest,
    done: Scored,
    team: TeamPlan,
    shown: list[Outlook],
    named: Mapping[str, str],
) -> dict[str, Any]:
    effects = team.ahead.effects
    last = done.week.as_of + pd.Timedelta(days=7)
    pairs = zip(effects.coefficients.names, effects.coefficients.mean, strict=True)
    return {
        "dataset": done.config.name,
        "as_of": str(done.week.as_of.date()),
        "until": str(last.date()),
        "outcome": "any",
        "band": request.band,
        "base_rate": round(team.ahead.base_rate, 6),
        "effects": {
            "weeks": effects.weeks,
            "injuries": effects.events,
            "coefficients": {name: round(float(value), 4) for name, value in pairs},
        },
        "athletes": [
            outlook.plain() | ({"name": named[outlook.athlete]} if outlook.athlete in named else {})
            for outlook in shown
        ],
    }


def _athlete(request: PlanRequest, done: Scored, names: Mapping[str, str]) -> str:
    """Return the code of who is meant, if there is a forecast of them."""
    wanted = request.athlete.strip().casefold()
    codes = [str(code) for code in done.week.scores["athlete"].unique()]
    labels = {code: {code.casefold(), names.get(code, code).casefold()} for code in codes}
    exact = [code for code in codes if wanted in labels[code]]
    parts = [code for code in codes if any(wanted in label.split() for label in labels[code])]
    # First what fits exactly, then a part of a name: "Ann" must not be refused because of "Anna".
    matches = (
        exact or parts or _spelled(request.athlete, {names.get(code, code): code for code in codes})
    )
    if len(matches) != ONE_ATHLETE:
        how_many = "nobody" if not matches else f"{len(matches)} athletes"
        raise StridecastError(
            f"{how_many} in {request.data} called {request.athlete!r}",
            "write the name as in roster.csv, or the code as in scores.csv",
        )
    scores = done.week.scores
    mine = scores[(scores["athlete"] == matches[0]) & (scores["outcome"] == "any")].iloc[0]
    if pd.isna(mine["probability"]):
        raise StridecastError(
            f"{request.athlete} has no forecast: {mine['status_note'] or mine['status']}",
            "a plan is weighed once there is one",
        )
    return matches[0]


def _spelled(asked: str, codes: Mapping[str, str]) -> list[str]:
    """Return the athletes a name may mean; case, accents, order and initials may differ."""
    match = match_names([asked], dict.fromkeys(codes, ()))[asked]
    meant = [match.athlete] if match.is_safe else [*match.candidates]
    return [codes[name] for name in meant if name in codes]
