"""Stage `comparators`: what others would have forecast for the test rows, from the same rows.

Rules, fitted comparators and the evidence are a stage of their own: they depend on the rows, the
columns and their own settings, so that neither another risk model nor another way of measuring
fits them again. Estimators of your own that can write themselves have the stage `own`.
"""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter(boosters_alone=True, gives_memory_back=True)

import pandas as pd

from common.frame_files import write_frame
from common.store import read_json
from models.comparators.evidence import evidence_probabilities
from models.comparators.fit_each import Fitted, fit_each
from models.comparators.fitted import comparators
from models.comparators.forest import warm_up
from models.comparators.own_estimators import check_names, own_estimators
from models.comparators.rules import RULES, fit_rules, rule_names, rule_probabilities
from models.evidence.reads import features_read
from pipelines.runtime.stage import Stage, run_stage_by_outcome
from pipelines.runtime.workspace import COLUMNS_FILE, FLAGS_FILE, NOT_FITTED_FILE, PREDICTIONS_FILE
from pipelines.stage_parts.labelled_rows import labelled_rows
from pipelines.stage_parts.not_fitted import write_not_fitted

THREADS = 2
"""Built-in comparators that are fitted side by side."""


def main(stage: Stage) -> None:
    """Write artifacts/comparators/<dataset>/<outcome>: probabilities, flags, and who failed."""
    # Before any fit: an own estimator with the name of a rule would take its place in all tables.
    check_names(rule_names())
    names = read_json(stage.workspace.model(stage.outcome) / COLUMNS_FILE)["columns"]
    wanted = [*names, *(rule.feature for rule in RULES), *sorted(features_read())]
    train, test = (labelled_rows(stage, part, wanted) for part in ("train", "test"))
    folder = stage.workspace.comparators(stage.outcome)
    fitted = _fitted(stage, train, test, names)
    write_not_fitted(folder / NOT_FITTED_FILE, fitted.failed)
    rules = fit_rules(train, train["event"])
    forecasts = fitted.probabilities
    # The training part's rate: that of the test part is known only afterwards.
    forecasts |= rule_probabilities(rules, test, float(train["event"].mean()))
    horizon = stage.params.outcome.horizon_days
    forecasts |= evidence_probabilities(stage.outcome, horizon, test, train)
    # As published a rule only says yes or no; as a score it is measured by its probability.
    published = {name: rule for name, rule in rules.items() if not rule.continuous}
    flags = {f"{n}_flag": rule.score(test) > 0 for n, rule in published.items()}
    keys = test[["athlete", "date"]]
    write_frame(folder / PREDICTIONS_FILE, keys.assign(**forecasts))
    write_frame(folder / FLAGS_FILE, keys.assign(**flags))
    print(
        f"{stage.outcome}: {len(forecasts)} comparators, {len(test):,} rows: {', '.join(forecasts)}"
    )


def _fitted(stage: Stage, train: pd.DataFrame, test: pd.DataFrame, names: list[str]) -> Fitted:
    """Fit every comparator on the rows, columns and folds of the models, and score the test.

    Where no model was due, none of them is fitted either.
    """
    if not names:
        return Fitted({}, {}, {})
    known = comparators(stage.params.logistic, stage.params.comparators)
    own = own_estimators()
    return fit_each(known, train, test, names, tried_first=own, threads=THREADS)


if __name__ == "__main__":
    run_stage_by_outcome(main, load=warm_up)
