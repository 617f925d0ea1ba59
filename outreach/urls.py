"""Addresses of the outreach floor."""

from django.urls import path

from outreach.views import activities, evidence, explanations, obligations, placements, turns

app_name = "outreach"
urlpatterns = [
    path("tin-bai/", activities.activity_list, name="activity-list"),
    path("tin-bai/moi/", activities.activity_add, name="activity-add"),
    path("tin-bai/<int:pk>/", activities.activity_detail, name="activity-detail"),
    path("tin-bai/<int:pk>/sua/", activities.activity_edit, name="activity-edit"),
    path("tin-bai/<int:pk>/gui/", activities.placement_send, name="placement-send"),
    path("tin-bai/<int:pk>/minh-chung/", evidence.evidence_add, name="evidence-add"),
    path("tin-bai/<int:pk>/minh-chung/duong-dan/", evidence.evidence_link, name="evidence-link"),
    path("minh-chung/<int:pk>/tai-ve/", evidence.evidence_download, name="evidence-download"),
    path("minh-chung/<int:pk>/huy/", evidence.evidence_void, name="evidence-void"),
    path("cho-duyet/", placements.review_queue, name="review-queue"),
    path("luot-gui/<int:pk>/duyet/", placements.placement_approve, name="placement-approve"),
    path("luot-gui/<int:pk>/tra-lai/", placements.placement_return, name="placement-return"),
    path("luot-gui/<int:pk>/dang/", placements.placement_publish, name="placement-publish"),
    path("ket-qua/<int:pk>/khong-tinh/", placements.fulfilment_void, name="fulfilment-void"),
    path("dau-viec/<int:pk>/", obligations.obligation_detail, name="obligation-detail"),
    path(
        "dau-viec/<int:pk>/giai-trinh/", explanations.obligation_explain, name="obligation-explain"
    ),
    path("dau-viec/<int:pk>/mien/", explanations.obligation_waive, name="obligation-waive"),
    path(
        "dau-viec/<int:pk>/bo-mien/",
        explanations.obligation_undo_waiver,
        name="obligation-undo-waiver",
    ),
    path("giai-trinh/", explanations.explanation_list, name="explanation-list"),
    path(
        "giai-trinh/<int:pk>/chap-nhan/",
        explanations.explanation_accept,
        name="explanation-accept",
    ),
    path(
        "giai-trinh/<int:pk>/khong-chap-nhan/",
        explanations.explanation_refuse,
        name="explanation-refuse",
    ),
    path("dau-viec/<int:pk>/doi-luot/", turns.turn_change, name="turn-change"),
    path("luan-phien/<int:pk>/", turns.plan_turns, name="plan-turns"),
]
