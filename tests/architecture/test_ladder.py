"""Which package may import which. The ladder is drawn in reports/__init__.py."""

import ast
from pathlib import Path

import reports

HOUSE = Path(reports.__file__).parent
LADDER = [
    {"editions", "workflow"},
    {"sheet"},
    {"checker", "importers", "exporters"},
    {"models"},
    {"permissions"},
    {"queries"},
    {"actions"},
    {"forms", "jobs"},
    {"accounts", "desk", "public", "admin", "operations", "management", "templatetags"},
]
RUNG = {name: height for height, names in enumerate(LADDER) for name in names}
WITHOUT_DJANGO = {"editions", "workflow", "sheet", "checker", "importers"}
OFF_THE_LADDER = {"__init__", "apps", "migrations"}
NO_DRAWERS = {"utils", "helpers", "common", "core", "services", "misc"}


def package_of(path: Path) -> str:
    return path.relative_to(HOUSE).with_suffix("").parts[0]


def modules() -> list[Path]:
    return [path for path in HOUSE.rglob("*.py") if package_of(path) not in OFF_THE_LADDER]


def imports(path: Path):
    """Absolute names of what a module imports; ``from . import x`` stays in its package."""
    package = ("reports", *path.relative_to(HOUSE).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            if module == "reports":
                yield from (f"reports.{name.name}" for name in node.names)
            else:
                yield module


def test_every_package_stands_on_the_ladder():
    assert {package_of(path) for path in modules()} - RUNG.keys() == set()


def test_nothing_imports_from_its_own_rung_or_above():
    climbs = [
        f"{path.relative_to(HOUSE)} imports {name}"
        for path in modules()
        for name in imports(path)
        if name.startswith("reports.")
        and (there := name.split(".")[1]) != (here := package_of(path))
        and RUNG[there] >= RUNG[here]
    ]
    assert climbs == []


def test_the_law_and_its_tools_know_nothing_of_django():
    strays = [
        f"{path.relative_to(HOUSE)} imports {name}"
        for path in modules()
        if package_of(path) in WITHOUT_DJANGO
        for name in imports(path)
        if name.split(".")[0] == "django"
    ]
    assert strays == []


def test_there_is_no_drawer():
    """``editions.common`` is what two editions share of the law, by architecture.md."""
    drawers = [
        str(path.relative_to(HOUSE))
        for path in HOUSE.rglob("*.py")
        if NO_DRAWERS & set(path.relative_to(HOUSE).with_suffix("").parts)
    ]
    assert drawers == ["editions/common.py"]


def test_the_browser_is_driven_in_a_run_of_its_own():
    """Playwright's event loop would refuse Django's database to every test after it."""
    tests = HOUSE.parent / "tests"
    drivers = {
        path.relative_to(tests).parts[0]
        for path in tests.rglob("*.py")
        if any(name.split(".")[0] == "playwright" for name in imports_of(path))
    }
    assert drivers == {"e2e"}


def imports_of(path: Path) -> set[str]:
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.module or "" for node in tree if isinstance(node, ast.ImportFrom)}
