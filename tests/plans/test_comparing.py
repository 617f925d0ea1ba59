"""Differences word by word."""

import pytest

from plans.comparing import is_change, same_words, words


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("như nhau", "như nhau", (("same", "như nhau"),)),
        ("", "", ()),
        ("", "thêm cả câu", (("added", "thêm cả câu"),)),
        ("bỏ cả câu", "", (("removed", "bỏ cả câu"),)),
        (
            "Gương điển hình trong CCHC",
            "Gương điển hình, cách làm hay trong CCHC tại Sở",
            (
                ("same", "Gương điển hình"),
                ("added", ", cách làm hay"),
                ("same", " trong CCHC"),
                ("added", " tại Sở"),
            ),
        ),
        (
            "hạn 20/3/2024 hằng quý",
            "hạn 15/3/2024 hằng quý",
            (
                ("same", "hạn "),
                ("removed", "20/3/2024"),
                ("added", "15/3/2024"),
                ("same", " hằng quý"),
            ),
        ),
        (
            "toàn tỉnh một hai nhé",
            "toàn tỉnh ba bốn nhé",
            (("same", "toàn tỉnh "), ("removed", "một hai"), ("added", "ba bốn"), ("same", " nhé")),
        ),
    ],
)
def test_words(before: str, after: str, expected: tuple[tuple[str, str], ...]) -> None:
    assert words(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Quý I\nQuý II", "Quý I\nQuý III\nnăm"),
        ("a, b; c", "b c, d"),
        ("một hai", " một  hai "),
        ("x", "x\n"),
    ],
)
def test_both_texts_can_be_read_back(before: str, after: str) -> None:
    found = words(before, after)
    assert "".join(text for kind, text in found if kind != "added").split() == before.split()
    assert "".join(text for kind, text in found if kind != "removed").split() == after.split()


def test_what_counts_as_the_same() -> None:
    assert same_words("Kết quả  CCHC.", "kết quả cchc")
    assert not same_words("Kết quả CCHC", "Kết quả CCHC của tỉnh")
    assert not is_change(words("a b", "a b"))
    assert is_change(words("a b", "a c"))
