"""What proves an activity: files and addresses are added, and voided with a reason."""

from __future__ import annotations

from django.db import transaction

from agencies.audit import Verb, record
from agencies.models import User
from cchc.lib import clock, filetypes, vault
from cchc.lib.decisions import Refused, require
from cchc.lib.filetypes import LONGEST_NAME, FileRefused, FileType
from cchc.lib.text import squeeze
from outreach import addresses, moves
from outreach.models import Activity, Evidence
from outreach.models.evidence import EvidenceQuerySet
from outreach.models.link import LinkState
from outreach.policies import EVIDENCE_VOID, may_prove, may_void_evidence

FILE_ADDED = Verb("evidence.add_file", "Thêm tệp minh chứng")
LINK_ADDED = Verb("evidence.add_link", "Thêm đường dẫn minh chứng")
VOIDED = Verb("evidence.void", "Hủy minh chứng")

MOST = 50
TOO_MANY = f"Hoạt động đã có {MOST} minh chứng; hãy gộp các trang vào một tệp PDF."
FILE_KNOWN = "Tệp này đã có trong minh chứng với tên “{title}”."
LINK_KNOWN = "Đường dẫn này đã có trong minh chứng: “{title}”."
REASON_NEEDED = "Hãy ghi lý do hủy minh chứng."


@transaction.atomic
def add_file(*, by: User, activity: Activity, name: str, content: bytes) -> Evidence:
    """Keep a file that its content shows to be what it says it is."""
    require(may_prove(by, activity))
    kind = _checked(content, name)
    others = _others(activity)
    kept = vault.keep(content)
    known = others.filter(sha256=kept.sha256).first()
    if known is not None:
        raise Refused(FILE_KNOWN.format(title=known))
    evidence = Evidence.objects.create(
        activity=activity,
        title=filetypes.clean_name(name, kind),
        sha256=kept.sha256,
        file_type=kind.value,
        size=kept.size,
        added_by=by,
    )
    told = {"name": evidence.title, "sha256": kept.sha256, "size": kept.size}
    record(FILE_ADDED, activity, by=by, agency=activity.agency, after=told)
    return evidence


@transaction.atomic
def add_link(*, by: User, activity: Activity, url: str, title: str = "") -> Evidence:
    """Note an address; nothing is fetched, and one in a private network never will be."""
    require(may_prove(by, activity))
    url = url.strip()
    if wrong := addresses.fault(url):
        raise Refused(wrong)
    print_ = addresses.fingerprint(url)
    for known in _others(activity).exclude(url=""):
        if addresses.fingerprint(known.url) == print_:
            raise Refused(LINK_KNOWN.format(title=known))
    evidence = Evidence.objects.create(
        activity=activity,
        title=(squeeze(title) or addresses.normalise(url))[:LONGEST_NAME],
        url=url,
        link_state=LinkState.PRIVATE if addresses.is_private(url) else LinkState.UNCHECKED,
        added_by=by,
    )
    told = {"title": evidence.title, "url": url}
    record(LINK_ADDED, activity, by=by, agency=activity.agency, after=told)
    return evidence


@transaction.atomic
def void(*, by: User, evidence: Evidence, reason: str) -> Evidence:
    """It does not hold; the agency still sees it, with the reason."""
    require(may_void_evidence(by, evidence))
    reason = reason.strip()
    if not reason:
        raise Refused(REASON_NEEDED)
    changes = {"voided_at": clock.now(), "voided_by": by, "voided_reason": reason}
    if Evidence.objects.standing().filter(pk=evidence.pk).update(**changes) != 1:
        raise Refused(EVIDENCE_VOID)
    for name, value in changes.items():
        setattr(evidence, name, value)
    told = {"title": evidence.title, "sha256": evidence.sha256, "url": evidence.url}
    activity = evidence.activity
    record(VOIDED, activity, by=by, agency=activity.agency, reason=reason, before=told)
    return evidence


def _checked(content: bytes, name: str) -> FileType:
    try:
        return filetypes.checked_type(content, name)
    except FileRefused as refusal:
        raise Refused(str(refusal)) from refusal


def _others(activity: Activity) -> EvidenceQuerySet:
    """The evidence that stands, while nobody else adds any."""
    moves.hold(activity)
    others = Evidence.objects.standing().filter(activity=activity)
    if others.count() >= MOST:
        raise Refused(TOO_MANY)
    return others
