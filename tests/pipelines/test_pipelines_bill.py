"""The bill of materials lists what the lock files install, with licences and hashes."""

import json
import re
from pathlib import Path

from pipelines.upkeep.bill import UNKNOWN, bill_of, cyclone_dx, licence_of, table

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements-coach.lock"


def pins(text: str) -> list[tuple[str, str]]:
    return re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE)


def test_every_package_of_a_lock_stands_in_its_bill_once_with_hashes():
    for lock in (LOCK, ROOT / "requirements.lock"):
        packages = bill_of(lock)
        text = lock.read_text(encoding="utf-8")
        assert [(package.name, package.version) for package in packages] == pins(text)
        assert sum(len(package.hashes) for package in packages) == text.count("--hash=sha256:")


def test_the_documents_are_those_of_the_coachs_lock():
    """After a change of the lock, `make bill` writes them anew."""
    wanted = pins(LOCK.read_text(encoding="utf-8"))
    page = (ROOT / "docs/licences.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z0-9._-]+) \| ([^ ]+) \| (.+) \|$", page, re.MULTILINE)
    told = [row for row in rows if row[0] not in {"package", "---"}]
    assert [(name, version) for name, version, _ in told] == wanted
    bill = json.loads((ROOT / "docs/bill.cdx.json").read_text(encoding="utf-8"))
    assert [(component["name"], component["version"]) for component in bill["components"]] == wanted


def test_a_licence_is_the_packages_own_word_or_said_to_be_unknown():
    assert licence_of("numpy", "0.0.1") == UNKNOWN
    assert licence_of("no-such-package", "1") == UNKNOWN
    known = {one.name: one.licence for one in bill_of(LOCK) if one.licence != UNKNOWN}
    assert known["ezc3d"] == "MIT"  # from its licence file: the metadata say nothing
    assert known["cryptography"] == "Apache-2.0 OR BSD-3-Clause"
    assert known["recurring-ical-events"].startswith("LGPL")


def test_the_json_is_cyclonedx_and_the_same_every_time():
    packages = bill_of(LOCK)
    made = cyclone_dx(packages, "1.0")
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    first = made["components"][0]
    assert first["purl"] == f"pkg:pypi/{packages[0].name}@{packages[0].version}"
    assert json.dumps(made) == json.dumps(cyclone_dx(bill_of(LOCK), "1.0"))
    assert table(packages).count("\n") == len(packages) + 2
