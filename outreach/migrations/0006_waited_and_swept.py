"""What waited for its channel, and what was sent last, without reading all years of an agency."""

from __future__ import annotations

from django.db import migrations, models

_TABLES = ("outreach_activity", "outreach_placement", "outreach_fulfilment")
# PostgreSQL reads the results from their index alone while what changed is swept up soon.
_SWEPT = (
    "autovacuum_vacuum_scale_factor",
    "autovacuum_vacuum_insert_scale_factor",
    "autovacuum_analyze_scale_factor",
)


def sweep_soon(apps, schema_editor):
    """Vacuum after a hundredth of the rows has changed instead of a fifth."""
    if schema_editor.connection.vendor == "postgresql":
        told = ", ".join(f"{name} = 0.01" for name in _SWEPT)
        for table in _TABLES:
            schema_editor.execute(f"ALTER TABLE {table} SET ({told})")


def sweep_late(apps, schema_editor):
    """As the server does with every table."""
    if schema_editor.connection.vendor == "postgresql":
        for table in _TABLES:
            schema_editor.execute(f"ALTER TABLE {table} RESET ({', '.join(_SWEPT)})")


class Migration(migrations.Migration):
    dependencies = [("outreach", "0005_title_search")]

    operations = [
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(
                condition=models.Q(("state__in", ["sent", "approved"])),
                fields=["agency", "sent_on"],
                name="placement_undecided",
            ),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(
                condition=models.Q(("state__in", ["returned", "refused"])),
                fields=["agency", "decided_on"],
                name="placement_turned_down",
            ),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(
                fields=["province", "-sent_on", "-id"], name="placement_province_sent"
            ),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(fields=["agency", "-sent_on", "-id"], name="placement_agency_sent"),
        ),
        migrations.RunPython(sweep_soon, sweep_late),
    ]
