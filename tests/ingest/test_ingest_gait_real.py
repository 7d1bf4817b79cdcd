"""Real gait files, where they are at hand: what is read, what is refused, and why."""

import zipfile
from pathlib import Path

import pandas as pd
import pytest

from ingest.readers.registry import FileRefused
from tests.ingest.gait_looks import DAY, SHARED, context, look, values_of

__all__ = ["context"]  # a fixture, used by its name

OUTCOMES = {
    "osim_subject02_running_arms_ik.mot": None,
    "osim_running_grf.mot": None,
    "runscribe_run_37075right_first600.csv": None,
    "opencap_walking1_videoAndMocap.mot": "walking",
    "osim_walking5.c3d": "walking",
    "osim_walking5_markers.trc": "sampled_too_slowly",
    "osim_trc_blanks_missing.trc": "gait_unknown",
    "osim_trc_crlf.trc": "gait_unknown",
    "osim_trc_eformat.trc": "no_gait",
    "osim_trc_nans.trc": "no_gait",
    "pyomeca_inverse_kin.mot": "no_gait",
    "pyomeca_markers.trc": "no_gait",
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="real gait files are not here")
@pytest.mark.parametrize("name", sorted(OUTCOMES))
def test_real_files(context, name):
    content = (SHARED / "samples" / "gait" / name).read_bytes()
    if OUTCOMES[name]:
        with pytest.raises(FileRefused) as refused:
            look(context, content, f"r1/{DAY}/{name}")
        assert refused.value.reason == OUTCOMES[name]
    elif "runscribe" not in name:
        assert look(context, content, f"r1/{DAY}/{name}").account.rejected == 0


@pytest.mark.skipif(not SHARED.is_dir(), reason="real gait files are not here")
def test_real_running_agrees_with_what_was_published(context):
    """Hamner et al. 2010 (J Biomech 43:2709) published this runner's trial: 3.96 m/s."""
    name = "osim_subject02_running_arms_ik.mot"
    parsed = look(context, (SHARED / "samples" / "gait" / name).read_bytes(), f"r1/{DAY}/{name}")
    values = values_of(parsed)
    speed = parsed.records["gait"]["speed_m_s"].iloc[0]
    assert speed == pytest.approx(3.96, rel=0.05)
    length = (values["step_length_m", "left"] + values["step_length_m", "right"]) / 2
    assert values["cadence_spm", "both"] / 60 * length == pytest.approx(speed, rel=0.05)
    for side in ("left", "right"):
        assert 35 < values["peak_knee_flexion_deg", side] < 60
        assert 5 < values["peak_hip_adduction_deg", side] < 20


@pytest.mark.skipif(not SHARED.is_dir(), reason="real gait files are not here")
def test_real_strides_lie_where_runners_do(context):
    """Novacheck 1998 (Gait Posture 7:77): running knees bend by about 45 degrees in stance."""
    read, refused = [], []
    with zipfile.ZipFile(SHARED / "data" / "rbds" / "bmc_ric_trials.zip") as archive:
        for name in sorted(one for one in archive.namelist() if one.startswith("trials/"))[::20]:
            try:
                read.append(look(context, archive.read(name), f"r1/{DAY}/{Path(name).name}"))
            except FileRefused as one:
                refused.append(one.reason)
    assert set(refused) == {"curve_jumps"}
    assert len(refused) < 0.06 * len(read)
    strides = pd.concat([one.records["gait_strides"] for one in read])
    knee, hip = (
        strides.loc[strides["metric"] == metric, "value"]
        for metric in ("peak_knee_flexion_deg", "peak_hip_adduction_deg")
    )
    assert knee.between(30, 55).mean() > 0.95
    assert hip.between(0, 20).all()
    assert 35 < knee.median() < 50
    assert 4 < hip.median() < 15
    for one in read:
        assert one.account.read == len(one.records["gait_strides"]) + one.account.rejected
