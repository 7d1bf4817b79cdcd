"""The last lines of the demo: what the model is worth, WHO and WHEN apart."""

from models.settings.evaluation import GateSettings
from pipelines.summary import _quality


def of(**values):
    plain = {"auroc": (0.735, 0.70, 0.77), "calibration_slope": (0.94, None, None)}
    measured = {
        name: dict(zip(("value", "low", "high"), three, strict=True))
        for name, three in plain.items()
    }
    measured |= {name: {"value": value} for name, value in values.items()}
    return _quality("any", {"risk": measured}, GateSettings())


def test_who_and_when_stand_apart_and_information_beside_the_ranking():
    told = of(who_slope=0.87, when_slope=0.92, share_of_oracle=0.9, information_share=0.76)
    assert told == (
        "any       risk: AUROC 0.73 (0.70-0.77), calibration slope 0.94, WHO slope 0.87, WHEN "
        "slope 0.92, 90% of the way to the oracle's AUROC, 76% of its information"
    )


def test_what_was_not_measured_is_not_told():
    told = of(who_slope=None, when_slope=None)
    assert told == "any       risk: AUROC 0.73 (0.70-0.77), calibration slope 0.94"


def test_an_unfavourable_calibration_is_told_beside_the_slope():
    level = {"value": 1.3, "low": 1.0, "high": 1.6}
    measured = {"auroc": level, "calibration_slope": {"value": 0.94}, "observed_expected": level}
    told = _quality("any", {"risk": measured}, GateSettings())
    assert told.endswith("slope 0.94 (not shown to be calibrated: see the model card)")
