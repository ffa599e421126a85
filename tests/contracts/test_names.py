"""Every name that a template or a module mentions leads somewhere: templates, addresses, static files, icons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.urls import get_resolver

SOURCE = Path(__file__).resolve().parents[2] / "src" / "madang"
TEMPLATES = sorted(path for path in SOURCE.rglob("templates/**/*.html") if "/tests/" not in str(path))
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "/tests/" not in str(path))
MADE_BY_THE_FRONT_BUILD = {"fonts.css"}


def template_name(path: Path) -> str:
    return str(path).split("/templates/", 1)[1]


def known_addresses() -> set[str]:
    names: set[str] = set()

    def walk(resolver, prefix: str) -> None:
        names.update(prefix + key for key in resolver.reverse_dict if isinstance(key, str))
        for space, (_path, inner) in resolver.namespace_dict.items():
            walk(inner, f"{prefix}{space}:")

    walk(get_resolver(), "")
    return names


@pytest.mark.parametrize("path", TEMPLATES, ids=template_name)
def test_a_template_compiles_with_everything_it_includes(path: Path) -> None:
    get_template(template_name(path))
    for name in re.findall(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""", path.read_text(encoding="utf-8")):
        get_template(name)


def mentioned_addresses() -> Iterator[tuple[str, str]]:
    for path in TEMPLATES:
        for name in re.findall(r"""{%\s*url\s+["']([^"']+)["']""", path.read_text(encoding="utf-8")):
            yield template_name(path), name
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r"""\b(?:reverse|redirect)\(\s*["']([^"'/]+)["']""", text):
            yield path.name, name


def test_every_address_that_is_mentioned_exists() -> None:
    known = known_addresses()
    assert [(place, name) for place, name in mentioned_addresses() if name not in known] == []


def test_every_static_file_that_is_mentioned_exists() -> None:
    missing = [
        (template_name(path), name)
        for path in TEMPLATES
        for name in re.findall(r"""{%\s*static\s+["']([^"']+)["']""", path.read_text(encoding="utf-8"))
        if name not in MADE_BY_THE_FRONT_BUILD and finders.find(name) is None
    ]
    assert missing == []


def test_every_template_that_a_view_renders_exists() -> None:
    for path in MODULES:
        for name in re.findall(r"""render\(\s*request,\s*["']([^"']+)["']""", path.read_text(encoding="utf-8")):
            get_template(name)


@pytest.mark.parametrize("path", TEMPLATES, ids=template_name)
def test_a_template_holds_no_inline_script_style_or_handler(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style\b|\sstyle\s*=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert "javascript:" not in text
    assert "|safe" not in text
