import hashlib
import hmac
import stat

import pytest

from common.errors import StridecastError
from ingest.dataset.find import locate_raw, shared_folder
from ingest.dataset.settings import load_config
from ingest.people.pseudonym import key_for, pseudonym
from tests.ingest.club_files import SETTINGS, write


@pytest.fixture
def folder(tmp_path):
    write(tmp_path / "club/dataset.yaml", SETTINGS)
    return tmp_path / "club"


def test_settings_are_read(folder):
    config = load_config(folder)
    assert config.name == "testclub"
    assert config.kind == "club"
    assert config.simulated
    assert config.wellness_scales["fatigue"].worst == 5


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("timezone: Europe/Berlin", r"unknown key 'timezone'; did you mean 'time_zone'\?"),
        ("zzz: 1", "unknown key 'zzz'; known keys: name, kind"),
        (
            "injury_words: {ouch: {regin: knee}}",
            r"unknown key 'injury_words.ouch.regin'.*; did you mean 'region'\?",
        ),
        ("wellness_scales: {mood: {worst: 1, best: 5, middle: 3}}", "known keys: worst, best"),
        ("kind: garage", "key 'kind': .*'club' or 'pmdata'.*found 'garage'"),
        ("time_zone: Mars/Olympus", "key 'time_zone': is no time zone.*found 'Mars/Olympus'"),
        ("observed_to: 2023-01-01", "observed_to 2023-01-01 is before observed_from 2024-01-01"),
        ("observed_to: soon", "key 'observed_to': .*found 'soon'"),
        ("wellness_scales: {vigour: {worst: 1, best: 5}}", "key 'wellness_scales.vigour'"),
        ("wellness_scales: {mood: {worst: 1, top: 5}}", "'wellness_scales.mood.(top|best)'"),
        # The share would be divided by 0.
        ("wellness_scales: {mood: {worst: 3, best: 3}}", "worst and best are the same number"),
        ("name: North Side", "key 'name'"),
    ],
)
def test_wrong_settings_name_file_key_and_what_was_expected(folder, line, words):
    key = line.split(":")[0]
    kept, skip = [], False
    for one in SETTINGS.splitlines():
        skip = one.startswith(f"{key}:") or (skip and one.startswith(" "))
        if not skip:
            kept.append(one)
    write(folder / "dataset.yaml", "\n".join([*kept, line]) + "\n")
    with pytest.raises(StridecastError, match=words) as caught:
        load_config(folder)
    assert str(caught.value).startswith(str(folder / "dataset.yaml"))
    assert "\n" not in str(caught.value)


def test_a_missing_key_is_named(folder):
    write(folder / "dataset.yaml", "name: x\ntime_zone: UTC\nobserved_to: 2024-01-01\n")
    with pytest.raises(StridecastError, match="key 'observed_from' is missing"):
        load_config(folder)


@pytest.mark.parametrize("text", ["a: [1\n", "- just\n- a list\n", ""])
def test_what_is_no_yaml_mapping_is_one_line(folder, text):
    write(folder / "dataset.yaml", text)
    with pytest.raises(StridecastError, match=r"not YAML|keys and values"):
        load_config(folder)


def test_missing_folder_and_missing_settings_differ(tmp_path):
    with pytest.raises(StridecastError, match="no such folder"):
        load_config(tmp_path / "absent")
    with pytest.raises(StridecastError, match="not found; let `stridecast data init"):
        load_config(tmp_path)


def test_a_pseudonym_is_an_hmac_of_dataset_and_id():
    digest = hmac.new(b"key", b"club\0r1", hashlib.sha256).hexdigest()
    bits = f"{int(digest, 16):0256b}"
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    # Base 32: five bits a letter, twelve letters.
    by_hand = "".join(letters[int(bits[5 * k : 5 * k + 5], 2)] for k in range(12))
    assert pseudonym(b"key", "club", "r1") == "a" + by_hand


def test_the_machine_key_is_made_once_and_for_its_owner_only(folder, tmp_path, monkeypatch):
    path = tmp_path / "home/key"
    monkeypatch.setenv("STRIDECAST_KEY_FILE", str(path))
    config = load_config(folder).model_copy(update={"pseudonyms": "keyed"})
    key = key_for(config)
    assert len(key) == 32
    assert key_for(config) == key
    # Who can read the key can name everybody.
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_bytes(b"short")
    with pytest.raises(StridecastError, match="expected 32 bytes, found 5"):
        key_for(config)


def test_the_key_follows_xdg(folder, tmp_path, monkeypatch):
    monkeypatch.delenv("STRIDECAST_KEY_FILE", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    key_for(load_config(folder).model_copy(update={"pseudonyms": "keyed"}))
    assert (tmp_path / "xdg/stridecast/pseudonym.key").is_file()


def test_a_key_inside_a_repository_is_refused(folder, tmp_path, monkeypatch):
    (tmp_path / "repo/.git").mkdir(parents=True)
    monkeypatch.setenv("STRIDECAST_KEY_FILE", str(tmp_path / "repo/keys/key"))
    with pytest.raises(StridecastError, match="inside a repository"):
        key_for(load_config(folder).model_copy(update={"pseudonyms": "keyed"}))


def test_public_keys_need_no_file_and_differ_by_dataset(folder, monkeypatch):
    monkeypatch.setenv("STRIDECAST_KEY_FILE", "/nowhere/key")
    config = load_config(folder)
    other = config.model_copy(update={"name": "other"})
    assert key_for(config) != key_for(other)


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.delenv("STRIDECAST_SHARED", raising=False)
    monkeypatch.delenv("DVC_ROOT", raising=False)
    write(tmp_path / "project/data/raw/pmdata/dataset.yaml", SETTINGS)
    return tmp_path / "project"


def test_files_beside_the_settings_come_first(project, tmp_path):
    folder = project / "data/raw/pmdata"
    write(folder / "p01/x.csv", "x")
    write(tmp_path / "shared/data/pmdata/p01/x.csv", "x")
    assert locate_raw("pmdata", project) == (folder, folder)


def test_shared_files_are_found_beside_the_project_or_where_the_variable_says(
    project, tmp_path, monkeypatch
):
    folder = project / "data/raw/pmdata"
    write(tmp_path / "shared/data/pmdata/p01/x.csv", "x")
    assert locate_raw("pmdata", project) == (folder, tmp_path / "shared/data/pmdata")
    write(tmp_path / "elsewhere/data/pmdata/p01/x.csv", "x")
    monkeypatch.setenv("STRIDECAST_SHARED", str(tmp_path / "elsewhere"))
    assert locate_raw("pmdata", project)[1] == tmp_path / "elsewhere/data/pmdata"


def test_a_queued_experiment_looks_beside_the_original_project(project, tmp_path, monkeypatch):
    monkeypatch.setenv("DVC_ROOT", str(project))
    assert shared_folder(tmp_path / "somewhere/copy") == tmp_path / "shared"


def test_absent_files_say_where_was_looked_and_where_they_can_be_had(project, tmp_path):
    with pytest.raises(StridecastError) as caught:
        locate_raw("pmdata", project)
    for words in ("data/raw/pmdata", str(tmp_path / "shared"), "CC BY 4.0", "$STRIDECAST_SHARED"):
        assert words in str(caught.value)


def test_an_unknown_dataset_is_told_what_there_is(project):
    with pytest.raises(StridecastError, match="known here: pmdata"):
        locate_raw("pmdatta", project)
