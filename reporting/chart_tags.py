"""The template tag that writes the shapes of a drawing.

In Python, as the body of a table is: the bars of 200 agencies are a thousand shapes, which nested
template loops write three times slower. Every value passes through Django's ``escape``.
"""

from __future__ import annotations

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from reporting.charts.drawing import Chart, Group, Shape

register = template.Library()


@register.simple_tag
def shapes(chart: Chart) -> SafeString:
    """All groups of a drawing, each with what pointing at it says."""
    return SafeString("".join(map(_group, chart.groups)))


@register.simple_tag
def shape(one: Shape) -> SafeString:
    """A single shape."""
    return SafeString(_shape(one))


def _group(group: Group) -> str:
    note = f"<title>{escape(group.note)}</title>" if group.note else ""
    return f"<g>{note}{''.join(map(_shape, group.shapes))}</g>"


def _shape(one: Shape) -> str:
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in one.attributes)
    return f"<{one.tag}{attributes}>{escape(one.text)}</{one.tag}>"
