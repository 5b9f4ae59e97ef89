"""Keeping the site's own word lists; the system administrator's alone."""

from collections import Counter
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils import timezone

from reports.importers.word_lists import RawWord
from reports.models import ListedWord, User, WordList
from reports.permissions import is_system_administrator
from reports.queries.words import Fate, Outcome, fates

from .auditing import attempted, note

TYPED = ["name", "kind", "is_on", "in_public", "changed_by", "changed_at"]  # the version is counted


def refuse_others(by: User | None) -> None:
    """``by`` is None for the operator's command."""
    if by is not None and not is_system_administrator(by):
        raise PermissionDenied


@attempted("save_word_list")
def save_list(word_list: WordList, *, by: User | None) -> WordList:
    refuse_others(by)
    word_list.changed_by = by
    word_list.save(update_fields=TYPED if word_list.pk else None)
    touch(word_list, by)
    note("save_word_list", word_list, by=by, on=word_list.is_on, in_public=word_list.in_public)
    return word_list


@attempted("save_word")
def save_word(word: ListedWord, *, by: User) -> ListedWord:
    """A word that moves to another list changes both."""
    refuse_others(by)
    left = WordList.objects.filter(words=word.pk).exclude(pk=word.word_list_id).first()
    word.changed_by = by
    word.save()
    for each in filter(None, (left, word.word_list)):
        touch(each, by)
    note("save_word", word, by=by, word_list=str(word.word_list), on=word.is_on)
    return word


@attempted("remove_word")
def remove_word(word: ListedWord, *, by: User) -> None:
    refuse_others(by)
    note("remove_word", word, by=by, word_list=str(word.word_list))
    word.delete()
    touch(word.word_list, by)


@attempted("import_words")
def import_words(word_list: WordList, rows: Iterable[RawWord], *, by: User | None) -> list[Fate]:
    """Add what is new and change what differs; nothing is taken away. Returns each row's fate.

    The list is locked, so that of two imports the second sees the first's words.
    """
    refuse_others(by)
    word_list = WordList.objects.select_for_update().get(pk=word_list.pk)
    done = fates(word_list, rows)
    tended = {"changed_by": by, "changed_at": timezone.now()}
    ListedWord.objects.bulk_create(
        ListedWord(word_list=word_list, word=each.row.word, **each.values, **tended)
        for each in done
        if each.outcome is Outcome.ADDED
    )
    changed = [each for each in done if each.outcome is Outcome.CHANGED]
    for each in changed:
        for name, value in (*each.values.items(), *tended.items()):
            setattr(each.standing, name, value)
    ListedWord.objects.bulk_update(
        [each.standing for each in changed if each.standing],
        ["severity", "advice", "replacement", "parts", *tended],
        batch_size=500,
    )
    touch(word_list, by)
    fate_counts = Counter(str(each.outcome) for each in done)
    note("import_words", word_list, by=by, rows=fate_counts)
    return done


def touch(word_list: WordList, by: User | None) -> None:
    """Count the change: every process then reads the words again."""
    WordList.objects.filter(pk=word_list.pk).update(
        version=F("version") + 1, changed_by=by, changed_at=timezone.now()
    )
