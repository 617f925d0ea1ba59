"""A URL list with one view that declares no access."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("secret")


urlpatterns = [path("quen/", forgotten)]
handler403 = "cchc.views.forbidden"
