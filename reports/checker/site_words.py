"""C11, C22, C23, C24: words of the site's own lists.

Words are plain: full-width letters and capitals are as good as others, and
nothing in them is a pattern. Of two words that begin at one place the longer
counts. A word is looked up by its first two characters, so that ten thousand
cost little more than ten.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from reports.sheet import Sheet

from .finding import Context, Finding, SiteWord, WordKind
from .leftovers import texts, where
from .privacy import hidden
from .sentences import sentences

TITLE = "title"  # what the lists call title and signature, which are no part
SHORTEST, LONGEST = 2, 60  # characters of a word
WIDE = {code + 0xFEE0: chr(code).lower() for code in range(0x21, 0x7F)}
PLAIN = WIDE | {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
Index = dict[str, list[tuple[str, SiteWord]]]


def check_site_words(sheet: Sheet, context: Context) -> Iterator[Finding]:
    if not context.words:
        return
    index = index_of(context.words)
    keys: dict[int | None, str] = {part.number: part.key for part in sheet.edition.parts}
    for part, text in texts(sheet):
        key = keys.get(part, TITLE)
        said: set[SiteWord] = set()
        for at, word in occurrences(text, index):
            if word in said or (word.parts and key not in word.parts):
                continue
            said.add(word)
            yield finding_of(word, sheet, part, quote(text, at))


def index_of(words: Iterable[SiteWord]) -> Index:
    """The words by their first two characters, the longest first."""
    index: Index = defaultdict(list)
    for word in words:
        plain = plain_text(word.word)
        if len(plain) >= SHORTEST:
            index[plain[:SHORTEST]].append((plain, word))
    for bucket in index.values():
        bucket.sort(key=lambda each: -len(each[0]))
    return dict(index)


def plain_text(text: str) -> str:
    """The same text, no longer or shorter, in half-width small letters."""
    return text.translate(PLAIN)


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
