"""The tables as they stood in November 2026: a new installation makes them at once."""

import cchc.lib.clock
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("reporting", "0001_initial"),
        ("reporting", "0002_run_docx"),
        ("reporting", "0003_run_of_a_draft"),
        ("reporting", "0004_regimes_and_period_reports"),
    ]

    dependencies = [
        ("agencies", "0002_internal_clearance"),
        ("jobs", "0002_daily_runs"),
        ("plans", "0001_squashed_2026_11"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportRegime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("name", models.CharField(max_length=160, verbose_name="tên chế độ báo cáo")),
                (
                    "window_rule",
                    models.CharField(
                        choices=[("calendar", "calendar"), ("nd09", "nd09")],
                        max_length=12,
                        verbose_name="cách tính số liệu",
                    ),
                ),
                (
                    "set_by",
                    models.CharField(blank=True, max_length=120, verbose_name="văn bản quy định"),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regimes",
                        to="agencies.province",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regimes",
                        to="agencies.agency",
                    ),
                ),
                (
                    "closes_after",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="khóa sau hạn gửi (ngày)"
                    ),
                ),
                ("due_day", models.PositiveSmallIntegerField(default=20, verbose_name="ngày")),
                (
                    "due_rule",
                    models.CharField(
                        choices=[
                            ("last_month", "Ngày trong tháng cuối kỳ"),
                            ("next_month", "Ngày trong tháng sau kỳ"),
                            ("after_cut_off", "Số ngày làm việc sau ngày chốt số liệu"),
                        ],
                        default="last_month",
                        max_length=16,
                        verbose_name="cách tính hạn gửi",
                    ),
                ),
                ("kinds", models.JSONField(default=list, verbose_name="các kỳ")),
                ("quarters", models.JSONField(blank=True, default=list, verbose_name="các quý")),
                (
                    "reporter",
                    models.CharField(
                        choices=[
                            ("agency", "Cơ quan báo cáo Sở Nội vụ"),
                            ("unit", "Đơn vị báo cáo Văn phòng cơ quan"),
                        ],
                        default="agency",
                        max_length=8,
                        verbose_name="ai báo cáo",
                    ),
                ),
                (
                    "shift",
                    models.CharField(
                        choices=[
                            ("keep", "Giữ nguyên ngày đã ghi"),
                            ("before", "Lùi về ngày làm việc liền trước"),
                            ("after", "Chuyển sang ngày làm việc liền sau"),
                        ],
                        default="keep",
                        max_length=8,
                        verbose_name="khi hạn là ngày nghỉ",
                    ),
                ),
            ],
            options={
                "verbose_name": "chế độ báo cáo",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("agency", None)),
                        fields=("province", "year", "name"),
                        name="regime_once",
                    ),
                    models.UniqueConstraint(
                        fields=("agency", "year", "name"), name="regime_once_in_an_agency"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agency", None), ("reporter", "agency")),
                            models.Q(("agency__isnull", False), ("reporter", "unit")),
                            _connector="OR",
                        ),
                        name="regime_of_units_has_agency",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScheduledRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "report",
                    models.CharField(
                        choices=[
                            ("consolidated", "Báo cáo tổng hợp toàn tỉnh"),
                            ("plan", "Văn bản kế hoạch"),
                            ("period", "Báo cáo định kỳ"),
                        ],
                        max_length=20,
                        verbose_name="báo cáo",
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("docx", "Word (DOCX)"), ("xlsx", "Excel (XLSX)")],
                        max_length=4,
                        verbose_name="định dạng",
                    ),
                ),
                (
                    "every",
                    models.CharField(
                        choices=[
                            ("week", "tuần"),
                            ("month", "tháng"),
                            ("quarter", "quý"),
                            ("half", "kỳ 6 tháng"),
                            ("nine_months", "kỳ 9 tháng"),
                            ("year", "năm"),
                        ],
                        max_length=12,
                        verbose_name="mỗi",
                    ),
                ),
                ("next_on", models.DateField(verbose_name="lần tới")),
                (
                    "failures",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="số lần lỗi liên tiếp"
                    ),
                ),
                (
                    "paused_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="lý do tạm dừng"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scheduled_runs",
                        to="agencies.province",
                    ),
                ),
            ],
            options={
                "verbose_name": "lịch lập báo cáo",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("province", "report", "format", "every"), name="scheduled_run_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("every", ""), _negated=True),
                        name="scheduled_run_has_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("week", "tuần"),
                            ("month", "tháng"),
                            ("quarter", "quý"),
                            ("half", "kỳ 6 tháng"),
                            ("nine_months", "kỳ 9 tháng"),
                            ("year", "năm"),
                        ],
                        max_length=12,
                        verbose_name="loại kỳ",
                    ),
                ),
                ("code", models.CharField(max_length=8, verbose_name="kỳ")),
                ("window_start", models.DateField(verbose_name="số liệu từ ngày")),
                ("window_end", models.DateField(verbose_name="đến ngày chốt")),
                ("due_on", models.DateField(verbose_name="hạn gửi")),
                ("closes_on", models.DateField(blank=True, null=True, verbose_name="khóa sổ")),
                (
                    "regime",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="periods",
                        to="reporting.reportregime",
                    ),
                ),
                (
                    "changed_by",
                    models.CharField(blank=True, max_length=120, verbose_name="văn bản điều chỉnh"),
                ),
                ("cumulative_start", models.DateField(verbose_name="lũy kế từ ngày")),
            ],
            options={
                "verbose_name": "kỳ báo cáo",
                "constraints": [
                    models.UniqueConstraint(fields=("regime", "code"), name="report_period_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on__gte", models.F("window_start")),
                            ("window_end__gte", models.F("window_start")),
                        ),
                        name="report_period_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes_on", None),
                            ("closes_on__gte", models.F("due_on")),
                            _connector="OR",
                        ),
                        name="report_period_closes_after_due",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cumulative_start__lte", models.F("window_start"))),
                        name="report_period_is_part_of_its_year",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PeriodReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_started", "Chưa lập"),
                            ("draft", "Đang soạn"),
                            ("submitted", "Đã nộp"),
                            ("returned", "Bị trả lại"),
                            ("accepted", "Đã tiếp nhận"),
                        ],
                        default="not_started",
                        max_length=12,
                        verbose_name="trạng thái",
                    ),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="nộp lúc"),
                ),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="tiếp nhận lúc"),
                ),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="agencies.agency",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="reporting.reportperiod",
                    ),
                ),
                (
                    "first_submitted_on",
                    models.DateField(blank=True, null=True, verbose_name="ngày nộp lần đầu"),
                ),
                ("on_behalf", models.BooleanField(default=False, verbose_name="nộp thay")),
                (
                    "returned_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="trả lại lúc"),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("returned_reason", models.TextField(blank=True, verbose_name="lý do trả lại")),
                ("round", models.PositiveSmallIntegerField(default=0, verbose_name="lần nộp")),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="agencies.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "báo cáo định kỳ",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at", None), ("accepted_by", None)),
                            models.Q(
                                ("accepted_at__isnull", False), ("accepted_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="period_report_accepted_at_and_by",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("unit", None)),
                        fields=("agency", "period"),
                        name="period_report_once",
                    ),
                    models.UniqueConstraint(fields=("unit", "period"), name="unit_report_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("first_submitted_on", None),
                                ("submitted_at", None),
                                ("submitted_by", None),
                            ),
                            models.Q(
                                ("first_submitted_on__isnull", False),
                                ("submitted_at__isnull", False),
                                ("submitted_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="period_report_submitted_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("returned_at", None), ("returned_by", None)),
                            models.Q(
                                ("returned_at__isnull", False), ("returned_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="period_report_returned_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["submitted", "accepted"]), _negated=True),
                            models.Q(("round__gte", 1), ("submitted_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="period_report_submitted_is_frozen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True),
                            ("accepted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="period_report_accepted_by_somebody",
                    ),
                ],
                "indexes": [models.Index(fields=["period", "state"], name="period_report_state")],
            },
        ),
        migrations.CreateModel(
            name="Closing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(default=cchc.lib.clock.now, verbose_name="khóa lúc"),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="lý do khóa")),
                (
                    "reopened_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="mở lại đến"),
                ),
                (
                    "reopened_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="lý do mở lại"),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closings",
                        to="agencies.agency",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reopened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closings",
                        to="reporting.reportperiod",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closings",
                        to="agencies.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "khóa sổ",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reopened_by", None),
                                ("reopened_reason", ""),
                                ("reopened_until", None),
                            ),
                            models.Q(
                                ("reopened_by__isnull", False),
                                ("reopened_until__gt", models.F("closed_at")),
                                models.Q(("reopened_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="closing_reopened_with_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("unit", None)),
                        fields=("agency", "period"),
                        name="closing_once",
                    ),
                    models.UniqueConstraint(fields=("unit", "period"), name="closing_of_unit_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "report",
                    models.CharField(
                        choices=[
                            ("consolidated", "Báo cáo tổng hợp toàn tỉnh"),
                            ("plan", "Văn bản kế hoạch"),
                            ("period", "Báo cáo định kỳ"),
                        ],
                        max_length=20,
                        verbose_name="báo cáo",
                    ),
                ),
                ("period", models.CharField(blank=True, max_length=8, verbose_name="kỳ")),
                (
                    "format",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("docx", "Word (DOCX)"), ("xlsx", "Excel (XLSX)")],
                        max_length=4,
                        verbose_name="định dạng",
                    ),
                ),
                ("as_of", models.DateField(verbose_name="tính đến ngày")),
                (
                    "ordered_at",
                    models.DateTimeField(default=cchc.lib.clock.now, verbose_name="yêu cầu lúc"),
                ),
                ("frozen", models.JSONField(blank=True, null=True, verbose_name="số liệu chốt")),
                ("frozen_at", models.DateTimeField(blank=True, null=True, verbose_name="chốt lúc")),
                ("file", models.CharField(blank=True, max_length=200, verbose_name="tệp")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="cỡ tệp")),
                (
                    "job",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="run",
                        to="jobs.job",
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="agencies.province",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="runs",
                        to="plans.plan",
                    ),
                ),
                (
                    "period_report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="reporting.periodreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "lượt lập báo cáo",
                "indexes": [
                    models.Index(fields=["province", "-ordered_at", "-id"], name="run_province_at")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file", ""), ("sha256", "")),
                            models.Q(
                                models.Q(("file", ""), _negated=True),
                                models.Q(("sha256", ""), _negated=True),
                                ("frozen__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="run_file_has_hash_and_figures",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("period", ""),
                                ("period_report", None),
                                ("plan__isnull", False),
                                ("report", "plan"),
                            ),
                            models.Q(
                                ("period_report__isnull", False),
                                ("plan", None),
                                ("report", "period"),
                                models.Q(("period", ""), _negated=True),
                            ),
                            models.Q(
                                ("period_report", None),
                                ("plan", None),
                                ("report", "consolidated"),
                                models.Q(("period", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="run_of_a_plan_or_a_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(verbose_name="lần nộp")),
                (
                    "scope",
                    models.CharField(
                        choices=[("period", "Trong kỳ"), ("year", "Lũy kế")],
                        max_length=10,
                        verbose_name="phạm vi",
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("total", "Tổng cộng"),
                            ("unit", "Đơn vị"),
                            ("channel", "Kênh"),
                            ("task", "Nhiệm vụ"),
                        ],
                        max_length=8,
                        verbose_name="theo",
                    ),
                ),
                ("order", models.PositiveIntegerField(verbose_name="thứ tự")),
                ("label", models.TextField(verbose_name="tên")),
                (
                    "pieces",
                    models.PositiveIntegerField(default=0, verbose_name="tin, bài, hoạt động"),
                ),
                ("expected", models.PositiveIntegerField(default=0, verbose_name="phải thực hiện")),
                ("met", models.PositiveIntegerField(default=0, verbose_name="đúng hạn")),
                ("met_late", models.PositiveIntegerField(default=0, verbose_name="trễ hạn")),
                ("missed", models.PositiveIntegerField(default=0, verbose_name="chưa đạt")),
                ("pending", models.PositiveIntegerField(default=0, verbose_name="chờ duyệt")),
                ("not_due", models.PositiveIntegerField(default=0, verbose_name="chưa đến hạn")),
                ("waived", models.PositiveIntegerField(default=0, verbose_name="được miễn")),
                ("outside", models.PositiveIntegerField(default=0, verbose_name="ngoài mẫu số")),
                ("explained", models.PositiveIntegerField(default=0, verbose_name="có giải trình")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="reporting.periodreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "số liệu chốt",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "round", "scope", "group", "order"),
                        name="report_figure_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "expected",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("met"), "+", models.F("met_late")
                                            ),
                                            "+",
                                            models.F("missed"),
                                        ),
                                        "+",
                                        models.F("pending"),
                                    ),
                                    "+",
                                    models.F("not_due"),
                                ),
                            )
                        ),
                        name="report_figure_adds_up",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportSection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=20, verbose_name="mục")),
                ("text", models.TextField(blank=True, verbose_name="nội dung")),
                ("drafted", models.TextField(blank=True, verbose_name="bản phần mềm soạn")),
                ("returned_reason", models.TextField(blank=True, verbose_name="lý do trả lại")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="report_sections",
                        to="reporting.periodreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "mục của báo cáo",
                "constraints": [
                    models.UniqueConstraint(fields=("report", "key"), name="report_section_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="lần nộp")),
                ("words", models.JSONField(default=dict, verbose_name="các mục")),
                ("agency_name", models.CharField(max_length=200, verbose_name="tên cơ quan")),
                (
                    "unit_name",
                    models.CharField(blank=True, max_length=160, verbose_name="tên đơn vị"),
                ),
                ("window_start", models.DateField(verbose_name="số liệu từ ngày")),
                ("window_end", models.DateField(verbose_name="đến ngày chốt")),
                ("cumulative_start", models.DateField(verbose_name="lũy kế từ ngày")),
                ("submitted_at", models.DateTimeField(verbose_name="nộp lúc")),
                ("on_behalf", models.BooleanField(default=False, verbose_name="nộp thay")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rounds",
                        to="reporting.periodreport",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "lần nộp báo cáo",
                "constraints": [
                    models.UniqueConstraint(fields=("report", "number"), name="report_round_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cumulative_start__lte", models.F("window_start")),
                            ("window_end__gte", models.F("window_start")),
                        ),
                        name="report_round_days_in_order",
                    ),
                ],
            },
        ),
    ]
