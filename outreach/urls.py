"""Addresses of the outreach floor."""

from django.urls import path

from outreach.views import activities, obligations, placements, turns

app_name = "outreach"
urlpatterns = [
    path("tin-bai/", activities.activity_list, name="activity-list"),
    path("tin-bai/moi/", activities.activity_add, name="activity-add"),
    path("tin-bai/<int:pk>/", activities.activity_detail, name="activity-detail"),
    path("tin-bai/<int:pk>/sua/", activities.activity_edit, name="activity-edit"),
    path("tin-bai/<int:pk>/gui/", activities.placement_send, name="placement-send"),
    path("cho-duyet/", placements.review_queue, name="review-queue"),
    path("luot-gui/<int:pk>/duyet/", placements.placement_approve, name="placement-approve"),
    path("luot-gui/<int:pk>/tra-lai/", placements.placement_return, name="placement-return"),
    path("luot-gui/<int:pk>/dang/", placements.placement_publish, name="placement-publish"),
    path("ket-qua/<int:pk>/khong-tinh/", placements.fulfilment_void, name="fulfilment-void"),
    path("dau-viec/<int:pk>/", obligations.obligation_detail, name="obligation-detail"),
    path("dau-viec/<int:pk>/doi-luot/", turns.turn_change, name="turn-change"),
    path("luan-phien/<int:pk>/", turns.plan_turns, name="plan-turns"),
]
