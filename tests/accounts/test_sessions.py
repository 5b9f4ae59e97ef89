"""Sessions end, idle or after half a day; the person may end others; nothing typed is lost."""

import pytest
from django.test import Client
from django.utils import timezone

from reports.actions.people import confirm_role, propose_role
from reports.models import AuditEntry
from reports.workflow import Role
from tests.factories import PASSWORD, make_agency, make_user

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
HOUR = 3600


@pytest.fixture
def author():
    return make_user(Role.AUTHOR, agency=make_agency(), name="甄填报")


def come_in(user, client=None, where=""):
    client = client or Client(REMOTE_ADDR="192.0.2.7")
    client.post(LOGIN, {"username": user.username, "password": PASSWORD, "next": where})
    return client


def put_back(client, seconds, *names):
    session = client.session
    for name in names:
        session[name] -= seconds
    session.save()


def test_a_session_ends_after_thirty_minutes_without_a_sign(author):
    client = come_in(author)
    put_back(client, 29 * 60, "seen")
    assert client.get("/desk/").status_code == 200
    put_back(client, 30 * 60 + 1, "seen")
    answer = client.get("/desk/notices/?page=2")
    assert answer.url == "/accounts/login/?next=%2Fdesk%2Fnotices%2F%3Fpage%3D2"
    said = client.get(answer.url).content.decode()
    assert "超过 30 分钟没有操作" in said
    assert "超过 30 分钟" not in client.get(answer.url).content.decode()
    assert "超过" in AuditEntry.objects.get(verb="log_out").detail["why"]


def test_work_keeps_it_and_asking_how_long_does_not(author):
    client = come_in(author)
    put_back(client, 1000, "seen")
    assert client.get("/accounts/stay/").json()["left"] <= 800
    assert client.post("/accounts/stay/").json()["left"] > 1700


def test_twelve_hours_are_the_longest(author):
    client = come_in(author)
    put_back(client, 12 * HOUR + 1, "began", "valid", "keyed")
    assert client.get("/desk/").url.startswith(LOGIN)
    assert "满 12 小时" in client.get(LOGIN).content.decode()


def test_the_admin_and_a_session_from_before_the_upgrade_end_alike():
    reviewer = make_user(Role.SUPERVISOR, agency=make_agency())
    client = Client()
    client.force_login(reviewer)
    assert client.get("/admin/").status_code == 200
    reviewer.last_login = timezone.now() - timezone.timedelta(hours=13)
    reviewer.save()
    assert client.get("/admin/").url.startswith(LOGIN)


def test_what_was_being_sent_is_offered_again_to_the_same_person(author):
    client = come_in(author)
    put_back(client, HOUR, "seen")
    answer = client.post("/desk/start/", {"report": "1:2024", "note": "写了<很>久\n第二行"})
    assert answer.url == LOGIN
    assert "登录后可以接着提交" in client.get(LOGIN).content.decode()
    answer = client.post(LOGIN, {"username": author.username, "password": PASSWORD})
    assert answer.url == "/accounts/held/"
    said = client.get(answer.url).content.decode()
    assert 'action="/desk/start/"' in said
    assert '<a class="who" href="/accounts/">甄填报</a>' in said
    assert "写了&lt;很&gt;久\n第二行</textarea>" in said
    client.post("/desk/start/", {"report": "nonsense"})
    assert client.get("/accounts/held/").status_code == 302


def test_it_is_not_shown_to_another_person(author):
    client = come_in(author)
    put_back(client, HOUR, "seen")
    client.post("/desk/start/", {"note": "写了很久"})
    other = make_user(Role.AUTHOR, agency=make_agency())
    answer = client.post(LOGIN, {"username": other.username, "password": PASSWORD})
    assert answer.url == "/desk/"
    assert "held" not in client.session


def test_it_may_be_given_up(author):
    client = come_in(author)
    put_back(client, HOUR, "seen")
    client.post("/desk/start/", {"note": "写了很久"})
    come_in(author, client)
    assert client.post("/accounts/held/").url == "/desk/"
    assert "held" not in client.session


def test_passwords_are_never_held(author):
    client = come_in(author)
    put_back(client, HOUR, "seen")
    client.post("/accounts/password/", {"old_password": PASSWORD, "new_password1": "x"})
    assert "held" not in client.session


def test_a_script_is_told_in_its_own_way(author):
    client = come_in(author)
    put_back(client, HOUR, "seen")
    answer = client.post("/desk/1/overview/input/", {"text": "写了很久"})
    assert answer.json()["logged_out"] is True
    assert "held" not in client.session
    assert client.get("/accounts/stay/").json() == {"left": 0}


def test_each_log_in_has_a_new_key(author):
    client = Client()
    client.get(LOGIN)
    session = client.session
    session["fictional"] = 1
    session.save()
    before = client.session.session_key
    assert come_in(author, client).session.session_key != before


def test_a_change_of_roles_gives_a_new_key(author):
    client = come_in(author)
    client.get("/desk/")
    before = client.session.session_key
    system = make_user(Role.SYSTEM_ADMINISTRATOR)
    asked = propose_role(author, Role.SUPERVISOR, make_agency(), reason="虚构", by=system)
    confirm_role(asked, by=make_user(Role.SECURITY_ADMINISTRATOR))
    assert client.get("/desk/").status_code == 200
    after = client.session.session_key
    assert after != before
    client.get("/desk/")
    assert client.session.session_key == after


def test_a_new_password_ends_the_other_sessions(author):
    here, there = come_in(author), come_in(author)
    new = "Another-fictional-phrase"
    typed = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert here.post("/accounts/password/", typed).status_code == 302
    assert here.get("/desk/").status_code == 200
    assert there.get("/desk/").url.startswith(LOGIN)


def test_the_person_ends_the_others(author):
    here, there = come_in(author), come_in(author)
    assert here.post("/accounts/", {"turn": "end"}).status_code == 302
    assert here.get("/desk/").status_code == 200
    assert there.get("/desk/").url.startswith(LOGIN)
    assert AuditEntry.objects.filter(verb="end_other_sessions").exists()


def test_on_request_there_is_one_session(author):
    first = come_in(author)
    first.post("/accounts/", {"turn": "one"})
    assert "只允许一处登录</strong>" in first.get("/accounts/").content.decode()
    second = come_in(author)
    assert second.get("/desk/").status_code == 200
    assert first.get("/desk/").url.startswith(LOGIN)
    assert "在别处登录" in first.get(LOGIN).content.decode()
    second.post("/accounts/", {"turn": "many"})
    third = come_in(author)
    assert second.get("/desk/").status_code == third.get("/desk/").status_code == 200


def test_the_last_log_in_is_told_with_what_failed_since(author):
    assert "上次登录" not in come_in(author).get("/desk/").content.decode()
    Client().post(LOGIN, {"username": author.username, "password": "wrong"})
    client = come_in(author)
    said = client.get("/desk/").content.decode()
    assert "来自 192.0.2.7" in said
    assert "其后有 1 次没有成功的登录" in said
    assert "上次登录：" not in client.get("/desk/").content.decode()
    own = client.get("/accounts/").content.decode()
    assert "来自 192.0.2.7；其后有 1 次没有成功的登录" in own
    third = come_in(author).get("/accounts/").content.decode()
    assert "没有成功的登录" not in third


def test_a_session_that_works_is_written_once_a_minute(author, django_assert_num_queries):
    client = come_in(author)
    client.get("/accounts/stay/")
    with django_assert_num_queries(2):  # the session and the user are read
        client.post("/accounts/stay/")
