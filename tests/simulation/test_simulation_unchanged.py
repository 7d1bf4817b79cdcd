"""The first world's files stay what they are, to the byte, whatever the simulator learns to do."""

import hashlib

from simulation.cohort import simulate
from simulation.export.files import write_cohort
from simulation.settings.errors import ORDINARY
from simulation.streams import streams

# Of the small cohort, written before the second mechanism and the other worlds were there. Text
# files only: their numbers are rounded, so that no processor's last bit counts.
DIGESTS = {
    "body.csv": "6ebec13b572c6a56",
    "exercise.csv": "3dc051daf767104e",
    "gait.csv": "96a677c9b45b56e7",
    "injuries.csv": "c6a09e7f22413337",
    "pain.csv": "c6e0393bd7f9ed45",
    "roster.csv": "b80d5a27b1ff9b93",
    "session_rpe.csv": "e7994d2f05757239",
    "shoes.csv": "d07a7b57cd999e15",
    "strength.csv": "68e0ffd9a65e2107",
    "wellness.csv": "aaf867242a2410f9",
}
ACTIVITIES = "26626c0a689a8312"
FIRST_BRANCHES = (
    "pilot", "traits", "lives", "presence", "answers", "devices", "clinic", "oracle", "pen",
)  # fmt: skip


def digest(text):
    return hashlib.sha256(text).hexdigest()[:16]


def files_of(cohort, folder):
    write_cohort(cohort, folder / "raw", folder / "truth")
    return {
        path.relative_to(folder / "raw").as_posix(): path.read_bytes()
        for path in sorted((folder / "raw").rglob("*.csv"))
    }


def test_the_files_of_the_first_world_are_unchanged(small_cohort, tmp_path):
    written = files_of(small_cohort, tmp_path)
    lists = b"".join(text for name, text in written.items() if name.startswith("activities/"))
    found = {name: digest(text) for name, text in written.items() if "/" not in name}
    assert found == DIGESTS
    assert digest(lists) == ACTIVITIES


def test_the_first_branches_of_the_seed_keep_their_numbers():
    tree = streams(3)
    assert tree._fields[: len(FIRST_BRANCHES)] == FIRST_BRANCHES
    assert [one.spawn_key for one in tree] == [(i,) for i in range(len(tree))]


def test_label_errors_leave_the_truth_and_the_logs_alone(small_settings, small_cohort, tmp_path):
    errors = ORDINARY.model_copy(update={"leaves_when_hurt": 0.0})
    changed = simulate(small_settings.model_copy(update={"errors": errors}))
    assert changed.truth.equals(small_cohort.truth)
    before = files_of(small_cohort, tmp_path / "before")
    after = files_of(changed, tmp_path / "after")
    assert {name for name in before if before[name] != after[name]} == {
        "injuries.csv", "pain.csv", "wellness.csv",
    }  # fmt: skip


def test_plans_leave_everything_else_alone(small_settings, small_cohort, tmp_path):
    plans = small_settings.plans.model_copy(update={"written": True})
    changed = simulate(small_settings.model_copy(update={"plans": plans}))
    before = files_of(small_cohort, tmp_path / "before")
    after = files_of(changed, tmp_path / "after")
    assert {name for name in after if after[name] != before.get(name)} == {"plans.csv"}
