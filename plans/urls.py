"""Addresses of the plans floor."""

from django.urls import path

from plans.views import plans

app_name = "plans"
urlpatterns = [
    path("", plans.plan_list, name="plan-list"),
    path("<int:pk>/", plans.plan_detail, name="plan-detail"),
    path("<int:pk>/ban-hanh/", plans.plan_issue, name="plan-issue"),
    path("<int:pk>/chap-nhan/", plans.plan_warning_accept, name="plan-warning-accept"),
]
