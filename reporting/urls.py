"""The addresses of this floor."""

from django.urls import path

from reporting.views import figures, plans, runs

app_name = "reporting"

urlpatterns = [
    path("toan-tinh/", figures.province_matrix, name="province-matrix"),
    path("co-quan/", figures.agency_matrix, name="agency-matrix"),
    path("don-vi/", figures.unit_owes, name="unit-owes"),
    path("ke-hoach/<int:pk>/pdf/", plans.plan_pdf, name="plan-pdf"),
    path("ke-hoach/<int:pk>/docx/", plans.plan_docx, name="plan-docx"),
    path("tong-hop/", runs.run_list, name="run-list"),
    path("tong-hop/lap/", runs.run_order, name="run-order"),
    path("tong-hop/<int:pk>/", runs.run_detail, name="run-detail"),
    path("tong-hop/<int:pk>/tien-do/", runs.run_progress, name="run-progress"),
    path("tong-hop/<int:pk>/tep/", runs.run_download, name="run-download"),
    path("tong-hop/<int:pk>/huy/", runs.run_cancel, name="run-cancel"),
]
