"""The usual outline of a periodic report on outreach, and whose words stand in it. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One section: its key, its number and heading, and the heading that it stands under."""

    key: str
    heading: str
    under: str = ""

    @property
    def title(self) -> str:
        """``Mục II.1. Kết quả theo nhiệm vụ``: with the number of what it stands under."""
        above = self.under.partition(".")[0]
        return f"Mục {above}.{self.heading}" if above else f"Mục {self.heading}"


OUTLINE = (
    Part("direction", "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH"),
    Part("tasks", "1. Kết quả theo nhiệm vụ", "II. KẾT QUẢ THỰC HIỆN"),
    Part("channels", "2. Kết quả theo kênh tuyên truyền", "II. KẾT QUẢ THỰC HIỆN"),
    Part("achieved", "1. Kết quả đạt được", "III. ĐÁNH GIÁ CHUNG"),
    Part("lacking", "2. Tồn tại, hạn chế", "III. ĐÁNH GIÁ CHUNG"),
    Part("causes", "3. Nguyên nhân", "III. ĐÁNH GIÁ CHUNG"),
    Part("next", "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ TỚI"),
    Part("proposals", "V. ĐỀ XUẤT, KIẾN NGHỊ"),
)
KEYS = tuple(part.key for part in OUTLINE)
