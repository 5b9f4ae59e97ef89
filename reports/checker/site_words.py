"""C11, C22, C23, C24: words of the site's own lists.

Words are plain: full-width letters and capitals are as good as others, and
nothing in them is a pattern. Of two words that begin at one place the longer
counts.
"""

from collections.abc import Iterator

from reports.sheet import Sheet

from .finding import Context, Finding, SiteWord, WordKind
from .leftovers import texts, where
from .privacy import hidden
from .sentences import sentences
from .vocabulary import SHORTEST, Index, plain_text

TITLE = "title"  # what the lists call title and signature, which are no part


def check_site_words(sheet: Sheet, context: Context) -> Iterator[Finding]:
    if not context.words:
        return
    index = context.words.index
    keys: dict[int | None, str] = {part.number: part.key for part in sheet.edition.parts}
    for part, text in texts(sheet):
        key = keys.get(part, TITLE)
        said: set[SiteWord] = set()
        for at, word in occurrences(text, index):
            if word in said or (word.parts and key not in word.parts):
                continue
            said.add(word)
            yield finding_of(word, sheet, part, quote(text, at))


def occurrences(text: str, index: Index) -> Iterator[tuple[int, SiteWord]]:
    """Where a word stands; where two lists have the same word, each of them."""
    plain = plain_text(text)
    for at in range(len(plain) - 1):
        bucket = index.get(plain[at : at + SHORTEST])
        if bucket is None:
            continue
        longest = ""
        for word, rule in bucket:
            if longest and word != longest:
                break
            if plain.startswith(word, at):
                longest = word
                yield at, rule


def quote(text: str, at: int) -> str:
    """The sentence in which the word begins."""
    for sentence in sentences(text):
        if sentence.start <= at < sentence.start + len(sentence.text):
            return sentence.text
    return ""


def finding_of(word: SiteWord, sheet: Sheet, part: int | None, sentence: str) -> Finding:
    person = word.kind is WordKind.PERSON
    shown = hidden(word.word) if person else word.word
    return Finding(
        word.kind.code,
        word.severity,
        f"{where(sheet, part)}有{word.kind.label}“{shown}”{step(word)}",
        part=part,
        left=shown,
        right=word.replacement,
        rule=f"list-{word.kind}",
        quote=shown if person else sentence or shown,
    )


def step(word: SiteWord) -> str:
    should = f"，应当写“{word.replacement}”" if word.replacement else ""
    advice = word.advice.rstrip("。") or ("请改正" if word.replacement else "请核对后改写")
    return f"{should}。{advice}。"
