"""Which addresses are one publication."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.addresses import NOT_WEB, TOO_LONG, fault, fingerprint, normalise

PLAIN = "https://soctrang.gov.vn/cchc/tin-123"


@pytest.mark.parametrize(
    "same",
    [
        "http://soctrang.gov.vn/cchc/tin-123",
        "https://www.soctrang.gov.vn/cchc/tin-123/",
        "HTTPS://SocTrang.gov.VN:443/cchc/tin-123",
        "http://soctrang.gov.vn:80/cchc/tin-123#binh-luan",
        "https://soctrang.gov.vn/cchc/tin-123?utm_source=zalo&UTM_Medium=oa",
        "https://soctrang.gov.vn/cchc/tin-123?fbclid=abc",
        "  https://soctrang.gov.vn/cchc/tin-123 ",
    ],
)
def test_one_publication(same: str) -> None:
    assert fingerprint(same) == fingerprint(PLAIN)


@pytest.mark.parametrize(
    "other",
    [
        "https://soctrang.gov.vn/cchc/tin-124",
        "https://soctrang.gov.vn/CCHC/tin-123",
        "https://soctrang.gov.vn/cchc/tin-123?id=1",
        "https://soctrang.gov.vn:8443/cchc/tin-123",
        "https://hungyen.gov.vn/cchc/tin-123",
        "https://soctrang.gov.vn/cchc/tin-123#/bai/9",
    ],
)
def test_another_publication(other: str) -> None:
    assert fingerprint(other) != fingerprint(PLAIN)


def test_parameters_choose_the_article_in_any_order() -> None:
    assert normalise("https://a.vn/x?b=2&a=1&utm_id=7") == "a.vn/x?a=1&b=2"


def test_vietnamese_paths_are_one_in_nfc_and_nfd_and_encoded() -> None:
    nfc = "https://a.vn/cải-cách"
    nfd = "https://a.vn/ca\u0309i-ca\u0301ch"
    assert normalise(nfc) == normalise(nfd) == "a.vn/c%E1%BA%A3i-c%C3%A1ch"


def test_no_address_has_no_fingerprint() -> None:
    assert fingerprint("") == ""


@pytest.mark.parametrize("good", [PLAIN, "http://a.vn", "https://zalo.me/s/123?x=1"])
def test_accepted(good: str) -> None:
    assert fault(good) == ""


@pytest.mark.parametrize(
    "bad",
    [
        "soctrang.gov.vn/tin",
        "ftp://soctrang.gov.vn/tin",
        "javascript:alert(1)",
        "https://",
        "https://localhost/tin",
        "https://a..vn/tin",
        "https://a.vn:port/tin",
        "https://ten:matkhau@a.vn/tin",
        "https://a.vn/hai tu",
        "https://[::1",
    ],
)
def test_refused(bad: str) -> None:
    assert fault(bad) == NOT_WEB


def test_too_long_is_refused() -> None:
    assert fault("https://a.vn/" + "x" * 500) == TOO_LONG


@given(st.text(alphabet="abcÁđ/?&=#.%:-_ ~", max_size=40))
def test_normal_form_is_stable(tail: str) -> None:
    once = normalise(f"https://a.vn/{tail}")
    assert normalise(f"https://{once}") == once
