"""Obligations by the end of their windows: a year of a province is one stretch of the index."""

from __future__ import annotations

from django.db import migrations, models

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
        schema_editor.execute(f"ALTER TABLE plans_obligation SET ({told})")


def sweep_late(apps, schema_editor):
    """As the server does with every table."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE plans_obligation RESET ({', '.join(_SWEPT)})")


class Migration(migrations.Migration):
    dependencies = [("plans", "0010_channel_without_addresses")]

    operations = [
        migrations.RemoveIndex(model_name="obligation", name="obligation_agency_window"),
        migrations.RemoveIndex(model_name="obligation", name="obligation_province_window"),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(fields=["agency", "window_end"], name="obligation_agency_end"),
        ),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(fields=["province", "window_end"], name="obligation_province_end"),
        ),
        migrations.RunPython(sweep_soon, sweep_late),
    ]
