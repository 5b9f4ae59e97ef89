"""The site's own words, as the checker takes them."""

from reports.checker.finding import Severity, SiteWord, WordKind
from reports.models import ListedWord


def site_words(*, in_public: bool = False) -> tuple[SiteWord, ...]:
    """Every word that is switched on, with its list; one statement.

    ``in_public`` leaves out the lists that the page 校核 does not use.
    """
    words = ListedWord.objects.filter(is_on=True, word_list__is_on=True)
    if in_public:
        words = words.filter(word_list__in_public=True)
    rows = words.order_by("word_list", "pk").values_list(
        "word", "word_list__kind", "severity", "advice", "replacement", "parts"
    )
    kinds = {str(kind): kind for kind in WordKind}
    severities = {str(severity): severity for severity in Severity}
    return tuple(
        SiteWord(word, kinds[kind], severities[severity], advice, replacement, tuple(parts.split()))
        for word, kind, severity, advice, replacement, parts in rows
    )
