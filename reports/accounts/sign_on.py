"""Log-in through the city's single sign-on; without ``OIDC_ISSUER`` there are no such pages."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reports.actions.auditing import Result, note
from reports.actions.refusals import Refused

from .entering import come_in
from .staying import ENDED

View = Callable[[HttpRequest], HttpResponse]
PASSWORDS = "django.contrib.auth.backends.ModelBackend"  # loads the person of a session
DENIED = "统一身份认证没有同意这次登录。请重新登录，或者用本系统的密码登录。"
STALE = "这次登录已经过期，或者不是从本系统开始的。请重新登录。"


def where_there_is_one(view: View) -> View:
    """404 without a provider; a refusal is said on the log-in page, and noted."""

    @never_cache
    @require_safe
    @wraps(view)
    def asked(request: HttpRequest) -> HttpResponse:
        if not settings.OIDC_ISSUER:
            raise Http404
        try:
            return view(request)
        except Refused as refused:
            note("log_in", "统一身份认证", result=Result.REFUSED, why=str(refused))
            request.session[ENDED] = str(refused)
            return redirect("login")

    return asked


@where_there_is_one
def begin_view(request: HttpRequest) -> HttpResponse:
    from .provider import Begin  # an extra, which a site without single sign-on does not install

    return Begin.as_view()(request)


@where_there_is_one
def callback_view(request: HttpRequest) -> HttpResponse:
    """The provider's answer: its state is of this session and serves once."""
    from .provider import answered

    states = request.session.get("oidc_states", {})
    kept = states.pop(request.GET.get("state", ""), None)
    request.session["oidc_states"] = states
    if kept is None:
        raise Refused(STALE)
    if request.GET.get("error") or not request.GET.get("code"):
        raise Refused(DENIED)
    user, twice = answered(request, kept)
    user.backend = PASSWORDS  # type: ignore[attr-defined]
    where = request.session.pop("oidc_login_next", None) or settings.LOGIN_REDIRECT_URL
    return come_in(request, user, where, signed_on=True, twice=twice)


@where_there_is_one
def out_view(request: HttpRequest) -> HttpResponse:
    """Logged out here; the provider is left by a link, as it holds other sites' log-ins too."""
    from .provider import discovered

    end = discovered().get("end_session_endpoint", "")
    back = {
        "client_id": settings.OIDC_CLIENT_ID,
        "post_logout_redirect_uri": request.build_absolute_uri("/"),
    }
    leave = f"{end}?{urlencode(back)}" if end else ""
    return render(request, "registration/logged_out.html", {"leave": leave})
