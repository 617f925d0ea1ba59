"""What is larger than anything that is accepted is counted as it arrives, and not kept.

Stands before Django's own upload handlers on every page: a post of 1 GB fills neither memory nor
disk, and its form still learns the true size and answers with a sentence.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from cchc.lib.filetypes import MAX_BYTES

MAX_REQUEST = 100 * 1024 * 1024  # of all files of one post


class NotKept(UploadedFile):
    """A file that was too large, alone or with the others of its post: its size and no content."""


class SizeLimits(FileUploadHandler):
    """Passes on what is within the limits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = 0
        self.is_over = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin counting."""
        super().new_file(*args, **kwargs)
        self.is_over = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The chunk, or nothing once the file or the post has passed its limit."""
        size = start + len(raw_data)
        if not self.is_over and (size > MAX_BYTES or self.kept + size > MAX_REQUEST):
            self.is_over = True
        return None if self.is_over else raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """What was not kept, under its name and true size; the next handler has the others."""
        if self.is_over:
            return NotKept(file=BytesIO(), name=self.file_name, content_type="", size=file_size)
        self.kept += file_size
        return None
