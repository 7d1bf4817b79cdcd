"""Stage `card`: the model card, from the files that the other stages wrote."""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter()

from common.store import write_text
from pipelines.runtime.stage import Stage, run_stage
from pipelines.stage_parts.card_facts import card_facts
from reporting.card.document import model_card


def main(stage: Stage) -> None:
    """Write reports/model_card.md and reports/model_card.html."""
    card = model_card(card_facts(stage))
    reports = stage.workspace.reports
    write_text(reports / "model_card.md", card.markdown())
    write_text(reports / "model_card.html", card.html())
    print(f"{reports / 'model_card.html'}: {len(card.sections)} sections")


if __name__ == "__main__":
    run_stage(main)
