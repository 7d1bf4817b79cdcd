"""Compiled templates are kept, and neither a stale, a torn nor an unwritable one changes a page."""

import sys

import pytest
from jinja2 import Environment, FileSystemLoader

from reporting.template_bytecode import TemplateBytecode


@pytest.fixture
def templates(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "page.j2").write_text("{{ who }} runs")
    return tmp_path


def rendered(folder, options="plain"):
    pages = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        bytecode_cache=TemplateBytecode(folder, options),
    )
    return pages.get_template("page.j2").render(who="Ann")


def kept(folder):
    return sorted((folder / "__pycache__").glob("*"))


def test_a_template_is_compiled_once_and_its_code_used_again(templates, monkeypatch):
    assert rendered(templates) == "Ann runs"
    assert len(kept(templates)) == 1
    monkeypatch.setattr(Environment, "_generate", None)  # compiling again would fail
    assert rendered(templates) == "Ann runs"


def test_a_changed_template_and_other_options_are_compiled_anew(templates):
    rendered(templates)
    (templates / "page.j2").write_text("{{ who }} rests")
    assert rendered(templates) == "Ann rests"
    rendered(templates, "other")
    assert len(kept(templates)) == 2


@pytest.mark.parametrize("content", [b"", b"j2", b"nonsense", None])
def test_torn_code_is_compiled_anew(templates, content):
    rendered(templates)
    (path,) = kept(templates)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) - 20] if content is None else content)
    assert rendered(templates) == "Ann runs"
    assert path.read_bytes() == whole


@pytest.mark.parametrize("most", range(0, 90, 3))
def test_code_torn_anywhere_is_compiled_anew(templates, most):
    rendered(templates)
    (path,) = kept(templates)
    path.write_bytes(path.read_bytes()[:most])
    assert rendered(templates) == "Ann runs"


def test_where_nothing_can_be_kept_nothing_is_said(templates, monkeypatch):
    (templates / "__pycache__").write_text("a file in the way")
    assert rendered(templates) == "Ann runs"
    (templates / "__pycache__").unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(templates) == "Ann runs"
    assert not (templates / "__pycache__").exists()
