"""The second factor: set up with a QR code, asked after the password, given up by two people."""

import re
from base64 import b32decode
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
import segno
import zxingcpp
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from PIL import Image

from reports.actions.factor_resets import decide_reset, propose_reset
from reports.actions.refusals import Refused
from reports.actions.sealing import unseal
from reports.actions.second_factor import begin_factor, confirm_factor, provisioning, use_code
from reports.models import AuditEntry, FactorReset, Notice, RecoveryCode, SecondFactor, User
from reports.workflow import Role
from tests.factories import PASSWORD, make_agency, make_user

pytestmark = pytest.mark.django_db
LOGIN, CHALLENGE, OWN = "/accounts/login/", "/accounts/login/second/", "/accounts/second/"


@pytest.fixture
def author():
    return make_user(Role.AUTHOR, agency=make_agency(), name="甄填报")


@pytest.fixture
def supervisor():
    return make_user(Role.SUPERVISOR, agency=make_agency(), name="申审核")


def code_of(user, steps=0):
    """What the phone shows, now or some half minutes away."""
    clock = TOTP(unseal(SecondFactor.objects.get(user=user).secret))
    clock.time = timezone.now().timestamp() + 30 * steps
    return f"{clock.token():06d}"


def set_up(user):
    begin_factor(user)
    codes = confirm_factor(user, code_of(user))
    SecondFactor.objects.filter(user=user).update(last_step=0)
    return codes


def with_password(user, where=""):
    client = Client()
    client.post(LOGIN, {"username": user.username, "password": PASSWORD, "next": where})
    return client


def is_in(client):
    return "_auth_user_id" in client.session


def logged_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_the_walk_shows_a_code_to_scan_and_the_same_to_type(author):
    client = logged_in(author)
    said = client.get(OWN).content.decode()
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', said)[1]
    assert all(len(group) == 4 for group in secret.split())
    key = unseal(SecondFactor.objects.get(user=author).secret)
    assert b32decode(secret.replace(" ", "")) == key
    answer = client.post(OWN, {"code": code_of(author)})
    codes = re.findall(r"<code>(\w{4}-\w{4}-\w{4})</code>", answer.content.decode())
    assert len(set(codes)) == 10
    assert "no-store" in answer["Cache-Control"]
    assert codes[0] not in client.get(OWN).content.decode()
    assert AuditEntry.objects.get(verb="set_second_factor").username == author.username


def test_what_the_qr_code_says_is_read_by_a_reader_of_qr_codes(author):
    address = provisioning(begin_factor(author), "虚构市")
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="png", scale=4)
    (read,) = zxingcpp.read_barcodes(Image.open(drawn).convert("L"))
    assert read.text == address
    assert read.text.startswith("otpauth://totp/")


def test_a_wrong_code_does_not_set_it_up(author):
    begin_factor(author)
    answer = logged_in(author).post(OWN, {"code": "12345"})
    assert answer.status_code == 409
    assert "验证码不对" in answer.content.decode()
    assert SecondFactor.objects.get(user=author).confirmed_at is None


def test_nothing_readable_is_stored(author):
    codes = set_up(author)
    factor = SecondFactor.objects.get(user=author)
    key = unseal(factor.secret)
    assert key.hex() not in factor.secret
    stored = " ".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert not any(code.replace("-", "") in stored for code in codes)


def test_with_another_key_of_the_site_nothing_can_be_read(author, settings):
    set_up(author)
    former = settings.SECRET_KEY
    settings.SECRET_KEY = "another fictional key"
    assert unseal(SecondFactor.objects.get(user=author).secret) is None
    with pytest.raises(Refused, match="管理员为您重置"):
        use_code(author, "123456")
    settings.SECRET_KEY_FALLBACKS = [former]
    use_code(author, code_of(author))


