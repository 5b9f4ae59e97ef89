"""C15: texts that say the same again."""

from dataclasses import replace

import pytest

from reports.checker.finding import Severity, Sister
from reports.checker.likeness import ENOUGH, alike, bands, check_likeness, essence, shingles

from .sheets import clean, found, only

SENTENCES = (
    "修订了领导分工，由办公室牵头汇总各科室的栏目更新清单并逐月通报进度。",
    "梳理了养老服务机构的备案材料，把补贴发放名册同步推送到乡镇便民中心。",
    "邀请二十名市民代表走进低保审批窗口，现场讲解了核对家庭收入的办法。",
    "针对殡葬收费的来信较多，录制了三段方言短片，在公交车载屏幕循环播放。",
    "改版后的门户增加了无障碍阅读和语音播报，老年人查找救助标准更加方便。",
    "整理出历年失效的补贴办法，在目录里逐份标注并附上替代的文号。",
    "安排新入职的同志跟班学习，年底组织闭卷测验，结果计入平时考核。",
    "把婚姻登记预约的常见疑问汇编成手册，放在大厅供群众自行取阅。",
)
TEXT = "".join(SENTENCES)


def of(sentences, year=2021, **changes):
    return clean(2021, year, overview="".join(sentences), **changes)


def test_a_text_written_anew_is_not_alike():
    last = of(SENTENCES[4:] * 2)
    assert found(check_likeness, of(SENTENCES[:4] * 2, 2022), last_year=last) == []


def test_last_years_text_with_new_years_and_numbers_is_an_error():
    last = of([TEXT, "2021年，我局共公开信息30条，增长20%。"])
    sheet = of([TEXT, "2022年，我委共公开信息55条，增长80%。"], 2022)
    finding = only(check_likeness, sheet, last_year=last)
    assert (finding.code, finding.severity, finding.part) == ("C15", Severity.ERROR, 1)
    assert "与上一年度报告有 100% 相同" in finding.message


def test_three_quarters_the_same_is_to_be_explained():
    sheet = of([*SENTENCES[:6], "全部换成另外的说法，" * 4, "今年的做法与以往毫不相干。"], 2022)
    finding = only(check_likeness, sheet, last_year=of(SENTENCES))
    assert finding.severity is Severity.EXPLAIN
    assert 70 <= int(finding.left.rstrip("%")) < 90


def test_another_bodys_text_is_found_and_named():
    sister = Sister(replace(of(SENTENCES), agency="虚构区民政局"))
    finding = only(check_likeness, of(SENTENCES), sisters=(sister,))
    assert "与虚构区民政局的报告有 100% 相同" in finding.message


def test_what_is_not_public_is_not_named_and_the_finding_stays_the_same():
    sheet = replace(of(SENTENCES), agency="虚构区民政局")
    hidden, named = (
        only(check_likeness, of(SENTENCES), sisters=(Sister(sheet, public),))
        for public in (False, True)
    )
    assert "民政" not in "".join(hidden.to_json()["message"])
    assert "另一机关已经送审、尚未公布的同年度报告" in hidden.message
    assert hidden.fingerprint == named.fingerprint


def test_each_section_is_compared_by_itself():
    sheet, last = clean(2021, 2022, problems=TEXT), clean(2021, 2021, problems=TEXT)
    assert only(check_likeness, sheet, last_year=last).part == 5


def test_set_phrases_and_short_texts_are_no_copies():
    text = "本年度没有收到政府信息公开申请。根据《条例》，主动公开政府信息12条。"
    assert found(check_likeness, of([text] * 5), last_year=of([text] * 5)) == []
    assert found(check_likeness, clean(2021, 2022), last_year=clean()) == []


def test_the_essence_has_no_names_numbers_or_set_phrases():
    text = "2021年，我局根据《条例》（以下简称）主动公开政府信息12条，更新栏目三个。"
    assert essence(of([text]), "overview") == "年根据政府信息条更新栏目个"


def shared(first, second):
    return len(set(bands(first, "overview")) & set(bands(second, "overview")))


def test_alike_texts_share_bands_whatever_their_names_and_numbers():
    first = of([TEXT, "我局共公开信息30条。"])
    second = replace(of([TEXT, "我委共公开信息55条。"]), agency="虚构区民政局")
    assert shared(first, second) == len(bands(first, "overview"))


@pytest.mark.parametrize("kept", [6, 7])
def test_a_text_to_be_explained_shares_enough_bands(kept):
    first = of(SENTENCES)
    second = of([*SENTENCES[:kept], "全部换成另外的说法，今年的做法与以往毫不相干。"])
    percent = alike(*(shingles(essence(each, "overview")) for each in (first, second)))
    assert percent >= 70
    assert shared(first, second) >= ENOUGH


def test_strange_texts_another_year_and_another_section_share_none():
    first = of(SENTENCES[:4] * 2)
    assert shared(first, of(SENTENCES[4:] * 2)) < ENOUGH
    assert shared(first, of(SENTENCES[:4] * 2, 2022)) == 0
    problems = clean(2021, 2021, problems="".join(SENTENCES[:4] * 2))
    assert set(bands(first, "overview")) & set(bands(problems, "problems")) == set()


def test_a_short_text_has_no_bands():
    assert bands(clean(), "overview") == ()
    assert all(-(2**63) <= each < 2**63 for each in bands(of(SENTENCES), "overview"))
