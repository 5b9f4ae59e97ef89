"""For a machine that is busy: of each publication the JSON alone is kept (``--light``)."""

import os

WORD = "FAULTS_LIGHT"


def go_light() -> None:
    """Once Django is set up; nothing, unless the environment asks for it."""
    if os.environ.get(WORD):
        from reports.actions import publishing

        publishing.KEPT_FORMATS = ("json",)
