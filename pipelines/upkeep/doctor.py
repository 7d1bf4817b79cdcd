"""`stridecast doctor`: what is wrong with this installation or this team's folders."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.runtime.spoken import Language, language_of

if TYPE_CHECKING:
    from pipelines.upkeep.finding import Finding


def doctor(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder of the team's exports.", show_default=False)
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder of the forecasts.")] = Path("forecast"),
    project: Annotated[Path, typer.Option(help="Folder whose artifacts hold the models.")] = Path(),
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    language: Language = "",
) -> None:
    """Check the installation, and a team's folders, key, history and models; change nothing.

    Exit code 0: nothing keeps a command from working; 1: something does, and what to do is said.
    """
    # Imported here, so that --help answers at once, and a broken environment is told.
    from common.language import message, speaking

    with speaking(language_of(folder, language)):
        findings = _findings(folder, out, project)
        faults = sum(finding.level == "fault" for finding in findings)
        if as_json:
            print(json.dumps([asdict(finding) for finding in findings], indent=2))
        else:
            print("\n".join(finding.line for finding in findings))
            print(message("{count} to mend", count=faults) if faults else message("all is well"))
    raise typer.Exit(code=1 if faults else 0)


def _findings(folder: Path | None, out: Path, project: Path) -> "list[Finding]":
    from pipelines.upkeep.installation import installation, settings_layout

    findings = list(installation(project))
    # With a broken installation the imports of the other checks would fail.
    if all(finding.level != "fault" for finding in findings):
        from pipelines.upkeep.club import club

        findings += club(folder, out, project)
        findings += settings_layout(project)
    return findings
