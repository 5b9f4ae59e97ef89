"""Words into a list from the shell."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reports.models import ListedWord, WordList

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "词.txt"
    path.write_text("青松\n松\n白杨\n", encoding="utf-8")
    return path


def said(*arguments, **options) -> str:
    out = StringIO()
    call_command("import_words", *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def test_a_list_is_made_and_filled(file):
    text = said(file, list="新词表", kind="sensitive")
    assert "第 2 行“松”：不能导入。词语要有 2 到 60 个字，这里是 1 个字。" in text
    assert "共 3 行：新增 2，不能导入 1。" in text
    assert sorted(ListedWord.objects.values_list("word", flat=True)) == ["白杨", "青松"]


def test_a_trial_stores_nothing(file):
    text = said(file, list="新词表", kind="sensitive", dry_run=True)
    assert "第 1 行“青松”：新增。" in text
    assert "试运行，没有导入。" in text
    assert not WordList.objects.exists()


def test_an_unknown_list_another_kind_and_a_bad_file_are_said(file, tmp_path):
    with pytest.raises(CommandError, match=r"没有名叫“新词表”的词表（现有：还没有词表）"):
        said(file, list="新词表")
    WordList.objects.create(name="新词表", kind="body")
    with pytest.raises(CommandError, match="与 --kind 不符"):
        said(file, list="新词表", kind="sensitive")
    with pytest.raises(CommandError, match="没有导入"):
        said(tmp_path / "没有.txt", list="新词表")
