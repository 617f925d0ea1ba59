"""A million titles as offices write them, and what people search for; the same at every run."""

from __future__ import annotations

import random
from collections.abc import Iterator

_FORMS = (
    *("Tuyên truyền", "Đẩy mạnh", "Hội nghị triển khai", "Tập huấn", "Đối thoại về", "Tin về"),
    *("Hướng dẫn", "Kết quả", "Tăng cường", "Phát động cuộc thi tìm hiểu", "Phổ biến"),
    *("Ra mắt mô hình", "Kiểm tra", "Sơ kết", "Niêm yết", "Ký kết giao ước thi đua về"),
)
_TOPICS = (
    *("cải cách hành chính", "dịch vụ công trực tuyến toàn trình", "chuyển đổi số"),
    *("cắt giảm thủ tục hành chính", "chữ ký số cá nhân", "thanh toán không dùng tiền mặt"),
    *("văn hóa công vụ", "Đề án 06", "định danh điện tử VNeID", "chỉ số hài lòng của người dân"),
    *("bộ phận Một cửa", "sắp xếp tổ chức bộ máy", "vị trí việc làm", "thư xin lỗi"),
    *("số hóa hồ sơ", "Chỉ số PAR INDEX", "xã nông thôn mới", "tiếp công dân", "đất đai"),
    *("đăng ký kinh doanh", "bảo hiểm y tế", "hộ tịch", "an toàn thông tin", "chính quyền số"),
)
_SYLLABLES = (
    *("An", "Bình", "Châu", "Đại", "Đông", "Giang", "Hải", "Hòa", "Hưng", "Khánh", "Kế", "Long"),
    *("Lịch", "Mỹ", "Ngọc", "Nhơn", "Phú", "Phước", "Quới", "Sách", "Tân", "Thạnh", "Thuận"),
    *("Trường", "Tú", "Vĩnh", "Viên", "Xuyên", "Ân", "Ấp", "Điền", "Hậu", "Lạc", "Nghĩa"),
)
_NAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Lâm", "Thạch", "Sơn", "Kim", "Danh", "Ong")
_UNITS = (
    *("Sở Nội vụ", "Sở Thông tin và Truyền thông", "Sở Tài chính", "Sở Tư pháp", "Sở Y tế"),
    *("Văn phòng UBND tỉnh", "Ban Quản lý các khu công nghiệp", "Công an tỉnh", "Tỉnh đoàn"),
)


def titles(number: int, seed: int = 7) -> Iterator[str]:
    """Titles whose words are anything from in most of them to in one of them."""
    chance = random.Random(seed)  # noqa: S311 - the same titles at every run
    topics = list(_TOPICS)
    weights = [1 / rank for rank in range(1, len(topics) + 1)]
    places = [f"{a} {b}" for a in _SYLLABLES for b in _SYLLABLES if a != b]
    for at in range(number):
        [topic] = chance.choices(topics, weights)
        # Some places write a great deal, most write little.
        place = places[int(len(places) * chance.random() ** 4)]
        title = f"{chance.choice(_FORMS)} {topic} tại xã {place}"
        match at % 10:
            case 0 | 1:
                title = f"{chance.choice(_UNITS)}: {title}"
            case 2:
                title += f" theo Kế hoạch số {chance.randint(1, 400)}/KH-UBND"
            case 3:
                given = chance.choice(_SYLLABLES)
                title += f" – gương {chance.choice(_NAMES)} Văn {given} {chance.choice(_SYLLABLES)}"
            case 4 | 5:
                title += f" quý {chance.choice(('I', 'II', 'III', 'IV'))} năm {2016 + at % 11}"
        yield title


def searches(number: int, seed: int = 11) -> list[str]:
    """What people type, folded or not: pieces of real titles, places, numbers, slips of the pen."""
    chance = random.Random(seed)  # noqa: S311 - the same searches at every run
    asked = []
    for at, title in enumerate(titles(number, seed)):
        words = title.replace(":", " ").replace("–", " ").split()
        length = chance.randint(1, 4)
        begin = chance.randrange(len(words) - length)
        piece = words[begin : begin + length]
        match at % 8:
            case 0:
                piece = chance.sample(words, length)  # any order
            case 1:
                piece = [f"{chance.choice(_SYLLABLES)}", chance.choice(_SYLLABLES)]
            case 2:
                piece = [*piece, "khongcotrongkho"]
            case 3:
                piece = [f"{chance.randint(1, 400)}/KH-UBND"]
            case 4:
                piece = [word[:3] for word in piece]  # still typing
        asked.append(" ".join(piece))
    return asked
