"""Names of a directory: cleaned, compared, shortened."""

from __future__ import annotations

import pytest

from cchc.lib import names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Phòng A – B", "phong a-b"),
        ("Phòng A — B.", "PHÒNG A - B"),
        ("Đài  PT-TH", "đài pt - th"),
    ],
)
def test_two_writings_of_one_name_are_one(one: str, other: str) -> None:
    assert names.key(one) == names.key(other)


def test_what_cannot_be_seen_is_not_in_a_name() -> None:
    assert names.typed(" Văn\u200b \tphòng\u202e\r\n\x00Sở\ufeff ") == "Văn phòng Sở"


def test_other_names_stand_once_and_beside_the_name() -> None:
    typed = ["Văn phòng Sở", "VĂN PHÒNG", "van phong so", "VP"]
    assert names.aliases(typed, "Văn phòng") == ["Văn phòng Sở", "VP"]


def test_a_clash_names_what_clashes_and_with_whom() -> None:
    others = [("Thanh tra", "Ban A"), ("Văn phòng", "Ban B")]
    assert names.clash(["Phòng C", "văn phòng"], others) == ("văn phòng", "Ban B")
    assert names.clash(["Phòng C"], others) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Chuyên trang CCHC", "chuyen-trang-cchc"),
        ("Zalo chính quyền số của xã", "zalo-chinh-quyen-so-cua"),
        ("Đài phát thanh, truyền hình", "dai-phat-thanh-truyen"),
        ("x" * 30, "x" * 24),
        ("新闻", ""),
    ],
)
def test_a_slug_is_whole_words(name: str, code: str) -> None:
    assert names.slug(name, 24) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Tổ Một cửa", "TMC"),
        ("Phòng XD và môi trường", "PXDMT"),
        ("Đội 12", "D12"),
        ("Văn_phòng (2)", "VP2"),
        ("Дирекция", ""),
    ],
)
def test_initials_keep_abbreviations(name: str, code: str) -> None:
    assert names.initials(name, 20) == code


def test_a_taken_code_gets_a_number_within_its_length() -> None:
    assert names.free("VP", [], 4) == "VP"
    assert names.free("VP", ["vp", "VP2"], 4) == "VP3"
    assert names.free("ABCD", ["ABCD"], 4) == "ABC2"
