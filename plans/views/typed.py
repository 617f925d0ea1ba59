"""What a script of the page posted, and what a form has to say to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpRequest


def posted(request: HttpRequest) -> dict[str, Any]:
    """The posted JSON object; an empty one when it is anything else."""
    try:
        data: Any = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def texts(request: HttpRequest) -> dict[str, str]:
    """The texts of the posted object; whatever else is in it is left out."""
    return {name: value for name, value in posted(request).items() if isinstance(value, str)}


def faults(form: forms.Form) -> Iterator[str]:
    """The first sentence for each field, with the field's name."""
    for name, sentences in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        yield f"{label}: {sentences[0]}" if label else str(sentences[0])
