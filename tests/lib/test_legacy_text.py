"""Old fonts: both tables letter by letter, whole sentences, and what must never be touched."""

from __future__ import annotations

import unicodedata

import pytest

from cchc.lib.legacy_text import Encoding, Legacy, detect

LETTERS = (
    "à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ đ è é ẻ ẽ ẹ ê ề ế ể ễ ệ ì í ỉ ĩ ị ò ó ỏ õ ọ "
    "ô ồ ố ổ ỗ ộ ơ ờ ớ ở ỡ ợ ù ú ủ ũ ụ ư ừ ứ ử ữ ự ỳ ý ỷ ỹ ỵ"
)
TCVN3 = (
    "µ ¸ ¶ · ¹ ¨ » ¾ ¼ ½ Æ © Ç Ê È É Ë ® Ì Ð Î Ï Ñ ª Ò Õ Ó Ô Ö × Ý Ø Ü Þ ß ã á â ä "
    "« å è æ ç é ¬ ê í ë ì î ï ó ñ ò ô \xad õ ø ö ÷ ù ú ý û ü þ"
)
VNI = (
    "aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä ñ eø eù eû eõ eï eâ eà eá eå eã eä "
    "ì í æ ó ò oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï "
    "ö öø öù öû öõ öï yø yù yû yõ î"
)
SENTENCES = [
    (Encoding.TCVN3, "KÕ ho¹ch tuyªn truyÒn", "Kế hoạch tuyên truyền"),
    (Encoding.TCVN3, "c¶i c¸ch hµnh chÝnh", "cải cách hành chính"),
    (Encoding.TCVN3, "Së Th«ng tin vµ TruyÒn th«ng", "Sở Thông tin và Truyền thông"),
    (Encoding.TCVN3, "KÕ HO¹CH TUY£N TRUYÒN", "KẾ HOẠCH TUYÊN TRUYỀN"),
    (Encoding.TCVN3, "§µo t¹o, båi d\xadìng ¢n Thi", "Đào tạo, bồi dưỡng Ân Thi"),
    (Encoding.VNI, "Keá hoaïch caûi caùch haønh chính", "Kế hoạch cải cách hành chính"),
    (Encoding.VNI, "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"),
    (Encoding.VNI, "Ñôn vò phoái hôïp", "Đơn vị phối hợp"),
]


@pytest.mark.parametrize(("encoding", "table"), [(Encoding.TCVN3, TCVN3), (Encoding.VNI, VNI)])
def test_every_letter(encoding: Encoding, table: str) -> None:
    legacy = Legacy(encoding)
    found = [legacy.to_unicode(letter) for letter in table.split(" ")]
    assert found == LETTERS.split(" ")


def test_capital_letters() -> None:
    tcvn3 = Legacy(Encoding.TCVN3)
    assert [tcvn3.to_unicode(sign) for sign in "¡¢£¤¥¦§"] == list("ĂÂÊÔƠƯĐ")
    vni = Legacy(Encoding.VNI)
    told = "".join(vni.to_unicode(letter.upper()) for letter in VNI.split(" "))
    assert told == LETTERS.upper().replace(" ", "")
    assert vni.to_unicode("Aùnh") == "Ánh"


@pytest.mark.parametrize(("encoding", "old", "new"), SENTENCES)
def test_sentences_are_recognised_and_converted(encoding: Encoding, old: str, new: str) -> None:
    legacy = detect([old])
    assert legacy == Legacy(encoding)
    assert legacy.to_unicode(old) == new


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch tuyên truyền cải cách hành chính",
        unicodedata.normalize("NFD", "Kế hoạch là có"),
        "là có và Thông báo công tác",
        "Công an, Hà Nội, Thanh Hóa",
        "café résumé naïve",
        "© 2024 ® ½ 25°",
        "Ke hoach 2024",
        "",
    ],
)
def test_other_text_is_never_converted(text: str) -> None:
    assert detect([text]) is None


def test_a_document_in_two_encodings() -> None:
    """Unicode parts stay, even those whose letters both have."""
    told = ["V¨n phßng", "Kế hoạch", "Thông báo", "cã thÓ"]
    legacy = detect(told)
    assert legacy == Legacy(Encoding.TCVN3, is_mixed=True)
    assert [legacy.to_unicode(text) for text in told] == [
        *("Văn phòng", "Kế hoạch", "Thông báo"),
        "có thể",
    ]
