"""What an activity can be, and what each kind says of itself. Pure vocabulary."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What was written, made or held."""

    NEWS = "news"
    ARTICLE = "article"
    REPORTAGE = "reportage"
    VIDEO = "video"
    BROADCAST = "broadcast"
    MEETING = "meeting"
    DIALOGUE = "dialogue"
    CONTEST = "contest"
    POSTER = "poster"
    POSTED_PROCEDURES = "posted_procedures"
    DOCUMENT = "document"

    @property
    def label(self) -> str:
        """The kind's name on screen."""
        return _LABELS[self]

    @property
    def short_label(self) -> str:
        """The name where eleven of them stand side by side."""
        return _SHORT.get(self, _LABELS[self])

    @property
    def fields(self) -> dict[str, str]:
        """The fields of an activity that this kind has, with what each is called here."""
        return _FIELDS[self]

    @property
    def needs(self) -> frozenset[str]:
        """The fields without which it cannot be sent or recorded."""
        return _NEEDED.get(self, frozenset())


_LABELS = {
    Kind.NEWS: "Tin",
    Kind.ARTICLE: "Bài viết",
    Kind.REPORTAGE: "Phóng sự",
    Kind.VIDEO: "Video",
    Kind.BROADCAST: "Phát thanh, truyền hình",
    Kind.MEETING: "Hội nghị, cuộc họp lồng ghép",
    Kind.DIALOGUE: "Đối thoại, họp mặt",
    Kind.CONTEST: "Hội thi, cuộc thi",
    Kind.POSTER: "Pa nô, áp phích, tờ rơi",
    Kind.POSTED_PROCEDURES: "Niêm yết thủ tục hành chính",
    Kind.DOCUMENT: "Văn bản (kế hoạch, báo cáo, quyết định …)",
}
_SHORT = {
    Kind.BROADCAST: "Phát thanh, TH",
    Kind.MEETING: "Hội nghị, họp",
    Kind.DIALOGUE: "Đối thoại",
    Kind.CONTEST: "Hội thi",
    Kind.POSTER: "Pa nô, tờ rơi",
    Kind.POSTED_PROCEDURES: "Niêm yết TTHC",
    Kind.DOCUMENT: "Văn bản",
}

_WRITTEN = {"author_name": "Tác giả", "reach": "Lượt xem"}
_GATHERED = {"held_on": "Ngày tổ chức", "venue": "Địa điểm", "attendance": "Số người tham dự"}
_FIELDS: dict[Kind, dict[str, str]] = {
    Kind.NEWS: _WRITTEN,
    Kind.ARTICLE: _WRITTEN,
    Kind.REPORTAGE: _WRITTEN,
    Kind.VIDEO: _WRITTEN,
    Kind.BROADCAST: {
        "author_name": "Tác giả",
        "held_on": "Ngày phát",
        "reach": "Lượt nghe, xem",
    },
    Kind.MEETING: _GATHERED,
    Kind.DIALOGUE: _GATHERED,
    Kind.CONTEST: _GATHERED | {"attendance": "Số người dự thi"},
    Kind.POSTER: {
        "held_on": "Ngày treo, phát",
        "venue": "Nơi treo, phát",
        "quantity": "Số lượng (tấm, tờ)",
    },
    Kind.POSTED_PROCEDURES: {
        "held_on": "Ngày niêm yết",
        "venue": "Nơi niêm yết",
        "quantity": "Số thủ tục niêm yết",
    },
    Kind.DOCUMENT: {
        "document_number": "Số, ký hiệu",
        "document_on": "Ngày văn bản",
        "task": "Là sản phẩm của nhiệm vụ",
    },
}
# Every field that some kinds have and others have not; those that hold words.
KIND_FIELDS = tuple(dict.fromkeys(name for fields in _FIELDS.values() for name in fields))
TEXTS = frozenset({"author_name", "venue", "document_number"})
# Numbers that are often known only afterwards: they may be noted in every state.
FIGURES = ("attendance", "quantity", "reach")
# What takes place on a day says which: its quota counts that day.
_HELD = frozenset({"held_on"})
_NEEDED = {
    Kind.MEETING: _HELD,
    Kind.DIALOGUE: _HELD,
    Kind.CONTEST: _HELD,
    Kind.DOCUMENT: frozenset({"document_number", "document_on"}),
}
HELD_KINDS = frozenset(kind for kind, needed in _NEEDED.items() if "held_on" in needed)
