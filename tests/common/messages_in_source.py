"""Every message that the product can say, from its source: what each catalogue has to hold.

python -m tests.common.messages_in_source de        # what the German catalogue lacks, as .po
"""

import ast
import re
import sys
from pathlib import Path

import yaml
from jinja2.ext import babel_extract

from common import language
from common.retold import CONTEXT, ERROR
from features.matrix import catalogue
from forecasting.returning.figures import published
from forecasting.returning.stages import texts

ROOT = Path(__file__).parents[2]
PACKAGES = ("common", "ingest", "features", "models", "forecasting", "reporting", "pipelines")
SAYING = {"reject", "refuse", "FileRefused", "Unread", "refused_file", "_refused", "Question"}
LEAST_LETTERS = 5
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
        found |= {} if any(map(str.isdigit, entry["source"])) else {entry["source"]: ""}
    stages = texts()
    needs = [one for tissue in stages.next.values() for one in tissue]
    told = (stages.pain_rules, stages.clinician, stages.alongside)
    found |= dict.fromkeys((*stages.names, *needs), "")
    found |= {one: "" for kind in told for one in kind.values()}
    returns = published().values()
    found |= {figure.source: "" for figure in returns if not figure.is_read}
    return found | {figure.who: "" for figure in returns}


def file_sentences() -> dict[str, str]:
    """Return the sentences that readers write about files, as the catalogues hold them."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "ingest").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            texts = [_template(part) for part in _parts(node)]
            found |= {text: "" for text in texts if text and _says_enough(text)}
    return found


OF_A_COACH = (
    "common", "ingest", "forecasting/scoring", "models/store/champion.py",
    "models/store/artifact.py", "models/store/model_facts.py", "models/evaluation/replay.py",
    "pipelines/commands", "pipelines/runtime/lock.py", "pipelines/runtime/one_line.py",
    "pipelines/upkeep", "pipelines/weekly", "pipelines/studies/backtest_tables.py",
)  # fmt: skip
OF_A_DEVELOPER = (
    "common/contracts.py", "ingest/dictionary.py", "ingest/readers/datasets",
    "ingest/setup/download.py", "pipelines/commands/project.py", "pipelines/upkeep/bill.py",
)  # fmt: skip
ENDING = {"StridecastError", "DamagedFileError", "Finding", "writable", "checked"}


def error_sentences() -> dict[str, str]:
    """Return what errors of a coach's commands and `doctor` say, and what they tell to do."""
    found: dict[str, str] = {}
    for path in (module for part in OF_A_COACH for module in _modules(ROOT / part)):
        if any(str(path.relative_to(ROOT)).startswith(part) for part in OF_A_DEVELOPER):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ENDING:
                values = [*node.args, *(keyword.value for keyword in node.keywords)]
                texts = [text for value in values for text in _values(value, tree)]
                found |= {text: "" for text in texts if _says_enough(text)}
    return found


def _modules(place: Path) -> list[Path]:
    return [place] if place.is_file() else sorted(place.rglob("*.py"))


def _values(node: ast.expr, tree: ast.Module) -> list[str]:
    """Return the sentences that a value may be, by the names and functions of its module."""
    if isinstance(node, ast.IfExp):
        return [*_values(node.body, tree), *_values(node.orelse, tree)]
    if isinstance(node, ast.Name):
        assigned = [one for one in ast.walk(tree) if isinstance(one, ast.Assign | ast.AnnAssign)]
        named = [one for one in assigned if node.id in _targets(one)]
        return [_template(one.value) for one in named if one.value]
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", "")
        made = [one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == name]
        ends = [one for each in made for one in ast.walk(each) if isinstance(one, ast.Return)]
        return [text for one in ends if one.value for text in _values(one.value, tree)]
    return [_template(node)]


def _targets(node: ast.Assign | ast.AnnAssign) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _parts(node: ast.AST) -> list[ast.expr]:
    """Return what may be a sentence: arguments of a refusal or question, and what is named so."""
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in SAYING:
            return [
                *node.args,
                *(keyword.value for keyword in node.keywords if keyword.arg != "reason"),
            ]
    if isinstance(node, ast.FunctionDef) and node.name in {"_why", "_why_failed", "_unknown"}:
        values = [one.value for one in ast.walk(node) if isinstance(one, ast.Return) and one.value]
        return [value.elts[-1] if isinstance(value, ast.Tuple) else value for value in values]
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
        first = node.targets[0] if isinstance(node, ast.Assign) else node.target
        name = getattr(first, "id", "")
        if name == "PROBLEMS" and isinstance(node.value, ast.Dict):
            return node.value.values
        return [node.value] if name in {"sentence", "_KEPT", "_ASK"} else []
    return []


def _template(node: ast.AST) -> str:
    """Return a text, an f-string or a lambda that makes one, with braces where figures stand."""
    if isinstance(node, ast.Lambda):
        return _template(node.body)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return escaped(node.value)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _template(node.left), _template(node.right)
        return left + right if left and right else ""
    if isinstance(node, ast.JoinedStr):
        names = iter("abcdefgh")
        return "".join(
            escaped(str(value.value)) if isinstance(value, ast.Constant) else f"{{{next(names)}}}"
            for value in node.values
        )
    return ""


def escaped(text: str) -> str:
    """Return a text whose own braces are no place for figures."""
    return text.replace("{", "{{").replace("}", "}}")


def _says_enough(text: str) -> bool:
    """Say whether a text is a sentence of its own: not a name, a code or two things joined."""
    bare = re.sub(r"\{\w\}", "", text)
    return " " in text.strip() and sum(map(str.isalpha, bare)) >= LEAST_LETTERS


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
    for context, texts in ((CONTEXT, file_sentences()), (ERROR, error_sentences())):
        for text in texts:
            if held.get(text, context) is None:
                print(f'msgctxt "{context}"\n{entry(text, "")}')
