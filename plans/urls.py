"""Addresses of the plans floor."""

from django.urls import path

from plans import views

app_name = "plans"
urlpatterns = [
    path("", views.plan_list, name="plan-list"),
    path("<int:pk>/", views.plan_detail, name="plan-detail"),
    path("<int:pk>/ban-hanh/", views.plan_issue, name="plan-issue"),
    path("<int:pk>/chap-nhan/", views.plan_warning_accept, name="plan-warning-accept"),
]
