"""The second factor's pages: asked for after the password, set up and kept by the person."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from reports.actions.refusals import Refused
from reports.actions.second_factor import (
    begin_factor,
    confirm_factor,
    provisioning,
    remove_factor,
    renew_codes,
    typed_secret,
    use_code,
)
from reports.exporters.qr import qr_code
from reports.models import SiteSettings, User
from reports.queries.second_factor import codes_left, factor_of, must_have_one

from .entering import awaited, enter

MOST_TYPED = 40
NAME = "年度报告"


def typed(request: HttpRequest) -> str:
    return request.POST.get("code", "")[:MOST_TYPED]


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def challenge_view(request: HttpRequest) -> HttpResponse:
    """After the password: the code. Nobody is logged in before it is right."""
    found = awaited(request)
    if found is None:
        return redirect("login")
    user, kept = found
    refused = ""
    if request.method == "POST":
        try:
            use_code(user, typed(request))
        except Refused as said:
            refused = str(said)
        else:
            return enter(request, user, kept["where"], backend=kept["backend"], second="是")
    status = 409 if refused else 200
    return render(request, "registration/second_factor.html", {"refused": refused}, status=status)


@never_cache
@login_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def own_view(request: HttpRequest) -> HttpResponse:
    """Set up what is not there yet; renew the codes or give up what is."""
    user = request.user
    assert isinstance(user, User)
    if request.method != "POST":
        return draw(request, user)
    try:
        return carried_out(request, user)
    except Refused as refused:
        return draw(request, user, str(refused))


def carried_out(request: HttpRequest, user: User) -> HttpResponse:
    if factor_of(user) is None:
        return show_codes(request, confirm_factor(user, typed(request)))
    use_code(user, typed(request))
    if request.POST.get("turn") == "remove":
        remove_factor(user)
        return redirect("account")
    return show_codes(request, renew_codes(user))


def draw(request: HttpRequest, user: User, refused: str = "") -> HttpResponse:
    factor = factor_of(user)
    context: dict[str, Any] = {"refused": refused, "must_have_one": must_have_one(user)}
    if factor is not None:
        page = "registration/second_factor_kept.html"
        context |= {"factor": factor, "codes_left": codes_left(factor)}
    else:
        page = "registration/second_factor_setup.html"
        begun = begin_factor(user)
        address = provisioning(begun, site_name())
        context |= {
            "code": qr_code(address, "设置第二重验证的二维码"),
            "secret": typed_secret(begun),
        }
    return render(request, page, context, status=409 if refused else 200)


def site_name() -> str:
    """Short, since all of it stands in the QR code, twice."""
    settings = SiteSettings.objects.first()
    return settings.domain if settings and settings.domain else NAME


def show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """In this answer and nowhere else."""
    where = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        where, {request.get_host()}, require_https=request.is_secure()
    )
    context = {"codes": codes, "where": where if ours else ""}
    response = render(request, "registration/recovery_codes.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response
