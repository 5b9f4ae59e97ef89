"""The production settings under Django's own deployment checks, in a process of their own."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

ASK = """
import json, django
django.setup()
from django.conf import settings as s
names = ("DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT",
         "SECURE_HSTS_SECONDS", "SESSION_COOKIE_HTTPONLY", "LIMIT_REQUESTS")
print(json.dumps({name: getattr(s, name) for name in names} | {"hasher": s.PASSWORD_HASHERS[0]}))
"""


@pytest.fixture
def environment(tmp_path):
    return {
        "PATH": "/usr/bin:/bin",
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "DATA_DIR": str(tmp_path),
        "ALLOWED_HOSTS": "example.invalid",
        "SECRET_KEY": "q8Zr" * 16 + "-not-of-any-site-_3xK",
    }


def ran(environment, *command):
    return subprocess.run(
        [sys.executable, *command], cwd=settings.BASE_DIR, env=environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_deployment_checks_find_nothing(environment):
    done = ran(environment, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_what_production_turns_on(environment):
    said = json.loads(ran(environment, "-c", ASK).stdout)
    assert said == {
        "DEBUG": False, "SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True, "SECURE_HSTS_SECONDS": 31536000,
        "SESSION_COOKIE_HTTPONLY": True, "LIMIT_REQUESTS": True,
        "hasher": "django.contrib.auth.hashers.Argon2PasswordHasher",
    }  # fmt: skip


@pytest.mark.parametrize("missing", ["SECRET_KEY"])
def test_it_does_not_start_without_its_secret(environment, missing):
    del environment[missing]
    assert ran(environment, "-c", ASK).returncode != 0


def test_with_a_proxy_in_front_the_proxy_counts(environment):
    said = json.loads(ran(environment | {"BEHIND_PROXY": "true"}, "-c", ASK).stdout)
    assert said["LIMIT_REQUESTS"] is False
