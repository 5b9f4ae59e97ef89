"""One count for all processes of the site: two real ones, on one database."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ASK = """
import django
django.setup()
from django.test import RequestFactory
from reports.public import limits
for _ in range(limits.DOCUMENTS):
    request = RequestFactory().post("/check/", REMOTE_ADDR="198.51.100.4")
    print(int(limits.allows(request, 1)))
"""


def test_two_processes_keep_one_count(tmp_path):
    environment = {
        "PATH": "/usr/bin:/bin",
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'counts.sqlite3'}",
        "SECRET_KEY": "for this test only, the same in both",
    }
    made = [sys.executable, "manage.py", "createcachetable"]
    subprocess.run(made, cwd=ROOT, env=environment, check=True)
    both = [
        subprocess.Popen(
            [sys.executable, "-c", ASK], cwd=ROOT, env=environment, stdout=subprocess.PIPE
        )
        for _ in range(2)
    ]
    allowed = sum(int(line) for each in both for line in each.communicate()[0].split())
    assert [each.returncode for each in both] == [0, 0]
    assert allowed == 20
