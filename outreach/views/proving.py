"""What the pages that take evidence share: every file is judged by itself."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile

from agencies.models import User
from cchc.lib import filetypes
from cchc.lib.decisions import Refused
from cchc.lib.filetypes import FileRefused
from cchc.lib.upload_limits import MAX_REQUEST, NotKept
from outreach.actions import evidence as actions
from outreach.models import Activity, Evidence
from outreach.views.proofs import Refusal, Sent

TOGETHER_TOO_LARGE = (
    f"Các tệp gửi cùng lúc nặng quá {MAX_REQUEST // 1024 // 1024} MB; hãy gửi tệp này ở lần sau."
)


def add_files(user: User, activity: Activity, files: Iterable[UploadedFile]) -> Sent:
    """Keep every file that is what it should be; say of the others why not."""
    kept: list[str] = []
    refused: list[Refusal] = []
    for file in files:
        try:
            kept.append(_add(user, activity, file).title)
        except Refused as refusal:
            refused.append(Refusal(file.name or "", str(refusal)))
    return Sent(kept, refused)


def _add(user: User, activity: Activity, file: UploadedFile) -> Evidence:
    try:
        filetypes.check_size(file.size or 0)
    except FileRefused as refusal:
        raise Refused(str(refusal)) from refusal
    if isinstance(file, NotKept):
        raise Refused(TOGETHER_TOO_LARGE)
    return actions.add_file(by=user, activity=activity, name=file.name or "", content=file.read())
