"""The lists of activities and placements: filters, order, pages, files, saved views."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import AuditEntry, User
from agencies.roles import Role
from outreach import title_search
from outreach.addresses import fingerprint
from outreach.models import Activity, Placement, SavedView
from outreach.models.link import LinkState
from outreach.results_sheet.columns import HEADINGS, code_of
from outreach.views import lists
from tests import factories as make
from tests.outreach.conftest import House

TITLE = re.compile(r'<th scope="row"><a href="[^"]*">([^<]*)</a>')


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, name: str = "activity-list", **query: Any) -> str:
    response = client.get(reverse(f"outreach:{name}"), query)
    assert response.status_code == 200
    return response.content.decode()


def titles(client: Client, name: str = "activity-list", **query: Any) -> list[str]:
    return TITLE.findall(page(client, name, **query))


def activity(house: House, title: str, **facts: Any) -> Activity:
    facts = {"unit": house.unit, **facts}
    return make.make_activity(house.officer, house.agency, title=title, **facts)


def published(row: Activity, channel: Any, on: date, **facts: Any) -> Placement:
    days = {"sent_on": on, "decided_on": on, "published_on": on}
    url = facts.pop("url", "")
    return make.make_placement(
        row, channel, state="published", url=url, fingerprint=fingerprint(url), **days, **facts
    )


@pytest.fixture
def shelf(house: House) -> House:
    """Four activities, three of them on channels."""
    one = activity(house, "Sở Nội vụ: đẩy mạnh chuyển đổi số")
    published(one, house.page, date(2024, 3, 1), url="https://a.vn/tin/1", link_state="dead")
    two = activity(house, "Hội nghị cải cách", kind="meeting", held_on=date(2024, 5, 2))
    published(two, house.portal, date(2024, 5, 3))
    other_unit = make.make_unit(house.agency, "Phòng Hai")
    three = activity(house, "Ấn phẩm 36/KH-UBND", unit=other_unit)
    make.make_placement(three, house.page, state="sent", sent_on=date(2024, 6, 1))
    four = activity(house, "Ăn sáng cùng doanh nghiệp")
    four.joint_units.add(other_unit)
    return house


def test_each_filter_finds_exactly_its_own(shelf: House) -> None:
    client = as_(shelf.officer)
    one, two, three, four = (
        "Sở Nội vụ: đẩy mạnh chuyển đổi số",
        "Hội nghị cải cách",
        "Ấn phẩm 36/KH-UBND",
        "Ăn sáng cùng doanh nghiệp",
    )
    unit = three_unit = Activity.objects.get(title=three).unit
    assert unit is not None
    assert three_unit is not None
    placed = Placement.objects.get(activity__title=two)
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({}, [four, three, two, one]),
        ({"q": "so noi vu"}, [one]),
        ({"q": "vụ NOI sở"}, [one]),
        ({"q": "Chuyển đổi số"}, [one]),  # decomposed letters
        ({"q": "kh-ubnd 36"}, [three]),
        ({"q": "không có"}, []),
        ({"q": "100%_"}, []),
        ({"q": "http://www.a.vn/tin/1/?utm_source=zalo"}, [one]),
        ({"q": "a.vn/tin/1"}, [one]),
        ({"q": code_of(placed.pk)}, [two]),
        ({"loai": "meeting"}, [two]),
        ({"don_vi": three_unit.pk}, [four, three]),
        ({"kenh": shelf.page.pk}, [three, one]),
        ({"trang_thai": "published"}, [two, one]),
        ({"trang_thai": "draft"}, [four]),
        ({"kenh": shelf.page.pk, "trang_thai": "published"}, [one]),
        ({"ky": "2024-Q2"}, [three, two]),
        ({"tu": "02/05/2024", "den": "02/05/2024"}, [two]),
        ({"ngay": "held", "tu": "02/05/2024", "den": "02/05/2024"}, [two]),
        ({"ngay": "published", "tu": "02/05/2024", "den": "02/05/2024"}, []),
        ({"ngay": "sent", "tu": "01/06/2024"}, [three]),
        ({"ngay": "decided", "den": "01/03/2024"}, [one]),
        ({"thieu_duong_dan": "1"}, [three, two]),
        ({"duong_dan_hong": "1"}, [one]),
        ({"sap_xep": "tieu_de"}, [four, three, two, one]),
    ]
    assert {str(q): titles(client, **q) for q, _ in cases} == {str(q): t for q, t in cases}


def test_the_placements_are_filtered_alike(shelf: House) -> None:
    client = as_(shelf.officer)
    one, two, three = "Sở Nội vụ: đẩy mạnh chuyển đổi số", "Hội nghị cải cách", "Ấn phẩm 36/KH-UBND"
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({}, [three, two, one]),
        ({"q": "noi vu so"}, [one]),
        ({"q": "a.vn/tin/1"}, [one]),
        ({"loai": "meeting"}, [two]),
        ({"kenh": shelf.page.pk}, [three, one]),
        ({"trang_thai": "sent"}, [three]),
        ({"ky": "2024-Q2"}, [three, two]),
        ({"ngay": "held", "tu": "02/05/2024"}, [two]),
        ({"duong_dan_hong": "1"}, [one]),
        ({"sap_xep": "ngay_dang"}, [two, one]),
        ({"sap_xep": "ngay_gui"}, [three, two, one]),
        ({"sap_xep": "tieu_de"}, [three, two, one]),
    ]
    found = {str(q): titles(client, "placement-list", **q) for q, _ in cases}
    assert found == {str(q): t for q, t in cases}


def test_what_a_plan_wants_told_is_a_filter(shelf: House) -> None:
    plan = make.make_plan(shelf.agency)
    item = plan.content_items.create(order=1, title="Chuyển đổi số")
    row = Activity.objects.get(title="Hội nghị cải cách")
    row.content_items.add(item)
    client = as_(shelf.officer)
    for asked in (f"n{item.pk}", f"k{plan.pk}"):
        assert titles(client, noi_dung=asked) == ["Hội nghị cải cách"]
        assert titles(client, "placement-list", noi_dung=asked) == ["Hội nghị cải cách"]


def test_a_wrong_address_is_explained_and_left_out(shelf: House) -> None:
    wrong = {"trang_thai": "x", "tu": "32/13/2024", "kenh": "1 or 1=1", "sap_xep": "x", "ngay": "x"}
    text = page(as_(shelf.officer), **wrong, vi_tri="x", q="hoi nghi", page="-1")
    assert TITLE.findall(text) == ["Hội nghị cải cách"]
    assert "Trạng thái: Không có lựa chọn “x”; mục này được bỏ qua." in text
    assert "Từ ngày: Không đọc được ngày" in text
    assert "Kênh: Không có lựa chọn “1 or 1=1”; mục này được bỏ qua." in text
    text = page(as_(shelf.officer), tu="02/05/2024", den="01/05/2024")
    assert "Đến ngày phải từ ngày bắt đầu trở đi" in text


def test_a_chip_takes_one_filter_away(shelf: House) -> None:
    text = page(as_(shelf.officer), q="hoi nghi", trang_thai="published", tu="01/01/2024")
    chips = dict(re.findall(r'class="chip" href="[^?]*\?([^"]*)"[^>]*>([^:<]*)', text))
    assert {label: parse_qs(query.replace("&amp;", "&")) for query, label in chips.items()} == {
        "Tìm tiêu đề, mã, đường dẫn": {"trang_thai": ["published"], "tu": ["01/01/2024"]},
        "Trạng thái": {"q": ["hoi nghi"], "tu": ["01/01/2024"]},
        "Từ ngày": {"q": ["hoi nghi"], "trang_thai": ["published"]},
    }


def test_how_many_is_said_up_to_a_thousand(shelf: House, monkeypatch: pytest.MonkeyPatch) -> None:
    client = as_(shelf.officer)
    assert "4 kết quả" in page(client)
    monkeypatch.setattr(lists, "COUNTED", 3)
    assert "hơn 3 kết quả" in page(client)


# Pages


def link(text: str, rel: str) -> dict[str, str]:
    found = re.search(rf'href="([^"]*)" rel="{rel}"', text)
    if found is None:
        return {}
    query = parse_qs(urlsplit(found[1].replace("&amp;", "&")).query)
    return {name: values[0] for name, values in query.items()}


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("activity-list", "moi"),
        ("activity-list", "tieu_de"),
        ("placement-list", "moi"),
        ("placement-list", "tieu_de"),
        ("placement-list", "ngay_dang"),
        ("placement-list", "ngay_gui"),
    ],
)
def test_pages_there_and_back_while_rows_come_and_go(
    house: House, monkeypatch: pytest.MonkeyPatch, name: str, order: str
) -> None:
    monkeypatch.setattr(lists, "PAGE_SIZE", 3)
    for number in range(8):
        row = activity(house, f"Bài {number // 2}")
        published(row, house.page, date(2024, 3, 1) + timedelta(days=number // 3))
    client = as_(house.officer)

    def ids(text: str) -> list[int]:
        return [
            int(pk) for pk in re.findall(r'<th scope="row"><a href="[^"]*/tin-bai/(\d+)/', text)
        ]

    pages = [page(client, name, sap_xep=order)]
    while onward := link(pages[-1], "next"):
        pages.append(page(client, name, **onward))
    every = [ids(text) for text in pages]
    assert [len(found) for found in every] == [3, 3, 2]
    assert sorted(pk for found in every for pk in found) == sorted(
        Activity.objects.values_list("pk", flat=True)
    )
    assert link(pages[0], "prev") == {}
    assert ids(page(client, name, **link(pages[2], "prev"))) == every[1]
    assert ids(page(client, name, **link(pages[1], "prev"))) == every[0]
    # Something comes at either end, and the row that the place was made of goes.
    new = activity(house, "A đầu")
    published(new, house.page, date(2025, 1, 1))
    Placement.objects.filter(activity=every[0][2]).delete()
    Activity.objects.filter(pk=every[0][2]).delete()
    assert ids(page(client, name, **link(pages[0], "next"))) == every[1]


def test_a_place_of_another_order_or_forged_is_the_first_page(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE_SIZE", 1)
    for title in ("Một", "Hai", "Ba"):
        activity(house, title)
    client = as_(house.officer)
    place = link(page(client), "next")["vi_tri"]
    assert titles(client, vi_tri=place) == ["Hai"]
    for wrong in (place[:-1], place[1:], "", "x:y", "W10", place.split(":")[0], "\x00"):
        assert titles(client, vi_tri=wrong) == ["Ba"]
    assert titles(client, vi_tri=place, sap_xep="tieu_de") == ["Ba"]


def test_titles_stand_in_the_order_of_the_alphabet(house: House) -> None:
    for title in ("Đất", "ân", "Ba", "an", "Dân", "ăn", "Chè", "bà", "ê", "em"):
        activity(house, title)
    assert titles(as_(house.officer), sap_xep="tieu_de") == [
        *("an", "ăn", "ân", "Ba", "bà", "Chè", "Dân", "Đất", "em", "ê")
    ]


def test_a_rare_word_is_found_however_far_it_lies(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL by steps over the index of words; what they find is what one query finds."""
    monkeypatch.setattr(lists, "PAGE_SIZE", 2)
    monkeypatch.setattr(title_search, "LOOKED_THROUGH_IN_AGENCY", 3)
    for number in range(1, 41):
        rare = " hiếm gặp" if number % 11 == 1 else ""
        even = " chẵn" if number % 2 == 0 else ""
        activity(house, f"Bài {number} chung{even}{rare}", id=number * 30_011)
    client = as_(house.officer)
    found: dict[str, list[int]] = {}
    for asked in ("chung", "hiem", "hiem chan", "gap hiem bai", "7", "hie", "khong"):
        query = {"q": asked}
        found[asked] = []
        while query:
            text = page(client, **query)
            found[asked] += [int(n) for n in re.findall(r">Bài (\d+) chung", text)]
            query = link(text, "next")
    assert found == {
        "chung": list(range(40, 0, -1)),
        "hiem": [34, 23, 12, 1],
        "hiem chan": [34, 12],
        "gap hiem bai": [34, 23, 12, 1],
        "7": [7],
        "hie": [],
        "khong": [],
    }


