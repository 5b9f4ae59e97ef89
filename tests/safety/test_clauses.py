"""docs/security.md names what is there: files and folders, and for each clause one test by its name."""

import re

import pytest
from django.conf import settings

DOCUMENT = settings.BASE_DIR / "docs" / "security.md"
PLACE = re.compile(
    r"`((?:tests|reports|config|deploy|docs)/[^`\s]*|docker-compose\.yml|Dockerfile)`"
)
TEST = re.compile(r"`(tests/\S+/test_\w+\.py)::(test_\w+)`")
CLAUSE = re.compile(r"^\| (8\.1\.[345]\.\d+(?: [a-g])?) \|", re.M)
# The points of level 3 which an application can meet or has to leave to its site.
COMPUTING = {1: "abcd", 2: "abcdefg", 3: "abcd", 4: "abcdef", 7: "ab", 8: "ab", 9: "abc", 10: "ab",
             11: "ab"}  # fmt: skip
EXPECTED = (
    {f"8.1.3.{number}" for number in range(1, 7)}
    | {f"8.1.4.{number} {point}" for number, points in COMPUTING.items() for point in points}
    | {"8.1.4.5", "8.1.4.6", "8.1.5.4"}
    | {f"8.1.5.{number} {point}" for number in (1, 2, 3) for point in "ab"}
)


def lines() -> list[str]:
    return [
        each for each in DOCUMENT.read_text(encoding="utf-8").splitlines() if CLAUSE.match(each)
    ]


def test_every_clause_has_its_line():
    assert sorted(CLAUSE.findall(DOCUMENT.read_text(encoding="utf-8"))) == sorted(EXPECTED)


@pytest.mark.parametrize("line", lines(), ids=lambda line: line.split("|")[1].strip())
def test_what_a_line_names_is_there(line):
    _, _, asked, code, test, left, _ = (each.strip() for each in line.split("|"))
    assert asked
    assert (code and test) or left, "neither met nor said to be the site's"
    for place in PLACE.findall(code):
        assert (settings.BASE_DIR / place).exists(), place
    if test:
        named = TEST.fullmatch(test)
        assert named, f"not one test, as file::function: {test}"
        source = (settings.BASE_DIR / named[1]).read_text(encoding="utf-8")
        assert re.search(rf"^def {named[2]}\(", source, re.M), test
