"""For Schemathesis: a sound cursor comes from an answer alone, so a made-up one is left out.

Where a request is meant to be broken it stays, and has to be refused.
"""

from typing import Any

import schemathesis


@schemathesis.hook("before_call")
def before_call(context: schemathesis.HookContext, case: schemathesis.Case, kwargs: Any) -> None:
    leave_out_made_up_cursor(case)


def leave_out_made_up_cursor(case: schemathesis.Case) -> None:
    if case.query and case.meta and case.meta.generation.mode.is_positive:
        case.query.pop("cursor", None)
