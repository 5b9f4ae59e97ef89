"""The variable parts of public addresses; what does not fit is no address of ours."""

import re

from django.urls.converters import IntConverter, StringConverter

from reports.exporters.bulk import FILES, PACKED, SUMS
from reports.exporters.page import FORMATS


class Year(IntConverter):
    """Four digits, so that a report has one address only."""

    regex = "[12][0-9]{3}"


class Format(StringConverter):
    """A format in which reports are kept for downloading."""

    regex = "|".join(FORMATS)


class Checksum(StringConverter):
    """A document's checksum, as its page prints it."""

    regex = "[0-9a-f]{64}"


class SitemapPart(StringConverter):
    """The pages, a numbered part of the agencies, or one of the reports."""

    regex = "pages|(?:agencies-)?[1-9][0-9]{0,4}"


class DivisionCode(StringConverter):
    """区划代码."""

    regex = "[0-9]{1,12}"


class DataFile(StringConverter):
    """A bulk file of a year, its compressed form, or the checksums."""

    regex = "|".join(re.escape(name) for name in (*FILES, *(f"{each}.gz" for each in PACKED), SUMS))
