"""Every message that the product can say, from its source: what each catalogue has to hold.

python -m tests.common.messages_in_source de        # what the German catalogue lacks, as .po
"""

import ast
import sys
from pathlib import Path

import yaml
from jinja2.ext import babel_extract

from common import language
from features.matrix import catalogue
from forecasting.returning.figures import published
from forecasting.returning.stages import texts

ROOT = Path(__file__).parents[2]
PACKAGES = ("common", "ingest", "features", "models", "forecasting", "reporting", "pipelines")
ADVICE = ROOT / "forecasting" / "reasons" / "advice.yaml"


def messages() -> dict[str, str]:
    """Return each message with its plural, which is empty where there is none."""
    found: dict[str, str] = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            found |= of_module(path)
    for path in sorted((ROOT / "reporting" / "templates").glob("*.j2")):
        found |= of_template(path)
    for feature in catalogue():
        found |= {one: "" for one in (feature.label, feature.unit, feature.structural_null) if one}
    for entry in yaml.safe_load(ADVICE.read_text(encoding="utf-8")):
        keys = ("advice", "measured", "evidence", "figures")
        found |= {entry[key]: "" for key in keys if entry.get(key)}
    stages = texts()
    needs = [one for tissue in stages.next.values() for one in tissue]
    told = (stages.pain_rules, stages.clinician, stages.alongside)
    found |= dict.fromkeys((*stages.names, *needs), "")
    found |= {one: "" for kind in told for one in kind.values()}
    return found | {figure.who: "" for figure in published().values()}


def of_module(path: Path) -> dict[str, str]:
    """Return the texts of `message`, `N_` and `plural` calls."""
    found: dict[str, str] = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
            texts = [text for text in texts if isinstance(text, str)]
            if node.func.id in {"message", "N_"} and texts:
                found[texts[0]] = ""
            elif node.func.id == "plural" and len(texts) > 1:
                found[texts[0]] = texts[1]
    return found


def of_template(path: Path) -> dict[str, str]:
    """Return the texts of `_`, `rich` and `plural` calls."""
    found: dict[str, str] = {}
    with path.open("rb") as file:
        for _, name, said, _ in babel_extract(file, ("_", "rich", "plural"), (), {}):
            texts = [one for one in (said if isinstance(said, tuple) else (said,)) if one]
            if texts:
                found[texts[0]] = texts[1] if name == "plural" and len(texts) > 1 else ""
    return found


def quoted(text: str) -> str:
    """Return a text as .po writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def entry(text: str, many: str) -> str:
    """Return an entry without a translation."""
    if many:
        return (
            f"msgid {quoted(text)}\nmsgid_plural {quoted(many)}\n"
            'msgstr[0] ""\nmsgstr[1] ""\n'
        )  # fmt: skip
    return f'msgid {quoted(text)}\nmsgstr ""\n'


if __name__ == "__main__":
    held = language.catalogue(sys.argv[1])
    lacking = [(text, many) for text, many in messages().items() if text not in held]
    print("\n".join(entry(text, many) for text, many in lacking))
