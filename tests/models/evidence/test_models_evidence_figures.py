"""The file of coefficients: what stands in it, and the prior that is made of it."""

import numpy as np
import pytest
import yaml

from common.errors import StridecastError
from common.vocabulary import LEVELS
from features.matrix import catalogue
from models.evidence.figures import PACKAGED, Study, TermFigure, load_coefficients, packaged
from models.evidence.prior import hazard_prior, share_prior
from models.evidence.terms import COMPLAINTS, KNEE_TERMS, TERMS


def study(ratio, low, high, **more):
    return Study(
        **{"ratio": ratio, "low": low, "high": high, "source": "s", "population": "p"}
        | {"reread": "abstract"}
        | more
    )


def test_every_term_has_a_figure_and_every_figure_a_term():
    figures = packaged()
    assert set(figures.terms) == {term.name for term in TERMS}
    assert set(figures.knee_share.terms) == {term.name for term in KNEE_TERMS}
    assert set(figures.baseline.levels) == set(LEVELS)


def test_reasons_can_name_every_term():
    known = {feature.name for feature in catalogue()} | set(COMPLAINTS)
    assert {term.feature for term in (*TERMS, *KNEE_TERMS)} <= known


def test_one_study_gives_its_log_ratio_and_a_wider_spread():
    # log 1.36 = 0.3075; (log 1.78 - log 1.04) / 3.92 = 0.1371; sd^2 = 0.1371^2 + 2 x 0.1^2
    figure = TermFigure(studies=(study(1.36, 1.04, 1.78),), reading="r")
    mean, sd = figure.prior(0.1)
    assert mean == pytest.approx(np.log(1.36))
    assert sd == pytest.approx(np.sqrt(0.1371**2 + 0.02), abs=1e-4)


def test_a_figure_that_was_not_read_again_has_twice_the_spread():
    read = TermFigure(studies=(study(2, 1, 4),), reading="r")
    unread = TermFigure(studies=(study(2, 1, 4, reread="not"),), reading="r")
    assert unread.prior(0.0)[1] == pytest.approx(2 * read.prior(0.0)[1])


def test_two_studies_are_pooled_by_inverse_variance():
    # errors 0.1 and 0.2 without spread between studies: weights 100 and 25
    narrow, wide = np.exp([0.1 * 1.959964, 0.2 * 1.959964])
    figure = TermFigure(
        studies=(study(1.0, 1 / narrow, narrow), study(2.0, 2 / wide, 2 * wide)), reading="r"
    )
    mean, sd = figure.prior(0.0)
    assert mean == pytest.approx(25 * np.log(2) / 125)
    assert sd == pytest.approx(np.sqrt(1 / 125))


def test_a_ratio_over_several_steps_is_shared_among_them():
    figure = TermFigure(studies=(study(16, 4, 64, steps=4),), transfer=0.5, reading="r")
    assert figure.prior(0.0)[0] == pytest.approx(0.5 * np.log(16) / 4)


@pytest.mark.parametrize(
    "fields",
    [
        {"reading": "neither"},
        {
            "reading": "both",
            "studies": (study(2, 1, 4),),
            "assumed": {"mean": 0.0, "sd": 1.0},
        },
    ],
)
def test_a_coefficient_has_exactly_one_origin(fields):
    with pytest.raises(ValueError, match="either studies or"):
        TermFigure(**fields)


def test_a_ratio_outside_its_interval_is_refused():
    with pytest.raises(ValueError, match="lies outside"):
        study(5, 1, 4)


def test_a_file_that_breaks_the_form_is_an_error_that_names_the_key(tmp_path):
    content = yaml.safe_load(PACKAGED.read_text(encoding="utf-8"))
    content["exposure"]["mean"] = "half"
    path = tmp_path / "figures.yaml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(StridecastError, match=r"exposure\.mean"):
        load_coefficients(path)


def test_every_source_is_named_and_every_reading_is_a_sentence():
    figures = packaged()
    every = [*figures.terms.values(), *figures.knee_share.terms.values()]
    assert all(len(figure.reading) > 30 for figure in every)
    assert all(study.source for figure in every for study in figure.studies)


def test_the_means_of_the_terms_share_a_factor_and_its_uncertainty():
    figures = packaged()
    prior = hazard_prior(figures)
    at = {name: place for place, name in enumerate(prior.names)}
    published = {
        name: figures.terms[name].prior(figures.between_study_sd)[0]
        for name in ("sleep_usual", "time_since_return")
    }
    for name, mean in published.items():
        assert prior.mean[at[name]] == pytest.approx(0.55 * mean)
    first, second = (at[name] for name in published)
    shared = 0.25**2 * np.prod(list(published.values()))
    assert prior.covariance[first, second] == pytest.approx(shared)
    assert prior.covariance[at["level"], first] == 0
    # Level, hours and the own rate are no published effects to be trusted less.
    assert prior.mean[at["hours"]] == figures.exposure.mean
    assert prior.mean[at["own_rate"]] == figures.own_rate.power_mean


def test_the_prior_share_of_the_knee_is_the_published_one():
    prior = share_prior(packaged())
    assert 1 / (1 + np.exp(-prior.mean[0])) == pytest.approx(packaged().knee_share.value)
