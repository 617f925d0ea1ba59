"""The clone map says what a copy takes along, and the copy does so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import models

from agencies.models import Agency, User
from cchc.lib import clock
from plans.clone_map import CLONE_MAP, How, Purpose, Rule
from plans.cloning import ROWS, clone, copied
from plans.models import AcceptedWarning, NotApplicable, Plan
from plans.sections import SECTIONS

S001 = "st-stttt-tuyen-truyen-2024"
S003 = "st-ubnd-tuyen-truyen-2019"


@pytest.mark.parametrize("model", list(CLONE_MAP), ids=lambda model: model.__name__)
def test_every_field_and_relation_is_classified(model: type[models.Model]) -> None:
    assert sorted(CLONE_MAP[model]) == sorted(field.name for field in model._meta.get_fields())


def test_every_row_of_a_plans_text_is_in_the_map() -> None:
    """A relation of a plan that is cloned leads to rows that are classified too."""
    followed = {
        field.related_model
        for model, rules in CLONE_MAP.items()
        for field in model._meta.get_fields()
        if (field.one_to_many or field.one_to_one) and field.auto_created
        if How.CLONE in (rules[field.name].derive, rules[field.name].amend)
    }
    own_way = {AcceptedWarning, NotApplicable}
    assert followed - set(CLONE_MAP) == own_way


@pytest.mark.django_db
def test_a_working_copy_has_the_same_text(real: dict[str, Plan]) -> None:
    for source in real.values():
        copy = Plan.objects.get(pk=clone(source, purpose=Purpose.AMEND).pk)
        assert {name: section.read(copy) for name, section in SECTIONS.items()} == {
            name: section.read(source) for name, section in SECTIONS.items()
        }
        assert (copy.amends, copy.state, copy.revision) == (source, "draft", 0)
        assert (copy.parent, copy.agency, copy.issued_at) == (source.parent, source.agency, None)


@pytest.mark.django_db
def test_reasons_stay_in_a_working_copy(
    real: dict[str, Plan], office: Callable[[Agency], User]
) -> None:
    source = real[S001]
    by = office(source.agency)
    now = clock.now()
    AcceptedWarning.objects.create(
        plan=source, code="c", place="p", reason="r", accepted_by=by, accepted_at=now
    )
    NotApplicable.objects.create(
        plan=source,
        content_item=real[S003].content_items.order_by("order").first(),
        reason="không có",
        decided_by=by,
        decided_at=now,
    )
    copy = clone(source, purpose=Purpose.AMEND)
    assert list(copy.accepted_warnings.values_list("code", "place", "reason")) == [("c", "p", "r")]
    assert list(copy.not_applicable.values_list("reason", flat=True)) == ["không có"]
    assert (source.accepted_warnings.count(), source.not_applicable.count()) == (1, 1)


def blank(value: Any) -> bool:
    return value in ("", None, False, [], {})


def rule_of(section: str, key: str) -> Rule:
    model, names = ROWS[section]
    return CLONE_MAP[model][names.get(key, key)]


@pytest.mark.django_db
@pytest.mark.parametrize("purpose", list(Purpose))
def test_what_is_skipped_is_left_blank(real: dict[str, Plan], purpose: Purpose) -> None:
    for key in (S001, S003):
        values = copied(real[key], purpose)
        kept = {
            (section, name)
            for section in ROWS
            for row in values[section]
            for name, value in row.items()
            if not blank(value)
        }
        assert {
            (section, name)
            for section, name in kept
            if rule_of(section, name).of(purpose) is How.SKIP and name != "uid"
        } == set()


@pytest.mark.django_db
def test_a_derived_row_has_its_own_identity_and_a_source(real: dict[str, Plan]) -> None:
    source = real[S003]
    values = copied(source, Purpose.DERIVE)
    theirs = set(source.content_items.values_list("uid", flat=True))
    assert len(theirs) == 9
    assert theirs.isdisjoint(row["uid"] for row in values["content"])
    assert [row["source"] for row in values["content"]] == list(
        source.content_items.order_by("order").values_list("pk", flat=True)
    )
    assert [row["title"] for row in values["content"]] == list(
        source.content_items.order_by("order").values_list("title", flat=True)
    )
