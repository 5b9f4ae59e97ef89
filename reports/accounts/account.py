"""我的账号: the last log-in, the password's age, the second factor, and sessions elsewhere."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from reports.actions.sessions import choose_one_session, end_other_sessions
from reports.models import Membership, User
from reports.queries.log_ins import last_log_in
from reports.queries.password_age import days_left
from reports.queries.second_factor import codes_left, factor_of, must_have_one

TURNS = {
    "one": "已设置：以后一处登录，别处就退出。",
    "many": "已取消：可以在几处同时登录。",
    "end": "已退出其他登录，只有这里还登录着。",
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account_view(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    turn = request.POST.get("turn", "")
    if turn in TURNS:
        if turn == "end":
            request.session["valid"] = end_other_sessions(user).timestamp()
        else:
            choose_one_session(user, only_one=turn == "one")
        messages.success(request, TURNS[turn])
        return redirect("account")
    factor = factor_of(user)
    held = Membership.objects.filter(user=user).select_related("agency").order_by("pk")
    context = {
        "roles": [f"{each.agency or '全站'}{each.get_role_display()}" for each in held],
        "last": last_log_in(user, skip=1),
        "days_left": days_left(user),
        "own_password": user.has_usable_password(),
        "factor": factor,
        "codes_left": codes_left(factor) if factor else 0,
        "must_have_one": must_have_one(user),
        "idle_minutes": max(1, round(settings.SESSION_IDLE / 60)),
        "longest_hours": max(1, round(settings.SESSION_LONGEST / 3600)),
    }
    return render(request, "registration/account.html", context)
