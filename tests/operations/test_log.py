"""The number of a request, and its line in the log."""

import json
import logging
from io import StringIO

import pytest

from reports.operations.logs import Context, Lines
from tests.factories import make_user


@pytest.fixture
def lines():
    """What the log would say, read back line by line."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines())
    handler.addFilter(Context())
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)


@pytest.mark.django_db
def test_an_answer_carries_the_number_of_its_line(client, lines, caplog):
    caplog.set_level(logging.INFO)
    client.get("/robots.txt?secret=张三", headers={"X-Request-ID": "chosen-by-the-reader"})
    response = client.get("/no/such/page/")
    told = [each for each in lines() if each["logger"] == "reports.requests"]
    assert response.headers["X-Request-ID"] == told[-1]["request_id"]
    assert (told[-1]["message"], told[-1]["status"]) == ("GET /no/such/page/ 404", 404)
    assert told[0]["request_id"] not in ("chosen-by-the-reader", told[-1]["request_id"])
    assert "张三" not in json.dumps(told, ensure_ascii=False)


@pytest.mark.django_db
def test_a_proxy_s_number_is_taken_and_a_strange_one_is_not(client, settings):
    settings.BEHIND_PROXY = True
    for given, taken in (("0123-abcd-4567", True), ("短", False), ("a b" * 9, False)):
        answer = client.get("/healthz", headers={"X-Request-ID": given})
        assert (answer.headers["X-Request-ID"] == given) == taken


@pytest.mark.django_db
def test_the_line_names_the_user_by_key_only(client, lines, caplog):
    caplog.set_level(logging.INFO)
    user = make_user()
    client.force_login(user)
    client.get("/desk/")
    client.get("/healthz")
    (told,) = (each for each in lines() if each["logger"] == "reports.requests")
    assert told["user_id"] == user.pk
    assert user.username not in json.dumps(told, ensure_ascii=False)


def test_a_line_is_one_line_and_keeps_its_chinese(lines):
    logging.getLogger("reports.trial").warning("两行\n的消息")
    (told,) = lines()
    assert told["message"] == "两行\n的消息"
    assert told["level"] == "WARNING"
    assert told["time"]


def test_a_record_s_request_is_not_written_out(lines, rf):
    request = rf.get("/", headers={"Cookie": "sessionid=secret"})
    logging.getLogger("reports.trial").warning("失败", extra={"request": request})
    (told,) = lines()
    assert "request" not in told
    assert "secret" not in json.dumps(told)
