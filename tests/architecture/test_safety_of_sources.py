"""What may not stand in any template or style: inline code, other hosts, machine paths."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STATIC = sorted(p for p in (ROOT / "static").rglob("*") if p.suffix in {".css", ".js"})
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*(src=|application/(ld\+)?json))", re.I
)
# A link to the registers of sites is no request; the footer must have it.
FOREIGN = re.compile(
    r"""(?:src|href|action|url\(|@import)\s*[=(]?\s*["']?(?:https?:)?//(?!beian\.m(?:iit|ps)\.gov\.cn/")""",
    re.I,
)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_has_nothing_inline(path):
    assert INLINE.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES + STATIC, ids=named)
def test_nothing_is_fetched_from_another_host(path):
    assert FOREIGN.findall(path.read_text(encoding="utf-8")) == []
