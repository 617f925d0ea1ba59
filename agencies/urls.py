"""Addresses of the agencies floor."""

from django.urls import path

from agencies import calendar_views, unit_views, views

app_name = "agencies"
urlpatterns = [
    path("dang-nhap/", views.log_in, name="login"),
    path("dang-xuat/", views.log_out, name="logout"),
    path("doi-mat-khau/", views.password_change, name="password-change"),
    path("nguoi-dung/", views.user_list, name="user-list"),
    path("nguoi-dung/moi/", views.user_add, name="user-add"),
    path("nguoi-dung/<int:pk>/khoa-mo/", views.user_switch, name="user-switch"),
    path("don-vi/", unit_views.unit_list, name="unit-list"),
    path("don-vi/them/", unit_views.unit_add, name="unit-add"),
    path("don-vi/duyet-noi-bo/<int:pk>/", unit_views.clearance_switch, name="clearance-switch"),
    path("don-vi/<int:pk>/sua/", unit_views.unit_edit, name="unit-edit"),
    path("don-vi/<int:pk>/ket-thuc/", unit_views.unit_end, name="unit-end"),
    path("don-vi/<int:pk>/xoa/", unit_views.unit_remove, name="unit-remove"),
    path("ngay-nghi/", calendar_views.day_list, name="calendar-day-list"),
    path("ngay-nghi/them/", calendar_views.day_add, name="calendar-day-add"),
    path("ngay-nghi/<int:pk>/sua/", calendar_views.day_edit, name="calendar-day-edit"),
    path("ngay-nghi/<int:pk>/bo/", calendar_views.day_remove, name="calendar-day-remove"),
    path("nhat-ky/", views.audit_list, name="audit-list"),
]