def test_a_password_alone_logs_nobody_in(author):
    set_up(author)
    client = with_password(author, "/desk/notices/")
    assert not is_in(client)
    assert client.get("/desk/").url.startswith(LOGIN)
    assert client.get(CHALLENGE).status_code == 200
    answer = client.post(CHALLENGE, {"code": code_of(author)})
    assert answer.url == "/desk/notices/"
    assert is_in(client)
    assert AuditEntry.objects.get(verb="log_in").detail == {"second": "是"}


def test_who_has_none_is_not_asked(author):
    assert is_in(with_password(author))


def test_a_code_serves_once(author):
    set_up(author)
    code = code_of(author)
    use_code(author, code)
    with pytest.raises(Refused, match="已经用过"):
        use_code(author, code)


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_the_phone_may_go_half_a_minute_wrong(author, steps, taken):
    set_up(author)
    if taken:
        return use_code(author, code_of(author, steps))
    with pytest.raises(Refused):
        use_code(author, code_of(author, steps))


def test_an_older_code_is_not_taken_after_a_newer_one(author):
    set_up(author)
    use_code(author, code_of(author))
    with pytest.raises(Refused):
        use_code(author, code_of(author, -1))


def test_codes_are_not_tried_out(author):
    set_up(author)
    client = with_password(author)
    for _ in range(5):
        assert client.post(CHALLENGE, {"code": "000"}).status_code == 409
    said = client.post(CHALLENGE, {"code": code_of(author)}).content.decode()
    assert "15 分钟之后再试" in said
    assert not is_in(client)
    past = timezone.now() - timedelta(seconds=1)
    SecondFactor.objects.filter(user=author).update(blocked_until=past)
    assert client.post(CHALLENGE, {"code": code_of(author)}).status_code == 302
    refused = AuditEntry.objects.filter(verb="use_second_factor", result="refused")
    assert refused.count() == 6


@pytest.mark.parametrize("typed", ["", "１２３４５６", "\0", "九九九九九九", "1" * 5000])
def test_whatever_is_typed_gets_a_sentence(author, typed):
    set_up(author)
    answer = with_password(author).post(CHALLENGE, {"code": typed})
    assert answer.status_code == 409
    assert "验证码不对" in answer.content.decode()


def test_a_recovery_code_serves_once_however_it_is_written(author):
    code = set_up(author)[3]
    client = with_password(author)
    assert (
        client.post(CHALLENGE, {"code": f" {code.upper().replace('-', ' ')} "}).status_code == 302
    )
    again = with_password(author)
    assert again.post(CHALLENGE, {"code": code}).status_code == 409
    assert AuditEntry.objects.get(verb="use_recovery_code").detail == {"left": 9}


def test_the_second_step_does_not_wait_for_ever(author):
    set_up(author)
    client = with_password(author)
    session = client.session
    session["awaits_second_factor"] |= {"until": timezone.now().timestamp() - 1}
    session.save()
    assert client.post(CHALLENGE, {"code": code_of(author)}).url == LOGIN


def test_a_password_changed_meanwhile_ends_the_second_step(author):
    set_up(author)
    client = with_password(author)
    author.set_password("Another-fictional-phrase")
    author.save()
    assert client.get(CHALLENGE).url == LOGIN


def test_an_author_may_give_it_up_with_a_code(author):
    set_up(author)
    client = logged_in(author)
    assert client.post(OWN, {"turn": "remove", "code": "000000"}).status_code == 409
    assert client.post(OWN, {"turn": "remove", "code": code_of(author)}).status_code == 302
    assert not SecondFactor.objects.filter(user=author).exists()


def test_new_recovery_codes_end_the_old(author):
    old = set_up(author)[0]
    answer = logged_in(author).post(OWN, {"turn": "renew", "code": code_of(author)})
    assert "恢复码" in answer.content.decode()
    with pytest.raises(Refused):
        use_code(author, old)


