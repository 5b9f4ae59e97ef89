"""The variable parts of public addresses; what does not fit is no address of ours."""

from django.urls.converters import IntConverter, StringConverter

from reports.exporters.page import FORMATS


class Year(IntConverter):
    """Four digits, so that a report has one address only."""

    regex = "[12][0-9]{3}"


class Format(StringConverter):
    """A format in which reports are kept for downloading."""

    regex = "|".join(FORMATS)


class DivisionCode(StringConverter):
    """区划代码."""

    regex = "[0-9]{1,12}"
