"""A plan in order, and its parts, for the tests of the checks."""

from datetime import date
from typing import Any

from plans.lint import LintWarning, PlanFacts, check
from plans.lint.facts import Body, Document, Quota, Task
from plans.periods import DateSpan, PeriodKind
from plans.quotas import DueKind, DueRule, QuotaTerms, Turn

OFFICE, OTHER = Body("Văn phòng"), Body("Phòng Chuyển đổi số")
QUARTERS = ("2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4")
ROW = "Phụ lục, nhiệm vụ 1"


def day(year: int, month: int, number: int) -> DateSpan:
    return DateSpan(date(year, month, number), date(year, month, number))


def warnings(**facts: Any) -> list[LintWarning]:
    """What is found in a plan that is in order but for these facts."""
    return check(
        PlanFacts(
            **{
                "starts_on": date(2024, 1, 1),
                "ends_on": date(2024, 12, 31),
                "number": "05",
                "symbol": "KH-STTTT",
                "signed": day(2024, 1, 10),
                "signer_name": "Nguyễn Văn A",
                **facts,
            }
        )
    )


def found(**facts: Any) -> list[tuple[str, str]]:
    return [(warning.code, warning.place) for warning in warnings(**facts)]


def row(code: str = "1", **facts: Any) -> Task:
    """A row of the annex with every cell."""
    return Task(
        **{
            "code": code,
            "title": f"Nhiệm vụ {code}",
            "products": "Kế hoạch",
            "time": "Năm 2024",
            "leads": (OFFICE,),
            **facts,
        }
    )


def quota(
    *turns: Turn, per: PeriodKind = PeriodKind.QUARTER, due: DueRule | None = None, **terms: Any
) -> Quota:
    rule = due or DueRule(DueKind.PERIOD_END)
    return Quota("Cổng tỉnh", QuotaTerms(per=per, count=1, due=rule, turns=turns, **terms))


def basis(**facts: Any) -> Document:
    """A citation with every part."""
    return Document(
        **{
            "role": "basis",
            "place": "Mở đầu",
            "document_type": "Kế hoạch",
            "reference": "30/KH-UBND",
            "dated": day(2024, 1, 2),
            "abstract": "Tuyên truyền năm 2024",
            **facts,
        }
    )
