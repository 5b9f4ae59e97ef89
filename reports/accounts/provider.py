"""The city's single sign-on, as OpenID Connect: what the provider says of itself, and its answers.

mozilla-django-oidc speaks the protocol. Its settings come from the provider's own
discovery document here, so that a site names the issuer alone; and it leaves issuer and
audience of a token unasked, which are asked here.
"""

import logging
from typing import Any

import jwt
import requests
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.utils import import_from_settings
from mozilla_django_oidc.views import OIDCAuthenticationRequestView

from reports.actions.refusals import Refused
from reports.actions.single_sign_on import admit
from reports.models import User

DISCOVERY = "/.well-known/openid-configuration"
KNOWN_FOR = 60 * 60  # seconds
PATIENCE = 10  # seconds for each answer of the provider
CALLBACK = "sso_callback"
AWAY = "统一身份认证暂时连不上，请过几分钟再试，或者用本系统的密码登录。"
UNTRUE = (
    "统一身份认证的答复核对不上，没有登录。请重新登录；总是这样，请系统管理员检查单点登录的设置。"
)
log = logging.getLogger("reports.sign_on")


def discovered() -> dict[str, Any]:
    """The provider's document, asked for once an hour. Raises ``Refused`` while it is away."""
    known: dict[str, Any] | None = cache.get("oidc_discovery")
    if known is None:
        try:
            answer = requests.get(settings.OIDC_ISSUER.rstrip("/") + DISCOVERY, timeout=PATIENCE)
            answer.raise_for_status()
            known = dict(answer.json())
        except (requests.RequestException, ValueError) as trouble:
            log.error("single sign-on: no discovery document (%s)", type(trouble).__name__)
            raise Refused(AWAY) from None
        if known.get("issuer", "").rstrip("/") != settings.OIDC_ISSUER.rstrip("/"):
            log.error("single sign-on: the document names another issuer")
            raise Refused(UNTRUE)
        cache.set("oidc_discovery", known, KNOWN_FOR)
    return known


def setting(name: str, *default: Any) -> Any:
    """What mozilla-django-oidc asks of the settings."""
    told = discovered()
    ours = {
        "OIDC_OP_AUTHORIZATION_ENDPOINT": told["authorization_endpoint"],
        "OIDC_OP_TOKEN_ENDPOINT": told["token_endpoint"],
        "OIDC_OP_USER_ENDPOINT": told["userinfo_endpoint"],
        "OIDC_OP_JWKS_ENDPOINT": told["jwks_uri"],
        "OIDC_RP_CLIENT_ID": settings.OIDC_CLIENT_ID,
        "OIDC_RP_CLIENT_SECRET": settings.OIDC_CLIENT_SECRET,
        "OIDC_RP_SIGN_ALGO": settings.OIDC_SIGN_ALGORITHM,
        "OIDC_RP_SCOPES": settings.OIDC_SCOPES,
        "OIDC_AUTHENTICATION_CALLBACK_URL": CALLBACK,
        "OIDC_USE_PKCE": True,
        "OIDC_TIMEOUT": PATIENCE,
    }
    return ours[name] if name in ours else import_from_settings(name, *default)


class Begin(OIDCAuthenticationRequestView):
    """To the provider, with state, nonce and PKCE."""

    get_settings = staticmethod(setting)


class Backend(OIDCAuthenticationBackend):
    """One answer of the provider; ``payload`` is what its token says."""

    get_settings = staticmethod(setting)
    payload: dict[str, Any]

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        payload: dict[str, Any] = super().verify_token(token, **kwargs)
        heard = payload.get("aud")
        ours = heard if isinstance(heard, list) else [heard]
        issuer = str(payload.get("iss", "")).rstrip("/")
        if issuer != settings.OIDC_ISSUER.rstrip("/") or settings.OIDC_CLIENT_ID not in ours:
            raise SuspiciousOperation("the token is of another issuer or for another site")
        if "exp" not in payload:
            raise SuspiciousOperation("the token has no end")
        self.payload = payload
        return payload

    def retrieve_matching_jwk(self, token: str) -> Any:
        """A token need not name its key where the provider has one (OpenID Connect Core 10.1)."""
        if "kid" in jwt.get_unverified_header(token):
            return super().retrieve_matching_jwk(token)
        answer = requests.get(self.OIDC_OP_JWKS_ENDPOINT, timeout=PATIENCE)
        answer.raise_for_status()
        keys = answer.json()["keys"]
        if len(keys) != 1:
            raise SuspiciousOperation("the token names none of several keys")
        return jwt.PyJWK(keys[0])

    def get_or_create_user(self, access_token: str, id_token: str, payload: dict[str, Any]) -> User:
        claims = dict(self.get_userinfo(access_token, id_token, payload))
        if claims.get("sub") != payload.get("sub"):
            raise SuspiciousOperation("token and claims are of two people")
        return admit(payload | claims)

    def proved_twice(self) -> bool:
        """Whether the provider says that it asked for a second factor, as the site has told us."""
        said = self.payload.get("amr")
        means = {*(said if isinstance(said, list) else []), self.payload.get("acr")}
        return bool(means & set(settings.OIDC_SECOND_FACTOR))


def answered(request: HttpRequest, kept: dict[str, Any]) -> tuple[User, bool]:
    """Who came, and whether by two factors. Raises ``Refused`` in words."""
    backend = Backend()
    try:
        user = backend.authenticate(
            request, nonce=kept["nonce"], code_verifier=kept["code_verifier"]
        )
    except (SuspiciousOperation, jwt.PyJWTError, KeyError, ValueError) as trouble:
        log.error("single sign-on: %s", type(trouble).__name__)
        raise Refused(UNTRUE) from None
    except requests.RequestException as trouble:
        log.error("single sign-on: %s", type(trouble).__name__)
        raise Refused(AWAY) from None
    if user is None:
        raise Refused(UNTRUE)
    return user, backend.proved_twice()
