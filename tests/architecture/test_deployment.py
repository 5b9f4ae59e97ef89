"""What the deployment files promise: the same policy, pinned packages, no addresses."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "deploy").glob("*.lock"))


def test_nginx_sends_the_policy_that_the_application_sends():
    sent = Client().get("/healthz").headers["Content-Security-Policy"]
    nginx = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    written = re.search(r'default "(default-src [^"]+)"', nginx)
    assert written is not None
    assert set(written[1].split("; ")) == set(sent.split("; "))


def test_the_policy_allows_nothing_inline_and_no_other_host():
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    said = {value for values in policy.values() for value in values}
    assert said == {"'none'", "'self'", "data:"}
    assert policy["script-src"] == ["'self'"]
    assert policy["style-src"] == ["'self'"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_pins_every_package_with_hashes_and_names_no_index(lock):
    text = lock.read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9][\w.\[\],-]*==", text, re.M)
    blocks = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert len(packages) == len(blocks)
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"https?://|--index|--find-links|file:", text)


def test_the_proxy_alone_can_be_reached_from_outside():
    """Of the services in containers one has a port; without them the application hears its own machine alone."""
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    services = re.split(r"^  (?=[a-z]+:\n)", compose.split("\nservices:\n")[1], flags=re.M)
    named = {each.partition(":")[0]: each for each in services if each.strip()}
    assert {"db", "web", "worker", "nginx"} <= named.keys()
    assert [name for name, each in named.items() if "ports:" in each] == ["nginx"]
    assert "network_mode" not in compose
    script = (ROOT / "deploy" / "serve.sh").read_text(encoding="utf-8")
    assert 'address="${HOST:-127.0.0.1}:' in script


def test_the_tree_has_only_its_fixed_top_level():
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.splitlines()
    top = {path.split("/")[0] for path in tracked}
    assert {name for name in top if not name.startswith(".")} == {
        "manage.py", "pyproject.toml", "docker-compose.yml", "config", "reports", "templates",
        "static", "tests", "README.md", "CHANGELOG.md", "LICENSE", "Makefile", "Dockerfile",
        "deploy", "docs",
    }  # fmt: skip
