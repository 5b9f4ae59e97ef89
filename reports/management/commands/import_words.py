"""Words into one of the site's own lists, from a file."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.actions.listing import import_words, save_list
from reports.checker.finding import WordKind
from reports.importers import UnreadableDocument
from reports.importers.word_lists import RawList, read_words
from reports.models import WordList
from reports.queries.words import Outcome, fates


class Command(BaseCommand):
    help = (
        "把文件（.txt 每行一个词，.csv、.xlsx 第一列是词语）导入一个词表；只增加和更新，不删除。"
        "列：词语、程度、处理意见、应当写作、适用的部分。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="词表文件")
        parser.add_argument("--list", metavar="NAME", required=True, help="词表名称")
        parser.add_argument(
            "--kind", choices=[str(kind) for kind in WordKind],
            help="没有这个词表时按这个种类新建：" + "，".join(f"{k} {k.label}" for k in WordKind),
        )  # fmt: skip
        parser.add_argument("--dry-run", action="store_true", help="只说每一行会怎样，不导入")

    def handle(self, *args: Any, **options: Any) -> None:
        read = self.read(Path(options["file"]))
        word_list = self.list_called(options["list"], options["kind"])
        if options["dry_run"]:
            done = fates(word_list, read.rows)
        else:
            if not word_list.pk:
                save_list(word_list, by=None)
            done = import_words(word_list, read.rows, by=None)
        for note in read.notes:
            self.stdout.write(note)
        for each in done:
            if options["dry_run"] or each.outcome in (Outcome.REFUSED, Outcome.REPEATED):
                self.stdout.write(
                    f"第 {each.row.line} 行“{each.row.word}”：{each.outcome}。{each.why}"
                )
        counts = Counter(each.outcome for each in done)
        said = "，".join(f"{outcome} {counts[outcome]}" for outcome in Outcome if counts[outcome])
        self.stdout.write(
            f"{'试运行，没有导入。' if options['dry_run'] else ''}共 {len(done)} 行：{said}。"
        )

    def read(self, path: Path) -> RawList:
        try:
            return read_words(path.read_bytes())
        except (UnreadableDocument, OSError) as problem:
            raise CommandError(f"{path}：没有导入。{problem}") from problem

    def list_called(self, name: str, kind: str | None) -> WordList:
        word_list = WordList.objects.filter(name=name).first()
        if word_list is None and kind is None:
            names = "、".join(WordList.objects.values_list("name", flat=True)) or "还没有词表"
            raise CommandError(f"没有名叫“{name}”的词表（现有：{names}）；要新建请加 --kind。")
        if word_list is not None and kind not in (None, word_list.kind):
            raise CommandError(f"“{name}”是{word_list.get_kind_display()}的词表，与 --kind 不符。")
        return word_list or WordList(name=name, kind=kind or "")
