"""Vendored files are what their README says; every drawing a page names exists."""

import hashlib
import re

import pytest
from django.conf import settings

STATIC = settings.BASE_DIR / "static"
LISTED = [
    (folder, name, digest)
    for folder in ("vendor", "fonts")
    for name, digest in re.findall(
        r"^\| `([^`]+)` \|.*`([0-9a-f]{64})` \|$", (STATIC / folder / "README.md").read_text(), re.M
    )
]
SUFFIXES = {".css", ".js", ".svg", ".woff2", ".ttf"}


@pytest.mark.parametrize(("folder", "name", "digest"), LISTED)
def test_vendored_file_is_the_listed_one(folder, name, digest):
    assert hashlib.sha256((STATIC / folder / name).read_bytes()).hexdigest() == digest


def test_no_vendored_file_is_unlisted():
    listed = {STATIC / folder / name for folder, name, _ in LISTED}
    there = {
        path
        for folder in ("vendor", "fonts")
        for path in (STATIC / folder).rglob("*")
        if path.suffix in SUFFIXES
    }
    assert there == listed


def test_nothing_points_at_a_source_map_or_another_host():
    for path in STATIC.rglob("*"):
        if path.suffix in {".css", ".js"}:
            text = path.read_text()
            assert "sourceMappingURL" not in text
            assert not re.search(r"url\(['\"]?(https?:)?//", text)


def test_every_icon_that_a_template_names_is_drawn():
    drawn = set(
        re.findall(r'<symbol id="([^"]+)"', (STATIC / "vendor/icons/icons.svg").read_text())
    )
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        named = set(re.findall(r'{% icon ["\']([\w-]+)["\']', path.read_text()))
        assert named <= drawn, path


def test_templates_keep_the_strict_content_policy():
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        if path.parent.name == "print":
            continue
        text = path.read_text()
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), path
