"""Bill of materials: the packages of a lock file with their versions, hashes and licences.

    python -m pipelines.upkeep.bill LOCK [--json]

The table is Markdown (`docs/licences.md` holds that of a coach's environment), the JSON is
CycloneDX 1.6. Licences are what the installed packages say of themselves: the SPDX expression of
their metadata, else its older fields, else the head of the licence file that they bring. Of what is
not installed here (packages of another system) the licence is unknown, and that is said.
"""

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Final

_PIN: Final = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)((?:.*\\\n)*.*)", re.MULTILINE)
_HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_SPDX: Final = {
    "MIT License": "MIT", "MIT": "MIT", "BSD-3-Clause": "BSD-3-Clause", "BSD License": "BSD",
    "BSD": "BSD", "Apache Software License": "Apache-2.0", "Apache-2.0": "Apache-2.0",
    "ISC License (ISCL)": "ISC", "ISC License": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
}  # fmt: skip
"""SPDX identifiers of the classifiers and words that packages use; `BSD` says not which one."""
UNKNOWN: Final = "unknown: not installed here"
UNTOLD: Final = "unknown: the package does not say"
_LICENCE_FILE: Final = re.compile(r"(LICEN[CS]E|COPYING)", re.IGNORECASE)


@dataclass(frozen=True)
class Package:
    """A package of a lock file.

    Parameters
    ----------
    name, version : str
    hashes : tuple of str
        SHA-256 of the archives that may be installed.
    licence : str
        SPDX expression where it is known, else the package's own words.
    """

    name: str
    version: str
    hashes: tuple[str, ...]
    licence: str


def bill_of(lock: Path) -> list[Package]:
    """Return the packages of a lock file, in its order."""
    return [
        Package(name, version, tuple(_HASH.findall(rest)), licence_of(name, version))
        for name, version, rest in _PIN.findall(lock.read_text(encoding="utf-8"))
    ]


def licence_of(name: str, version: str) -> str:
    """Return the licence of an installed package of this version, or that it is unknown."""
    try:
        installed_package = distribution(name)
    except PackageNotFoundError:
        return UNKNOWN
    if installed_package.version != version:
        return UNKNOWN
    return next(_sayings(installed_package), UNTOLD)


def _sayings(package: Distribution) -> Iterator[str]:
    """Yield what a package says of its licence, the most exact first."""
    headers = package.metadata
    yield from headers.get_all("License-Expression") or []
    classifiers = [
        classifier.split("::")[-1].strip()
        for classifier in headers.get_all("Classifier") or []
        if classifier.startswith("License")
    ]
    words = "".join(headers.get_all("License") or []).strip()
    if words in _SPDX and _SPDX[words] != "BSD":
        yield _SPDX[words]
    if classifiers:
        yield " OR ".join(_SPDX.get(classifier, classifier) for classifier in classifiers)
    if words and "\n" not in words:
        yield _SPDX.get(words, words)
    yield from _of_files(package)


def _of_files(package: Distribution) -> Iterator[str]:
    for path in package.files or ():
        if _LICENCE_FILE.search(path.name):
            # The head names the licence; further down a text may quote those of other packages.
            head = path.read_text(encoding="utf-8")[:200]
            yield from (spdx for name, spdx in _SPDX.items() if name in head)


def cyclone_dx(packages: list[Package], version: str) -> dict[str, Any]:
    """Return the bill as CycloneDX 1.6, without time and serial number: it is reproducible."""
    root = {"type": "application", "name": "stridecast", "version": version}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": root | {"licenses": [{"license": {"id": "Apache-2.0"}}]}},
        "components": [_component(package) for package in packages],
    }


def _component(package: Package) -> dict[str, Any]:
    purl = f"pkg:pypi/{package.name}@{package.version}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": package.name,
        "version": package.version,
        "purl": purl,
        "licenses": [{"license": {"name": package.licence}}],
        # All archives that may be installed; a machine takes the one for its system.
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in package.hashes],
    }


def table(packages: list[Package]) -> str:
    """Return the bill as a Markdown table."""
    rows = [f"| {package.name} | {package.version} | {package.licence} |" for package in packages]
    return "\n".join(["| package | version | licence |", "| --- | --- | --- |", *rows]) + "\n"


def main() -> None:
    """Print the bill of a lock file."""
    parser = argparse.ArgumentParser(description="Packages of a lock file, with their licences.")
    parser.add_argument("lock", type=Path, help="requirements-coach.lock or requirements.lock")
    parser.add_argument("--json", action="store_true", help="CycloneDX 1.6 instead of a table")
    options = parser.parse_args()
    packages = bill_of(options.lock)
    if options.json:
        print(json.dumps(cyclone_dx(packages, _own_version()), indent=1))
    else:
        print(table(packages), end="")


def _own_version() -> str:
    try:
        return distribution("stridecast").version
    except PackageNotFoundError:
        return "0"


if __name__ == "__main__":
    main()
