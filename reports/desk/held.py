"""What was sent after the login had run out: held in the visitor's session until they are back.

Without scripts a form is all that a browser sends; a log-out in between must
not cost what is in it. Only its writer gets it back.
"""

import re

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from reports.actions.drafting import LONGEST_INPUT, keep_input
from reports.models import Revision

from .revisions import user_of

HELD = "held_input"
BOX = re.compile(r"^[a-z_.]{1,80}$")
NOT_BOXES = {"csrfmiddlewaretoken", "base_version", "writer", "choice", "next"}


def hold(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """To the login page, and then back to the part with what was in the form."""
    typed = {
        name: str(text)
        for name, text in request.POST.items()
        if BOX.match(name) and name not in NOT_BOXES
    }
    if typed and sum(map(len, typed.values())) <= LONGEST_INPUT:
        request.session[HELD] = {
            "part": [pk, key],
            "writer": request.POST.get("writer", ""),
            "base_version": request.POST.get("base_version", ""),
            "typed": typed,
        }
    return redirect_to_login(request.path)


def release(request: HttpRequest, revision: Revision, key: str) -> None:
    """What the session holds for this part and person becomes their draft input."""
    held = request.session.get(HELD)
    if not held or held["part"] != [revision.pk, key]:
        return
    del request.session[HELD]
    if held["writer"] == str(request.user.pk):
        base = held["base_version"]
        keep_input(
            revision,
            key,
            {name: text.replace("\r\n", "\n") for name, text in held["typed"].items()},
            base_version=int(base) if base.isdecimal() else 0,
            by=user_of(request),
        )
