"""Log-in through a provider of OpenID Connect that answers over HTTP, with its own redirects."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.core.cache import cache
from django.test import Client
from oidc_provider_mock import User as Person
from oidc_provider_mock import run_server_in_thread

from reports.actions.second_factor import begin_factor
from reports.models import AuditEntry, SecondFactor, User
from reports.workflow import Role
from tests.factories import make_agency, make_user

pytestmark = pytest.mark.django_db
LOGIN, SSO = "/accounts/login/", "/accounts/sso/"


@pytest.fixture(scope="module")
def provider():
    people = [
        Person(sub="1", claims={"preferred_username": "sso-author", "name": "甄填报"}),
        Person(sub="2", claims={"preferred_username": "sso-supervisor", "amr": ["pwd", "mfa"]}),
        Person(sub="3", claims={}),
    ]
    with run_server_in_thread(user_claims=people, require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def site(provider, settings):
    cache.delete("oidc_discovery")
    settings.OIDC_ISSUER = provider
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = "reports", "fictional"
    yield settings
    cache.delete("oidc_discovery")


@pytest.fixture
def author():
    user = make_user(Role.AUTHOR, agency=make_agency(), name="甄填报")
    User.objects.filter(pk=user.pk).update(username="sso-author")
    user.refresh_from_db()
    return user


@pytest.fixture
def supervisor():
    user = make_user(Role.SUPERVISOR, agency=make_agency(), name="申审核")
    User.objects.filter(pk=user.pk).update(username="sso-supervisor")
    user.refresh_from_db()
    return user


def at_the_provider(client, sub="1", where="", **form):
    """To the provider, the person's choice there, and its answer's address at our site."""
    begun = client.get(SSO + where)
    assert begun.status_code == 302
    chosen = requests.post(begun.url, data={"sub": sub} | form, allow_redirects=False, timeout=10)
    return begun.url, chosen.headers["Location"].removeprefix("http://testserver")


def come_in(sub="1", where="", **form):
    client = Client()
    _, back = at_the_provider(client, sub, where, **form)
    return client, client.get(back)


def is_in(client):
    return "_auth_user_id" in client.session


def told(client):
    return client.get(LOGIN).content.decode()


def test_a_person_of_ours_comes_in_and_goes_where_they_wanted(site, author):
    client, answer = come_in(where="?next=/desk/notices/")
    assert answer.url == "/desk/notices/"
    assert client.get("/desk/").status_code == 200
    entry = AuditEntry.objects.get(verb="log_in")
    assert (entry.username, entry.detail) == ("sso-author", {"way": "统一身份认证"})


def test_what_is_asked_has_state_nonce_and_pkce(site):
    asked = parse_qs(urlsplit(Client().get(SSO).url).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    assert asked["redirect_uri"] == ["http://testserver/accounts/sso/callback/"]


def test_nobody_is_led_to_a_stranger(site, author):
    _, answer = come_in(where="?next=//elsewhere.invalid/")
    assert answer.url == "/desk/"


def test_an_answer_serves_one_browser_and_once(site, author):
    client = Client()
    _, back = at_the_provider(client)
    stranger = Client()
    assert stranger.get(back).url == LOGIN
    assert "不是从本系统开始的" in told(stranger)
    assert client.get(back).url == "/desk/"
    client.post("/accounts/logout/")
    assert client.get(back).url == LOGIN
    assert not is_in(client)


def test_without_the_right_nonce_nobody_comes_in(site, author):
    client = Client()
    _, back = at_the_provider(client)
    session = client.session
    for kept in session["oidc_states"].values():
        kept["nonce"] = "another"
    session.save()
    assert client.get(back).url == LOGIN
    assert "核对不上" in told(client)


def test_a_token_for_another_site_is_refused(site, author):
    client = Client()
    _, back = at_the_provider(client)
    site.OIDC_CLIENT_ID = "another-site"
    assert client.get(back).url == LOGIN
    assert not is_in(client)


def test_who_is_not_known_here_is_told_so_and_nothing_is_made(site):
    client, answer = come_in()
    assert answer.url == LOGIN
    assert "没有对应的用户" in told(client)
    assert not User.objects.exists()
    assert AuditEntry.objects.get().result == "refused"


def test_a_closed_account_and_a_missing_claim_are_told(site, author):
    User.objects.update(is_active=False)
    client, _ = come_in()
    assert "已经停用" in told(client)
    client, _ = come_in("3")
    assert "没有告诉本系统您的用户名" in told(client)


def test_a_site_may_let_it_make_accounts_without_roles(site):
    site.OIDC_CREATE_USERS = True
    client, _ = come_in()
    user = User.objects.get()
    assert (user.username, user.display_name) == ("sso-author", "甄填报")
    assert not user.has_usable_password()
    assert not user.memberships.exists()
    assert client.get("/accounts/").status_code == 200


def test_who_says_no_at_the_provider_is_told_so(site):
    client, answer = come_in(action="deny")
    assert answer.url == LOGIN
    assert is_in(client) is False


def test_a_provider_that_is_away_is_said(site):
    site.OIDC_ISSUER = "http://127.0.0.1:9"
    client = Client()
    assert client.get(SSO).url == LOGIN
    assert "暂时连不上" in told(client)


def test_the_second_factor_of_ours_is_asked_for(site, author):
    begin_factor(author)
    SecondFactor.objects.update(confirmed_at="2025-01-01T00:00Z")
    client, answer = come_in()
    assert answer.url == "/accounts/login/second/"
    assert not is_in(client)


def test_the_providers_own_second_factor_serves_where_the_site_says_so(site, supervisor):
    site.SECOND_FACTOR_REQUIRED = True
    client, _ = come_in("2")
    assert client.get("/admin/").url.startswith("/accounts/second/")
    site.OIDC_SECOND_FACTOR = ["mfa"]
    client, _ = come_in("2")
    assert client.get("/admin/").status_code == 200


def test_after_log_out_the_provider_can_be_left_too(site, author, provider):
    client, _ = come_in()
    answer = client.post("/accounts/logout/")
    assert answer.url == "/accounts/sso/out/"
    said = client.get(answer.url).content.decode()
    assert f'href="{provider}/oauth2/end_session?client_id=reports' in said
    assert not is_in(client)


def test_the_log_in_page_offers_it_only_where_there_is_one(site):
    assert "统一身份认证" in told(Client())
    site.OIDC_ISSUER = ""
    assert "统一身份认证" not in told(Client())
    assert Client().get(SSO).status_code == 404