def test_reviewers_and_administrators_are_led_to_set_it_up(supervisor, author, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client = logged_in(supervisor)
    assert client.get("/admin/").url == "/accounts/second/?next=%2Fadmin%2F"
    said = client.get("/accounts/second/?next=/admin/").content.decode()
    assert "您的角色必须设置" in said
    done = client.post("/accounts/second/?next=/admin/", {"code": code_of(supervisor)})
    assert 'href="/admin/"' in unescape(done.content.decode())
    assert client.get("/admin/").status_code == 200
    SecondFactor.objects.update(last_step=0)
    kept = client.post(OWN, {"turn": "remove", "code": code_of(supervisor)})
    assert "不能停用" in kept.content.decode()
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR):
        assert logged_in(make_user(role)).get("/admin/").url.startswith(OWN)
    assert logged_in(author).get("/desk/").status_code == 200


def test_what_a_reviewer_was_sending_is_kept_meanwhile(supervisor, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    answer = logged_in(supervisor).post("/admin/board/urge/", {"words": "写了很久"})
    said = answer.content.decode()
    assert "请先设置第二重验证" in said
    assert "写了很久" in said


def test_two_administrators_reset_it_and_the_person_is_told(supervisor):
    set_up(supervisor)
    there = logged_in(supervisor)
    assert there.get("/admin/").status_code == 200
    system = logged_in(make_user(Role.SYSTEM_ADMINISTRATOR))
    security = make_user(Role.SECURITY_ADMINISTRATOR)
    asked = {"turn": "propose", "username": supervisor.username, "reason": "当面核实了身份"}
    assert system.post("/admin/safety/", asked).status_code == 302
    assert "正在等待" in system.post("/admin/safety/", asked).content.decode()
    reset = FactorReset.objects.get()
    decided = {"turn": "confirm", "reset": reset.pk}
    assert "另一名管理员" in system.post("/admin/safety/", decided).content.decode()
    assert SecondFactor.objects.filter(user=supervisor).exists()
    assert "当面核实了身份" in logged_in(security).get("/admin/safety/").content.decode()
    assert logged_in(security).post("/admin/safety/", decided).status_code == 302
    assert not SecondFactor.objects.filter(user=supervisor).exists()
    assert there.get("/admin/").url.startswith(LOGIN)
    assert "两名管理员重置" in Notice.objects.get(to=supervisor).words
    verbs = set(AuditEntry.objects.filter(result="done").values_list("verb", flat=True))
    assert {"propose_factor_reset", "confirm_factor_reset"} <= verbs
    assert "不能再办理" in logged_in(security).post("/admin/safety/", decided).content.decode()


def test_nobody_resets_their_own_and_others_may_not(supervisor, author):
    set_up(supervisor)
    security = make_user(Role.SECURITY_ADMINISTRATOR)
    set_up(security)
    with pytest.raises(Refused, match="自己"):
        propose_reset(security, "虚构的理由", by=security)
    with pytest.raises(PermissionDenied):
        propose_reset(supervisor, "虚构的理由", by=make_user(Role.AUDITOR))
    asked = propose_reset(security, "虚构的理由", by=make_user(Role.SYSTEM_ADMINISTRATOR))
    with pytest.raises(Refused, match="关于自己"):
        decide_reset(asked, confirmed=True, by=security)
    with pytest.raises(Refused, match="没有启用"):
        propose_reset(author, "虚构的理由", by=security)
    with pytest.raises(Refused, match="事由"):
        propose_reset(supervisor, " ", by=security)


@pytest.mark.parametrize(
    "sent",
    [{}, {"turn": "propose", "username": "\0"}, {"turn": "confirm", "reset": "9" * 40}, {"turn": "confirm", "reset": "²"}],
)  # fmt: skip
def test_the_room_refuses_nonsense_in_words(sent):
    answer = logged_in(make_user(Role.SECURITY_ADMINISTRATOR)).post("/admin/safety/", sent)
    assert answer.status_code == 409
    assert "没有办成" in answer.content.decode()


def test_an_account_that_was_closed_meanwhile_does_not_come_in(author):
    set_up(author)
    client = with_password(author)
    User.objects.filter(pk=author.pk).update(is_active=False)
    assert client.post(CHALLENGE, {"code": code_of(author)}).url == LOGIN
