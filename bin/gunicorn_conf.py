"""How gunicorn serves cchc.wsgi; an installation sets the environment variables read here."""

import os

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
access_log_format = '%(h)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms'