# Who sees what


def test_nothing_tells_of_another_agency_s_drafts(shelf: House) -> None:
    draft = activity(shelf, "Bí mật chưa gửi")
    make.make_placement(draft, shelf.page, state="draft")
    # Sent to the page, and planned for a portal of its own.
    seen = Activity.objects.get(title="Ấn phẩm 36/KH-UBND")
    make.make_placement(seen, shelf.portal, state="draft")
    home = make.make_agency(shelf.province)
    strangers = {
        shelf.editor: ["Ấn phẩm 36/KH-UBND", "Sở Nội vụ: đẩy mạnh chuyển đổi số"],
        make.make_user(Role.HOME_AFFAIRS, home): [
            "Hội nghị cải cách",
            "Sở Nội vụ: đẩy mạnh chuyển đổi số",
        ],
        make.make_user(Role.OFFICER, home): [],
    }
    for user, expected in strangers.items():
        client = as_(user)
        for name in ("activity-list", "placement-list"):
            assert titles(client, name) == expected
            assert titles(client, name, sap_xep="tieu_de") == sorted(
                expected, key=lambda title: [t[0] for t in (title,)] and title.replace("Ấ", "A")
            )
            assert f"{len(expected)} kết quả" in page(client, name)
            for query in ({"q": "bi mat"}, {"trang_thai": "draft"}, {"kenh": shelf.portal.pk}):
                found = titles(client, name, **query)
                assert "Bí mật chưa gửi" not in found
                assert "Ấn phẩm 36/KH-UBND" not in found
        for name in ("activity-export", "placement-export"):
            text = b"".join(
                client.get(reverse(f"outreach:{name}"), {"dang": "csv"}).streaming_content  # type: ignore[attr-defined]
            ).decode()
            assert "Bí mật" not in text
            assert len(text.splitlines()) == 1 + len(expected)


