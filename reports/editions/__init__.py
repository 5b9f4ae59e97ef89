"""Every edition of the statutory form, oldest first: the law as data.

grammar       the words an edition is written in
common        what the editions share: applicants, lines, results, equations
edition_*     one edition each
layout        an edition's tables as printed, with spans
bodies        what kinds of bodies may make, and by when they report
wording       title, period and date
numbering     the levels of an official document's text
"""

from . import edition_2019, edition_2021
from .grammar import Edition

EDITIONS: dict[int, Edition] = {
    edition.key: edition for edition in (edition_2019.EDITION, edition_2021.EDITION)
}


class NoEdition(LookupError):
    """No unified form was in force for the year."""


def edition_for(year: int) -> Edition:
    """The edition in force for a report year; NoEdition before 2019."""
    for edition in EDITIONS.values():
        if year in edition.years:
            return edition
    raise NoEdition(f"{year}年度没有全国统一的年度报告格式，统一格式从2019年度开始。")
