FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

RUN groupadd --gid 10001 cchc \
    && useradd --uid 10001 --gid cchc --no-create-home --home-dir /data --shell /usr/sbin/nologin cchc \
    && install -d -o cchc -g cchc -m 700 /data

WORKDIR /app
COPY requirements.txt ./
RUN pip install --require-hashes -r requirements.txt
COPY . ./
RUN CCHC_MODE=production SECRET_KEY=only-for-collectstatic ALLOWED_HOSTS=localhost CCHC_DATA_DIR=/tmp/build \
    python manage.py collectstatic --no-input

ENV CCHC_MODE=production CCHC_DATA_DIR=/data BIND_ADDRESS=0.0.0.0 PORT=8000 ACCESS_LOG=-
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "bin/healthcheck.py"]
CMD ["gunicorn", "--config", "bin/gunicorn_conf.py", "cchc.wsgi"]
