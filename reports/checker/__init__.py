"""The checker: a sheet goes in, findings come out, and nothing is changed.

One module for each kind of finding of domain/findings.md, each a pure
function of a sheet and its context (last year's sheet, the body, the day):

    equations     C01  a 勾稽关系 does not hold; the form calls it too
    blanks        C02  a cell without a number; local rows too
    layout        C03  a row or column missing, renamed, or without its label
    form          C04  the edition does not fit the year, or two are mixed
    parts         C05  parts missing, extra, misnumbered or out of order
    claims        C06  a figure in the text contradicts the table
    sums          C07  a sum within the text is wrong
    rates         C08  a rate does not follow from its figures
    wording       C09  words contradict figures
    continuity    C10  against last year's report
    names         C11  whose report it is: title, text and signature
    years         C12  another year than the report's
    period        C13  the period is not the calendar year
    signature     C14  who signed, and when
    likeness      C15  nearly last year's text, or another body's
    topics        C16  part one lacks one of its five topics
    accountability C17  what a government tells besides
    substance     C18  part five says nothing
    fees          C19  part six is silent on the 信息处理费
    numerals      C20  a numeric cell that holds more than its number
    plausibility  C21  figures that can hardly be meant
    privacy       C22  personal data
    secrecy       C23  marks of secrecy
    site_words    C23  the site's own lists: sensitive words; names of persons (C22) and
                       of bodies (C11), rules of wording (C24)
    style         C24  doubled words, mixed numbering, half-width brackets
    links         C25  a link that leads elsewhere or nowhere
    contact       C26  the contact is incomplete
    leftovers     C27  what a template or an editor left behind
    additions     C28  prose among tables, a table among prose
    subordinates  S1   a government's tables against the sum of the bodies below it

``counts`` and ``local_total`` serve claims, ``preface`` serves parts. They read prose with ``sentences`` (sentences, what is quoted, the years),
``quantities`` (numbers with their units; 余, 约 and 超 are ranges) and
``dates`` (days and periods), and know bodies by ``standing``.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from reports.editions.bodies import Body
from reports.sheet import Sheet

from .accountability import check_accountability
from .additions import check_additions
from .blanks import check_blanks
from .claims import check_claims
from .contact import check_contact
from .continuity import check_continuity
from .equations import check_column, check_disclosure, check_equations, check_line, check_remedy
from .fees import check_fees
from .finding import Context, Finding, Severity, Sister, SiteWord, Vocabulary, WordKind
from .form import check_form
from .layout import check_layout
from .leftovers import check_leftovers
from .likeness import check_likeness
from .links import check_links
from .names import check_names
from .numerals import check_numerals
from .parts import check_parts
from .period import check_period
from .plausibility import check_plausibility
from .privacy import check_privacy
from .rates import check_rates
from .secrecy import check_secrecy
from .signature import check_signature
from .site_words import check_site_words
from .style import check_style
from .subordinates import check_subordinates
from .substance import check_substance
from .sums import check_sums
from .topics import check_topics
from .wording import check_wording
from .years import check_years

__all__ = [
    "CHECKS",
    "Context",
    "Finding",
    "Severity",
    "Sister",
    "SiteWord",
    "Vocabulary",
    "WordKind",
    "check",
    "check_column",
    "check_disclosure",
    "check_line",
    "check_remedy",
]

CHECKS: tuple[Callable[[Sheet, Context], Iterator[Finding]], ...] = (
    check_parts,
    check_form,
    check_layout,
    check_blanks,
    check_equations,
    check_continuity,
    check_years,
    check_period,
    check_signature,
    check_substance,
    check_fees,
    check_plausibility,
    check_sums,
    check_names,
    check_numerals,
    check_leftovers,
    check_topics,
    check_accountability,
    check_claims,
    check_rates,
    check_wording,
    check_privacy,
    check_style,
    check_likeness,
    check_secrecy,
    check_site_words,
    check_links,
    check_contact,
    check_additions,
    check_subordinates,
)

MOST_OF_A_SENTENCE = 20  # findings of one code
GRAVITY = tuple(Severity)  # error first


def check(
    sheet: Sheet,
    last_year: Sheet | None = None,
    *,
    body: Body | None = None,
    today: date | None = None,
    sisters: tuple[Sister, ...] = (),
    words: Vocabulary | None = None,
    subordinates: Sheet | None = None,
) -> list[Finding]:
    """Every finding: the whole document first, then by part and place; errors first."""
    context = Context(last_year, body, today, sisters, words or Vocabulary(), subordinates)
    found = list(bounded(finding for each in CHECKS for finding in each(sheet, context)))
    order = printed_order(sheet)

    def position(finding: Finding) -> tuple[int, int, int]:
        place = order.get((finding.part, finding.line, finding.column), -1)
        part = -1 if finding.part is None else finding.part
        return part, place, GRAVITY.index(finding.severity)

    return sorted(found, key=position)


def bounded(findings: Iterator[Finding]) -> Iterator[Finding]:
    """All but what is said over and over of one sentence: each finding carries the whole of it."""
    said: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        said[finding.code, finding.quote] += 1
        if not finding.quote or said[finding.code, finding.quote] <= MOST_OF_A_SENTENCE:
            yield finding


def printed_order(sheet: Sheet) -> dict[tuple[int | None, str, str], int]:
    """Where each cell stands in the document; a line or column stands at its first cell."""
    order: dict[tuple[int | None, str, str], int] = {}
    for index, place in enumerate(sheet.edition.places()):
        for line, column in ((place.line, place.column), (place.line, ""), ("", place.column)):
            order.setdefault((place.part, line, column), index)
    return order
