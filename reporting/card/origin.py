"""Where a card's features and settings come from, and what was looked at before they were set."""

from reporting.card.facts import CardFacts

_DEVELOPMENT = (
    "the core of features and LightGBM's settings were kept after comparisons on simulated "
    "cohorts, their test parts included"
)


def chosen_order(facts: CardFacts) -> str:
    """Say in what order features come, and which outcomes were looked at for that order."""
    own = (
        f"{_DEVELOPMENT}: cohorts like this one"
        if facts.simulated
        else "no outcome of this dataset took part in it, outcomes of simulated runners did"
    )
    return f"in a declared order, measures named by the literature first; {own}"


def protocol(facts: CardFacts) -> str:
    """Say what was fixed before this run, and what may have been chosen after earlier ones."""
    own = (
        f"{_DEVELOPMENT}, and the demo of the default seed was looked at in development: read its "
        "test part as one more development cohort"
        if facts.simulated
        else "the settings in params.yaml may have been chosen after looking at earlier runs of "
        "this dataset, test part included"
    )
    return (
        f"none: {own}; this run itself tunes neither the features' order nor the gates' limits, "
        "nor anything on its test part"
    )
