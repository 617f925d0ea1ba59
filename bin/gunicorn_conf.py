"""How gunicorn serves cchc.wsgi; an installation sets the environment variables read here."""

import os
import re
from typing import Any

from gunicorn.glogging import Logger

bind = f"{os.environ.get('BIND_ADDRESS', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 8
timeout = 60
graceful_timeout = 8
keepalive = 5
control_socket_disable = True

# The path without its query, and no referrer: addresses may carry a token.
accesslog = os.environ.get("ACCESS_LOG")
_CALENDAR = re.compile(r"(?<=/lich/)[^/]+(?=\.ics)")


class QuietLogger(Logger):  # type: ignore[misc] # gunicorn has no types
    """Keeps the secret in the address of a person's calendar out of the log."""

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        """What a line of the log is made of."""
        found: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        return found | {"U": _CALENDAR.sub("…", str(found["U"]))}


logger_class = QuietLogger
access_log_format = '%(h)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms'
