"""From each finding to its place, in the report and in the part's own page, and back."""

from lxml import html

from tests.factories import complete


def page(response):
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def broken(desk):
    return complete(
        desk.revision,
        overview="（一）主动公开\n2019年，本机关公开信息若干。",
        problems="无",
        columns={"natural_person": {"brought_forward": 2, "carried_forward": 2}},
    )


def test_each_jump_of_the_check_page_leads_somewhere_and_each_mark_leads_back(desk):
    broken(desk)
    shown = page(desk.client.get(desk.url("check")))
    ids = {each.get("id") for each in shown.iterfind(".//*[@id]")}
    jumps = [each.get("href")[1:] for each in shown.iter("a") if each.get("href").startswith("#")]
    assert len(jumps) > 4
    assert set(jumps) <= ids
    marks = [each for each in shown.iter("a") if each.get("class") == "statutory-mark"]
    assert marks
    for mark in marks:
        finding = shown.get_element_by_id(mark.get("href")[1:])
        assert finding.get("class") == "finding"


def test_each_jump_into_a_part_leads_to_its_box_or_to_the_sentence_quoted(desk):
    broken(desk)
    shown = page(desk.client.get(desk.url("check")))
    links = {each.get("href") for each in shown.iter("a") if each.text_content().startswith("去“")}
    assert any("#cell-" in each for each in links)
    assert any("#finding-" in each for each in links)
    for link in links:
        address, _, anchor = link.partition("#")
        part = page(desk.client.get(address))
        assert part.get_element_by_id(anchor) is not None


def test_the_list_is_handed_out_in_each_format(desk):
    broken(desk)
    for format in ("html", "docx", "xlsx", "json"):
        response = desk.client.get(desk.url("findings", format))
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
    assert desk.client.get(desk.url("findings", "exe")).status_code == 404
    sheets = page(desk.client.get(desk.url("findings", "html"))).findall(".//link")
    assert all(each.get("href").startswith("/static/") for each in sheets)