@pytest.mark.parametrize("name", ["activity-list", "placement-list"])
def test_a_list_asks_the_same_at_one_row_and_at_three(house: House, name: str) -> None:
    client = as_(house.officer)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(client, name, q="bai")
        return len(seen)

    published(activity(house, "Bài 1"), house.page, date(2024, 3, 1))
    page(client, name)
    one = asked()
    for number in (2, 3):
        row = activity(house, f"Bài {number}")
        published(row, house.page, date(2024, 3, 1))
        published(row, house.portal, date(2024, 3, 1))
    assert asked() == one


# Files


def lines(client: Client, name: str, **query: Any) -> list[list[str]]:
    response = client.get(reverse(f"outreach:{name}"), {"dang": "csv", **query})
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def cells(client: Client, name: str, **query: Any) -> list[tuple[Any, ...]]:
    response = client.get(reverse(f"outreach:{name}"), {"dang": "xlsx", **query})
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert [c.coordinate for row in sheet for c in row if c.data_type == "f"] == []
    return list(sheet.iter_rows(values_only=True))


def test_the_placements_of_a_view_as_files(shelf: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PAGE_SIZE", 1)
    client = as_(shelf.officer)
    one = Placement.objects.get(activity__title__startswith="Sở")
    expected = [
        *(code_of(one.pk), "Văn phòng", "Tin", "Sở Nội vụ: đẩy mạnh chuyển đổi số"),
        *("Chuyên trang CCHC", "", "01/03/2024", "01/03/2024", "01/03/2024"),
        *("https://a.vn/tin/1", ""),
    ]
    found = lines(client, "placement-export", trang_thai="published", sap_xep="ngay_dang")
    assert found[0] == list(HEADINGS)
    assert [row[3] for row in found[1:]] == ["Hội nghị cải cách", expected[3]]
    assert found[2] == expected
    head, _, row = cells(client, "placement-export", trang_thai="published", sap_xep="ngay_dang")
    assert head == HEADINGS
    assert [str(v or "") for v in row[:6]] == expected[:6]
    assert row[6].date() == date(2024, 3, 1)


def test_the_activities_of_a_view_as_files(house: House) -> None:
    row = activity(house, "Họp dân", kind="meeting", held_on=date(2024, 5, 2), attendance=40)
    row.joint_units.add(make.make_unit(house.agency, "Phòng Hai"))
    head, cell = lines(as_(house.officer), "activity-export")
    told = dict(zip(head, cell, strict=True))
    assert (told["Đơn vị cùng thực hiện"], told["Số người dự"], told["Ngày thực hiện"]) == (
        "Phòng Hai",
        "40",
        "02/05/2024",
    )


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1"])
def test_no_cell_of_a_file_is_a_formula(house: House, evil: str) -> None:
    published(activity(house, evil), house.page, date(2024, 3, 1))
    client = as_(house.officer)
    for name, at in (("placement-export", 3), ("activity-export", 5)):
        assert lines(client, name)[1][at] == f"'{evil}"
        assert cells(client, name)[1][at] == evil


def test_too_long_a_list_is_refused_in_words(shelf: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST_ROWS", {"xlsx": 2, "csv": 4})
    client = as_(shelf.officer)
    response = client.get(reverse("outreach:activity-export"))
    assert response.status_code == 403
    assert "Bộ lọc này có hơn 2 dòng" in response.content.decode()
    assert len(lines(client, "activity-export")) == 5


# Saved views


def save(client: Client, **data: Any) -> str:
    data = {"page": "activities", "name": "Của tôi", "query": "q=hoi+nghi", **data}
    return client.post(reverse("outreach:view-save"), data, follow=True).content.decode()


def test_a_view_is_kept_shared_renamed_and_removed(shelf: House) -> None:
    client = as_(shelf.officer)
    text = save(client, query="q=hoi+nghi&sap_xep=tieu_de&vi_tri=x&la=1&trang_thai=khong")
    assert "Đã lưu bộ lọc “Của tôi”." in text
    assert TITLE.findall(text) == ["Hội nghị cải cách"]
    view = SavedView.objects.get()
    assert (view.query, view.is_shared) == ("q=hoi+nghi&sap_xep=tieu_de", False)
    assert "Anh/chị đã có bộ lọc tên “Của tôi”" in save(client, name=" Của  tôi")
    assert "Hãy đặt tên cho bộ lọc" in save(client, name=" ")
    save(client, page="placements")  # another list has names of its own
    address = reverse("outreach:view-edit", args=[view.pk])
    colleague = as_(make.make_user(Role.LEADER, shelf.agency))
    assert colleague.get(address).status_code == 404
    assert "Của tôi" not in page(colleague)
    client.post(address, {"name": "Của ta", "is_shared": "on"})
    assert "Của ta" in page(colleague)
    assert "Của ta" not in page(colleague, "placement-list")
    assert "Của ta" not in page(as_(make.make_user(Role.LEADER, make.make_agency(shelf.province))))
    refused = colleague.post(address, {"name": "Của họ"})
    assert refused.status_code == 403
    assert "mới được đổi tên hoặc xóa" in refused.content.decode()
    assert colleague.post(reverse("outreach:view-remove", args=[view.pk])).status_code == 403
    client.post(reverse("outreach:view-remove", args=[view.pk]))
    assert list(SavedView.objects.values_list("page", flat=True)) == ["placements"]
    verbs = AuditEntry.objects.filter(verb__startswith="saved_view").order_by("id")
    assert [(e.verb, e.agency_id) for e in verbs] == [
        (f"saved_view.{verb}", shelf.agency.pk) for verb in ("save", "save", "change", "remove")
    ]


def test_a_shared_view_shows_each_only_what_is_theirs(shelf: House) -> None:
    save(as_(shelf.officer), query="trang_thai=draft", is_shared="on")
    member = make.make_user(Role.OFFICER, shelf.agency)
    assert f'{reverse("outreach:activity-list")}?trang_thai=draft"' in page(as_(member))
    assert LinkState.DEAD == "dead"
