"""Conventions that test themselves."""

from __future__ import annotations

import inspect
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps
from django.core.checks import run_checks

import agencies.actions.accounts
import agencies.actions.calendar
import agencies.actions.clearance
import agencies.actions.directory
import agencies.actions.units
import outreach.actions.activities
import outreach.actions.digests
import outreach.actions.evidence
import outreach.actions.explanations
import outreach.actions.feeds
import outreach.actions.fulfilment
import outreach.actions.links
import outreach.actions.placements
import outreach.actions.results_import
import outreach.actions.saved_views
import plans.actions.amend
import plans.actions.annex
import plans.actions.annex_imports
import plans.actions.channel_book
import plans.actions.channels
import plans.actions.derive
import plans.actions.drafts
import plans.actions.issue
import plans.actions.life
import plans.actions.next_year
import plans.actions.proposals
import plans.actions.quotas
import plans.actions.record
import plans.actions.register
import plans.actions.signed_files
import plans.actions.start
import plans.actions.turns
import plans.actions.uptake
import plans.actions.waivers
import plans.actions.warnings
import reporting.actions.notices
import reporting.actions.period_reports
import reporting.actions.regimes
import reporting.actions.runs
import reporting.actions.schedules
import reporting.actions.score_terms
import reporting.actions.scores
import reporting.actions.summaries
from outreach.workflow import MOVES
from plans.models import Plan

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("cchc", "agencies", "plans", "outreach", "reporting", "demo")
SOURCES = sorted(
    path
    for floor in FLOORS
    for path in (ROOT / floor).rglob("*.py")
    if "migrations" not in path.parts
)
ACTIONS = [
    agencies.actions.accounts,
    agencies.actions.calendar,
    agencies.actions.clearance,
    agencies.actions.directory,
    agencies.actions.units,
    plans.actions.amend,
    plans.actions.life,
    plans.actions.signed_files,
    plans.actions.annex,
    plans.actions.annex_imports,
    plans.actions.channel_book,
    plans.actions.channels,
    plans.actions.derive,
    plans.actions.drafts,
    plans.actions.issue,
    plans.actions.next_year,
    plans.actions.proposals,
    plans.actions.quotas,
    plans.actions.record,
    plans.actions.register,
    plans.actions.start,
    plans.actions.turns,
    plans.actions.uptake,
    plans.actions.waivers,
    plans.actions.warnings,
    outreach.actions.activities,
    outreach.actions.explanations,
    outreach.actions.placements,
    outreach.actions.results_import,
    outreach.actions.saved_views,
    outreach.actions.feeds,
    outreach.actions.fulfilment,
    outreach.actions.evidence,
    outreach.actions.digests,
    outreach.actions.links,
    reporting.actions.notices,
    reporting.actions.period_reports,
    reporting.actions.regimes,
    reporting.actions.runs,
    reporting.actions.schedules,
    reporting.actions.summaries,
    reporting.actions.score_terms,
    reporting.actions.scores,
]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 400


def public_functions(module: ModuleType) -> list[object]:
    return [
        member
        for name, member in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and member.__module__ == module.__name__
    ]


def test_every_action_is_keyword_only_and_says_by_whom() -> None:
    faults = [
        f"{function.__module__}.{function.__name__}"  # type: ignore[attr-defined]
        for module in ACTIONS
        for function in public_functions(module)
        for parameters in [inspect.signature(function).parameters.values()]  # type: ignore[arg-type]
        if "by" not in [p.name for p in parameters]
        or any(p.kind is not inspect.Parameter.KEYWORD_ONLY for p in parameters)
    ]
    assert faults == []


def test_every_file_of_actions_is_in_the_list_above() -> None:
    files = {
        f"{floor}.actions.{path.stem}"
        for floor in FLOORS
        for path in (ROOT / floor / "actions").glob("*.py")
        if path.stem != "__init__"
    }
    assert files == {module.__name__ for module in ACTIONS}


def test_every_model_says_what_it_is() -> None:
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in FLOORS]
    undocumented = [
        model.__name__ for model in ours if (model.__doc__ or "").startswith(f"{model.__name__}(")
    ]
    assert undocumented == []
    assert [model.__name__ for model in ours if model._meta.ordering] == []


def test_a_moment_that_somebody_caused_has_its_person() -> None:
    # queued, started, finished: the machine's own; at, added, given, entered: beside by or author.
    alone = {"queued_at", "started_at", "finished_at", "entered_at", "frozen_at", "checked_at"}
    alone |= {"paused_at", "expired_at"}
    faults = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.split(".")[0] in FLOORS
        for names in [{f.name for f in model._meta.get_fields()}]
        for field in model._meta.get_fields()
        if field.name.endswith("_at")
        and field.name not in alone
        and field.name.removesuffix("_at") + "_by" not in names
    ]
    assert faults == []


def test_the_readme_draws_the_moves_that_the_code_allows() -> None:
    lines = [line.strip() for line in (ROOT / "README.md").read_text().splitlines()]
    drawn = {line for line in lines if "-->" in line and not line.startswith("[*]")}
    allowed = {
        f"{source.value} --> {move.target.value}: {move.label}"
        for move in MOVES
        for source in move.source
    }
    assert drawn == allowed


def test_the_program_refuses_to_start_with_an_undeclared_view(settings: object) -> None:
    settings.ROOT_URLCONF = "tests.house.undeclared_urls"  # type: ignore[attr-defined]
    assert [error.id for error in run_checks() if error.id == "cchc.E001"] == ["cchc.E001"]


def test_plans_are_never_ordered_behind_your_back() -> None:
    assert Plan.objects.all().ordered is False
