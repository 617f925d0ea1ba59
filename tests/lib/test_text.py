"""Vietnamese text: what search compares, and the order of the alphabet."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.lib.text import fold, order_key, search_text, words

SORTED = (
    *("10 tin", "2 tin", "an", "An Bình", "an ninh", "ăn", "ân", "ba", "bà", "bả", "bã", "bá"),
    *("bạ", "ba lô", "bà mẹ", "cao", "chè", "con", "công", "cơ", "dân", "đa", "đạo", "em", "ê"),
    *("êm", "gà", "hoa", "hòa", "học", "hô", "hơ", "lạ lùng", "lan", "lăn", "lơ", "mưa", "ngang"),
    *("nghĩa", "ong", "ông", "ơn", "thu", "thư", "tin", "tu", "tư", "u", "ư", "vui", "xã", "ý"),
)
LETTERS = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậĐĂÂÊÔƠƯ 0129/-()", max_size=40)


def test_a_list_written_by_hand_stays_as_it_is() -> None:
    assert sorted(set(SORTED), key=order_key) == list(SORTED)


@pytest.mark.parametrize(
    ("one", "other"),
    [("hòa", "hoà"), ("Hòa", "HÒA"), ("Sở  Nội vụ", "Sở Nội vụ."), ("thuỷ", "thủy")],
)
def test_what_is_the_same_to_a_reader_has_one_key(one: str, other: str) -> None:
    assert order_key(one) == order_key(other)


@given(LETTERS, LETTERS)
def test_tones_decide_only_between_the_same_letters(one: str, other: str) -> None:
    def toneless(text: str) -> str:
        bare = unicodedata.normalize("NFD", text)
        return re.sub("[\u0300\u0301\u0303\u0309\u0323]", "", bare)

    keys = order_key(toneless(one)), order_key(toneless(other))
    if keys[0] != keys[1]:
        assert (order_key(one) < order_key(other)) is (keys[0] < keys[1])


@given(st.text(max_size=60))
def test_a_key_is_the_same_under_any_collation_and_in_both_forms(text: str) -> None:
    key = order_key(text)
    assert re.fullmatch("[0-9a-z]*", key)
    assert order_key(unicodedata.normalize("NFD", text)) == order_key(
        unicodedata.normalize("NFC", text)
    )


@given(LETTERS)
def test_every_word_of_a_title_finds_it_folded_or_not(text: str) -> None:
    for form in ("NFC", "NFD"):
        kept = search_text(unicodedata.normalize(form, text))
        for word in words(text):
            assert f" {word} " in kept
            assert word.isascii()
    assert words(fold(text)) == words(text.upper())


def test_signs_part_words() -> None:
    assert search_text("(Sở Nội vụ) 36/KH-UBND: đạt 100%_") == " so noi vu 36 kh ubnd dat 100 "
