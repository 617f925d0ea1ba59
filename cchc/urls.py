"""Every address of the program; each floor keeps its own."""

from django.urls import include, path

from cchc import views
from cchc.wiring import wire

wire()

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.health, name="health"),
    path("tai-khoan/", include("agencies.urls")),
    path("ke-hoach/", include("plans.urls")),
    path("tuyen-truyen/", include("outreach.urls")),
    path("bao-cao/", include("reporting.urls")),
]

handler400 = "cchc.views.bad_request"
handler403 = "cchc.views.forbidden"
handler404 = "cchc.views.not_found"
handler500 = "cchc.views.broken"
