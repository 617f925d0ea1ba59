"""Run inside ``manage.py shell`` by test_kill: a province large enough to be killed in."""

from django.db import transaction

from reporting.actions import runs
from reporting.models.run import FileFormat
from tests.reporting.world import AS_OF, QUARTER, make_world

AGENCIES = 120


def main() -> None:
    """Fill the database and order one PDF."""
    with transaction.atomic():
        world = make_world(AGENCIES)
    runs.order(
        province=world.province,
        period=QUARTER,
        file_format=FileFormat.PDF,
        as_of=AS_OF,
        by=world.users["home"],
    )
