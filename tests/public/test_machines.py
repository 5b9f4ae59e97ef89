"""What those who watch the site read: health and readiness."""

import pytest

from reports.public import health


def test_health_asks_no_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_says_what_is_well_and_what_is_missing(client, monkeypatch, settings, tmp_path):
    settings.FONT_ROOT = tmp_path
    monkeypatch.setattr(health, "SUBSETTER", "libnowhere.so.0")
    response = client.get("/readyz")
    checks = response.json()["checks"]
    assert response.status_code == 503
    assert [checks[name] for name in ("database", "migrations", "storage")] == ["ok"] * 3
    assert "serif.otf" in checks["fonts"]
    assert "libharfbuzz-subset" in checks["libharfbuzz-subset"]
    for name in health.FONTS:
        (tmp_path / name).touch()
    monkeypatch.setitem(health.CHECKS, "libharfbuzz-subset", lambda: None)
    assert client.get("/readyz").status_code == 200
