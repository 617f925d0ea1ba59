"""What search and the alphabet compare, for titles that are there already; their indexes.

On PostgreSQL also an index of the titles' words (outreach/title_search.py says how it is asked),
made of what every PostgreSQL has: no extension is needed. SQLite looks through the titles.
"""

from __future__ import annotations

from django.db import migrations, models

from cchc.lib.text import order_key, search_text

_BATCH = 1000


def fill(apps, schema_editor):
    """Write both forms beside every title."""
    activities = apps.get_model("outreach", "Activity").objects
    batch = []
    for activity in activities.only("title").iterator(chunk_size=_BATCH):
        activity.folded_title = search_text(activity.title)
        activity.title_order = order_key(activity.title)[:900]
        batch.append(activity)
        if len(batch) == _BATCH:
            activities.bulk_update(batch, ["folded_title", "title_order"])
            batch.clear()
    activities.bulk_update(batch, ["folded_title", "title_order"])


_LEXEMES = (
    "array_to_tsvector(string_to_array(substr(rtrim(folded_title)"
    " || replace(rtrim(folded_title), ' ', ' a' || ((id >> 13)::text) || ':')"
    " || replace(rtrim(folded_title), ' ', ' b' || ((id >> 16)::text) || ':'), 2), ' '))"
)
_INDEXES = {
    # Without a pending list: every search would have to read it.
    "activity_words": f"USING gin ({_LEXEMES}) WITH (fastupdate = off)",
    "activity_province_newest": "(province_id, id DESC) INCLUDE (folded_title, agency_id)",
    "activity_agency_newest": "(agency_id, id DESC) INCLUDE (folded_title)",
}


def index_words(apps, schema_editor):
    """Index the words of the titles, and the titles in the order of the list."""
    if schema_editor.connection.vendor == "postgresql":
        for name, columns in _INDEXES.items():
            schema_editor.execute(f"CREATE INDEX {name} ON outreach_activity {columns}")


def drop_words(apps, schema_editor):
    """Drop them."""
    if schema_editor.connection.vendor == "postgresql":
        for name in _INDEXES:
            schema_editor.execute(f"DROP INDEX {name}")


class Migration(migrations.Migration):

    dependencies = [("outreach", "0004_activity_review_and_reminders")]

    operations = [
        migrations.AlterField(
            model_name="activity",
            name="folded_title",
            field=models.CharField(
                editable=False, max_length=620, verbose_name="tiêu đề không dấu"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                fields=["province", "title_order", "id"], name="activity_province_title"
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["agency", "title_order", "id"], name="activity_agency_title"),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(fields=["province", "-id"], name="placement_province_newest"),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(fields=["agency", "-id"], name="placement_agency_newest"),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(
                fields=["province", "-published_on", "-id"], name="placement_province_day"
            ),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(
                fields=["agency", "-published_on", "-id"], name="placement_agency_day"
            ),
        ),
        migrations.RunPython(index_words, drop_words),
    ]
