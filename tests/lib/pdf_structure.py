"""The structure of a tagged PDF as plain values, and what is wrong with it."""

from __future__ import annotations

import re
from typing import Any

import pikepdf

_PIECE = re.compile(rb"/\w+\s*<</MCID (\d+)>>\s*BDC")


def tree(opened: pikepdf.Pdf) -> list[Any]:
    """``[kind, child, …]`` for each element; pieces of text are left out."""
    return _element(opened.Root.StructTreeRoot.K)


def _element(element: Any) -> list[Any]:
    return [str(element.S)[1:], *(_element(kid) for kid in kids(element) if _is_element(kid))]


def kids(element: Any) -> list[Any]:
    """What is in an element, also where it is one thing."""
    found = element.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def _is_element(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def elements(opened: pikepdf.Pdf, kind: str) -> list[Any]:
    """All elements of a kind, in order."""
    found = []
    waiting = [opened.Root.StructTreeRoot.K]
    while waiting:
        element = waiting.pop(0)
        if str(element.S) == f"/{kind}":
            found.append(element)
        waiting = [kid for kid in kids(element) if _is_element(kid)] + waiting
    return found


def faults(opened: pikepdf.Pdf) -> list[str]:
    """Pieces that no element owns, owners that do not know their piece, children of others."""
    found = []
    owners = _owners(opened.Root.StructTreeRoot.ParentTree)
    for number, page in enumerate(opened.pages):
        if page.StructParents != number:
            found.append(f"page {number} says {page.StructParents}")
        for piece in _pieces(page):
            owner = owners[number][piece] if piece < len(owners[number]) else None
            if not _is_element(owner) or not _has(owner, page, piece):
                found.append(f"page {number} piece {piece}")
    waiting = [opened.Root.StructTreeRoot.K]
    for element in waiting:
        below = [kid for kid in kids(element) if _is_element(kid)]
        found += [f"child {kid.S}" for kid in below if kid.P.objgen != element.objgen]
        waiting += below
    return found


def _pieces(page: pikepdf.Page) -> list[int]:
    content = page.Contents
    streams = list(content) if isinstance(content, pikepdf.Array) else [content]
    said = b"\n".join(stream.read_bytes() for stream in streams)
    return [int(found[1]) for found in _PIECE.finditer(said)]


def _has(owner: Any, page: pikepdf.Page, piece: int) -> bool:
    for kid in kids(owner):
        if isinstance(kid, int) and kid == piece and owner.Pg.objgen == page.objgen:
            return True
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/MCID") == piece:
            return bool(kid.Pg.objgen == page.objgen)
    return False


def _owners(node: Any) -> dict[int, Any]:
    if "/Kids" in node:
        return {number: found for kid in node.Kids for number, found in _owners(kid).items()}
    nums = node.Nums
    return {int(nums[at]): nums[at + 1] for at in range(0, len(nums), 2)}
