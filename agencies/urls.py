"""Addresses of the agencies floor."""

from django.urls import path

from agencies import views

app_name = "agencies"
urlpatterns = [
    path("dang-nhap/", views.log_in, name="login"),
    path("dang-xuat/", views.log_out, name="logout"),
    path("doi-mat-khau/", views.password_change, name="password-change"),
    path("nguoi-dung/", views.user_list, name="user-list"),
    path("nguoi-dung/moi/", views.user_add, name="user-add"),
    path("nguoi-dung/<int:pk>/khoa-mo/", views.user_switch, name="user-switch"),
    path("nhat-ky/", views.audit_list, name="audit-list"),
]
