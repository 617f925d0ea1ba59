"""A report's paragraphs drafted from its figures; a person goes on writing from there. Pure.

Every share stands beside its n/N, every sentence names the days that it tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cchc.lib.tables import Kind, display, percent
from outreach.compliance import Score
from plans.periods import DateSpan


@dataclass(frozen=True, slots=True)
class Named:
    """One line of the figures under its name; ``nobody``: of what was given to no unit."""

    name: str
    pieces: int
    score: Score
    nobody: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a report has to tell.

    ``of_unit``: a unit of the agency tells it, not the agency itself.
    ``period`` as in a sentence ("Quý I năm 2024"); ``plan`` the citation of the agency's own plan,
    empty without one; ``upcoming`` obligations that are due in the next period, the first of them
    on ``next_due``; ``explained`` of the lapses.
    """

    agency: str
    of_unit: bool
    period: str
    window: DateSpan
    cumulative: DateSpan
    plan: str
    total: Named
    year: Named
    units: tuple[Named, ...]
    tasks: tuple[Named, ...]
    channels: tuple[Named, ...]
    explained: int
    reasons: tuple[str, ...]
    upcoming: int
    next_due: date | None


def draft(told: Told) -> dict[str, str]:
    """The text of each section of ``reporting.outline``; paragraphs are lines."""
    return {
        "direction": _direction(told),
        "tasks": _lines([_tasks(told), *(_each(line) for line in told.tasks)]),
        "channels": _lines([_channels(told), *(_channel(line) for line in told.channels)]),
        "achieved": _achieved(told),
        "lacking": _lacking(told),
        "causes": _causes(told),
        "next": _next(told),
        "proposals": "Không có.",
    }


def days(span: DateSpan) -> str:
    """``từ ngày 15/12/2023 đến ngày 14/03/2024``."""
    return f"từ ngày {display(span.start)} đến ngày {display(span.end)}"


def share(part: int, whole: int) -> str:
    """``3/4 đầu việc (75%)``; of nothing there is no share."""
    if not whole:
        return "không áp dụng"
    return f"{part}/{whole} đầu việc ({display(percent(part, whole), Kind.PERCENT)})"


def _direction(told: Told) -> str:
    if not told.plan:
        whose = "cơ quan" if told.of_unit else told.agency
        return (
            f"Trong {told.period}, {whose} chưa ban hành kế hoạch tuyên truyền cải cách hành chính "
            "trên hệ thống."
        )
    if told.of_unit:
        return (
            f"{told.agency} tổ chức thực hiện {told.plan}, phân công công chức, viên chức theo dõi "
            "từng nội dung, thời hạn được giao."
        )
    return (
        f"{told.agency} đã ban hành {told.plan} và chỉ đạo các đơn vị thuộc, trực thuộc triển khai "
        "thực hiện theo nội dung, thời gian được giao."
    )


def _tasks(told: Told) -> str:
    score = told.total.score
    if not score.expected:
        return f"Trong kỳ số liệu ({days(told.window)}) không có đầu việc nào đến hạn."
    return (
        f"Trong kỳ số liệu ({days(told.window)}) có {score.expected} đầu việc đến hạn; đã hoàn "
        f"thành {share(score.done, score.expected)}, trong đó đúng hạn "
        f"{share(score.met, score.expected)}, trễ hạn {share(score.met_late, score.expected)}. "
        f"Lũy kế {days(told.cumulative)}: hoàn thành "
        f"{share(told.year.score.done, told.year.score.expected)}."
    )


def _each(line: Named) -> str:
    score = line.score
    if not score.expected:
        return f"- Nhiệm vụ {line.name}: không có đầu việc đến hạn."
    late = f", trong đó trễ hạn {score.met_late}" if score.met_late else ""
    missed = f"; chưa đạt {score.missed}" if score.missed else ""
    return f"- Nhiệm vụ {line.name}: {share(score.done, score.expected)}{late}{missed}."


def _channels(told: Told) -> str:
    if not told.total.pieces:
        return f"Trong kỳ số liệu ({days(told.window)}) chưa có tin, bài, hoạt động nào được đăng."
    return (
        f"Trong kỳ số liệu ({days(told.window)}) có {told.total.pieces} lượt tin, bài, hoạt động "
        f"được duyệt và đăng hoặc tổ chức; lũy kế {days(told.cumulative)} có "
        f"{told.year.pieces} lượt."
    )


def _channel(line: Named) -> str:
    score = line.score
    owed = f"; định mức {share(score.done, score.expected)}" if score.expected else ""
    return f"- {line.name}: {line.pieces} lượt{owed}."


def _achieved(told: Told) -> str:
    score = told.total.score
    if not score.expected:
        return "Trong kỳ không có đầu việc nào đến hạn."
    if score.met == score.expected:
        return (
            f"{told.agency} hoàn thành đúng hạn toàn bộ {score.expected}/{score.expected} đầu việc "
            "đến hạn trong kỳ."
        )
    if not score.done:
        return "Trong kỳ chưa có đầu việc đến hạn nào được hoàn thành."
    whole = (
        f"{told.agency} hoàn thành {share(score.done, score.expected)} đến hạn trong kỳ, trong đó "
        f"đúng hạn {share(score.met, score.expected)}."
    )
    units = (line for line in told.units if not line.nobody)
    full = [line for line in units if line.score.expected == line.score.met > 0]
    if not full:
        return whole
    names = ", ".join(line.name for line in full)
    return f"{whole} Có {len(full)} đơn vị hoàn thành đúng hạn toàn bộ đầu việc được giao: {names}."


def _lacking(told: Told) -> str:
    score = told.total.score
    found = []
    if score.missed:
        # A unit tells which of its tasks, an agency which of its units.
        lines = told.tasks if told.of_unit else told.units
        names = ", ".join(
            f"{line.name} ({line.score.missed})" for line in lines if line.score.missed
        )
        found.append(f"- Còn {share(score.missed, score.expected)} chưa đạt: {names}.")
    if score.met_late:
        found.append(f"- Có {share(score.met_late, score.expected)} hoàn thành trễ hạn.")
    if score.pending:
        found.append(f"- Còn {share(score.pending, score.expected)} đang chờ kênh duyệt, đăng.")
    return _lines(found) or "Trong kỳ không có đầu việc nào chưa đạt hoặc trễ hạn."


def _causes(told: Told) -> str:
    lapsed = told.total.score.missed + told.total.score.met_late
    if not lapsed:
        return "Không có."
    if not told.explained:
        return f"{lapsed} đầu việc chưa đạt, trễ hạn chưa có giải trình trên hệ thống."
    head = f"Có {told.explained}/{lapsed} đầu việc chưa đạt, trễ hạn đã có giải trình"
    return _lines([f"{head}{':' if told.reasons else '.'}", *(f"- {r}" for r in told.reasons)])


def _next(told: Told) -> str:
    if not told.upcoming:
        return "Tiếp tục thực hiện các nội dung tuyên truyền theo kế hoạch."
    first = f", hạn gần nhất ngày {display(told.next_due)}" if told.next_due else ""
    return (
        f"Tiếp tục thực hiện kế hoạch; kỳ tới có {told.upcoming} đầu việc đến hạn{first}. Các đơn "
        "vị chủ động thực hiện, bảo đảm đúng hạn và đúng nội dung."
    )


def _lines(lines: list[str]) -> str:
    return "\n".join(line for line in lines if line)
