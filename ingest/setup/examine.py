"""Look at a folder through the one door: people, sheets, questions, what was not read."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from common.language import N_
from ingest.dataset.settings import FILE_NAME, DatasetConfig, load_config
from ingest.reading.files import Progress
from ingest.run import IngestResult, ingest
from ingest.setup.look import Findings, look
from ingest.setup.proposal import Answers
from ingest.setup.scales import by_the_words, form_of
from ingest.setup.time_zones import machine_zone

LAST_RESORT: Final = "UTC"
"""Zone where neither the watches nor this computer tell one."""

NOTHING_TELLS: Final = N_("nothing tells it")


@dataclass(frozen=True)
class Examined:
    """A folder as it would be read.

    Parameters
    ----------
    config : DatasetConfig
        Its settings, or those proposed.
    result : IngestResult
        What was read; in a new folder with everything that is proposed.
    findings : Findings or None
        What the files of a new folder tell; None where the folder is set up.
    """

    config: DatasetConfig
    result: IngestResult
    findings: Findings | None


def examine(
    folder: Path,
    *,
    today: date,
    progress: Progress | None = None,
    cache: Path | None = None,
) -> Examined:
    """Read a folder, storing nothing; a new one with the settings that its files tell.

    Raises
    ------
    StridecastError
        If there is no such folder, no data file in it, or its settings are no good.
    """
    if (folder / FILE_NAME).exists():
        config = load_config(folder)
        result = ingest(folder, progress=progress, cache=cache, needs_sessions=False)
        return Examined(config, result, None)
    findings = look(folder, today=today, progress=progress)
    answers, _ = proposed_answers(findings, today)
    return Examined(answers.config, read_with(folder, answers, cache), findings)


def read_with(folder: Path, answers: Answers, cache: Path | None) -> IngestResult:
    """Read a new folder with settings that are not written yet, and all that is proposed."""
    return ingest(
        folder, config=answers.config, accept_proposals=True, needs_sessions=False, cache=cache
    )


def proposed_answers(findings: Findings, today: date) -> tuple[Answers, str]:
    """Return the settings that the files tell, and why this time zone."""
    known = (
        (findings.zones[0] if findings.zones else "", N_("the clock of the watches")),
        (machine_zone(), N_("this computer's")),
        (LAST_RESORT, NOTHING_TELLS),
    )
    # The clock of the watches is the team's own; this computer may stand elsewhere.
    zone, why = next(candidate for candidate in known if candidate[0])
    forms = {item: form_of([span]) for item, span in findings.seen.items()}
    answers = Answers(
        name=findings.name,
        time_zone=zone,
        observed_from=findings.first or today,
        zone_is_told=why != NOTHING_TELLS,
        scales=by_the_words(forms) if findings.words_hold else {},
    )
    return answers, why
