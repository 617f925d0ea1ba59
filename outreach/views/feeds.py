"""A person's calendar address: the page that makes and revokes it, and what it answers."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.debug import sensitive_variables

from agencies.access import PUBLIC, SIGNED_IN, page, post, signed_in
from cchc.lib import clock
from cchc.lib.decisions import require
from cchc.lib.ics import CONTENT_TYPE, calendar_file
from outreach.actions import feeds
from outreach.calendar_feed import NAME, feed_of
from outreach.calendar_policies import may_make_feed
from outreach.models import CalendarFeed
from outreach.models.digest import hash_of

_LONGEST = 64


@page(SIGNED_IN)
def feed_page(request: HttpRequest) -> HttpResponse:
    """Whether there is an address, when it was last read; buttons to make and revoke it."""
    user = signed_in(request)
    require(may_make_feed(user))
    return _page(request)


@post(SIGNED_IN)
@sensitive_variables("secret")
def feed_make(request: HttpRequest) -> HttpResponse:
    """A new address, shown on the answer itself and never again."""
    secret = feeds.make(by=signed_in(request))
    path = reverse("outreach:calendar-feed", args=[secret])
    response = _page(request, request.build_absolute_uri(path))
    response.headers["Cache-Control"] = "no-store"
    return response


@post(SIGNED_IN)
def feed_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The address leads nowhere any more."""
    user = signed_in(request)
    feed = get_object_or_404(CalendarFeed.objects.visible_to(user), pk=pk)
    feeds.revoke(feed=feed, by=user)
    messages.success(request, "Đã thu hồi: địa chỉ cũ không đọc được nữa.")
    return redirect("outreach:feed-page")


@page(PUBLIC)
@sensitive_variables("secret")
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The calendar itself, to whoever knows the address; otherwise there is nothing here."""
    if len(secret) > _LONGEST:
        raise Http404
    known = CalendarFeed.objects.open().filter(user__is_active=True).select_related("user")
    feed = get_object_or_404(known, secret=hash_of(secret))
    today = clock.today()
    events = feed_of(feed.user, today, request.build_absolute_uri)
    if events is None:
        raise Http404
    if feed.fetched_on != today:
        feeds.note_reading(feed=feed, by=feed.user)
    body = calendar_file(NAME, events)
    etag = quote_etag(hashlib.sha256(body).hexdigest())
    response = HttpResponse(body, content_type=CONTENT_TYPE)
    for name, value in _HEADERS.items():
        response.headers[name] = value
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


# Kept by the reader's own program alone, asked for again each time, found by no search engine.
_HEADERS = {
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Disposition": 'inline; filename="tuyen-truyen-cchc.ics"',
}


def _page(request: HttpRequest, address: str = "") -> HttpResponse:
    open_feeds = CalendarFeed.objects.visible_to(signed_in(request)).open()
    context = {
        "feed": open_feeds.first(),
        "address": address,
        "subscribe": address.replace("https:", "webcal:", 1).replace("http:", "webcal:", 1),
    }
    return render(request, "outreach/calendar_feed.html", context)
