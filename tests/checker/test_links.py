"""C25: links that lead nowhere, or to another body."""

import pytest

from reports.checker.finding import Severity
from reports.checker.links import check_links

from .sheets import clean, found, only


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("http://txqxxgk.example.gov.cn/zcbm/fgw_97992/ndbg/", "“fgw”像是"),
        ("http://192.168.1.5/xxgk", "主机名“192.168.1.5”"),
        ("http://localhost:8000/", "主机名“localhost”"),
        ("www.铁西", "主机名“www.”"),
        ("http://examplegovcn/xxgk", "主机名“examplegovcn”"),
    ],
)
def test_a_doubtful_link_is_a_hint(link, said):
    finding = only(check_links, clean(preface=f"网址：{link}，"))
    assert (finding.code, finding.severity, finding.part) == ("C25", Severity.HINT, 0)
    assert said in finding.message


@pytest.mark.parametrize(
    "link",
    [
        "http://www.example.gov.cn/zcbm/rsj/ndbg/",
        "https://example.gov.cn:8443/a.html?id=1",
        "www.example.gov.cn",
        "http://123.45.67.89/xxgk",
    ],
)
def test_its_own_column_is_right(link):
    assert found(check_links, clean(preface=f"电子版在{link}下载。")) == []
