"""The addresses of this floor."""

from django.urls import path

from reporting.views import figures, period_reports, plans, regimes, runs

app_name = "reporting"

urlpatterns = [
    path("toan-tinh/", figures.province_matrix, name="province-matrix"),
    path("co-quan/", figures.agency_matrix, name="agency-matrix"),
    path("don-vi/", figures.unit_owes, name="unit-owes"),
    path("ke-hoach/<int:pk>/pdf/", plans.plan_pdf, name="plan-pdf"),
    path("ke-hoach/<int:pk>/docx/", plans.plan_docx, name="plan-docx"),
    path("dinh-ky/", period_reports.report_list, name="report-list"),
    path("dinh-ky/<int:pk>/", period_reports.report_detail, name="report-detail"),
    path("dinh-ky/<int:pk>/lap/", period_reports.report_begin, name="report-begin"),
    path("dinh-ky/<int:pk>/muc/<slug:key>/", period_reports.report_write, name="report-write"),
    path(
        "dinh-ky/<int:pk>/muc/<slug:key>/soan-lai/",
        period_reports.report_redraft,
        name="report-redraft",
    ),
    path("dinh-ky/<int:pk>/nop/", period_reports.report_submit, name="report-submit"),
    path(
        "dinh-ky/<int:pk>/tep/<slug:file_format>/", period_reports.report_print, name="report-print"
    ),
    path("dinh-ky/<int:pk>/tra-lai/", period_reports.report_return, name="report-return"),
    path("dinh-ky/<int:pk>/tiep-nhan/", period_reports.report_accept, name="report-accept"),
    path("dinh-ky/<int:pk>/mo-lai/", period_reports.report_reopen, name="report-reopen"),
    path("che-do/", regimes.regime_list, name="regime-list"),
    path("che-do/dat/<str:place>/<slug:template>/", regimes.regime_add, name="regime-add"),
    path("che-do/ky/<int:pk>/", regimes.period_change, name="period-change"),
    path("che-do/<int:pk>/xoa/", regimes.regime_remove, name="regime-remove"),
    path("tong-hop/", runs.run_list, name="run-list"),
    path("tong-hop/lap/", runs.run_order, name="run-order"),
    path("tong-hop/<int:pk>/", runs.run_detail, name="run-detail"),
    path("tong-hop/<int:pk>/tien-do/", runs.run_progress, name="run-progress"),
    path("tong-hop/<int:pk>/tep/", runs.run_download, name="run-download"),
    path("tong-hop/<int:pk>/huy/", runs.run_cancel, name="run-cancel"),
]
