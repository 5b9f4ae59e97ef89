# One image for web, worker and preparation; nginx serves what it publishes.

FROM debian:bookworm-slim AS fonts
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      python3 python3-fonttools fonts-noto-cjk fonts-lxgw-wenkai \
 && mkdir /fonts
COPY deploy/fonts.py /fonts.py
RUN python3 /fonts.py /fonts

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=config.settings.production \
    DATA_DIR=/srv/reports/var
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-lxgw-wenkai \
      postgresql-client \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --create-home --home-dir /home/reports reports
WORKDIR /srv/reports
COPY deploy/requirements.lock deploy/requirements.lock
RUN pip install --no-cache-dir --require-hashes --requirement deploy/requirements.lock
COPY --from=fonts /fonts var/fonts
COPY manage.py pyproject.toml ./
COPY config config
COPY reports reports
COPY templates templates
COPY static static
# The volumes are mounted here: they take the owner of the folders they cover.
RUN mkdir -p var/published var/static var/uploads var/backups && chown -R reports: var
USER reports
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/healthz', headers={'Host': 'localhost'}), timeout=4)"]
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "sync", "--timeout", "60", "--access-logfile", "-"]
