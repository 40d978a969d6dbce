# The site in a container: see docs/deploying.md. Needs nothing writable but /tmp.
FROM debian:trixie-slim@sha256:a29215f6a35e51e22adffa17f89e9d2ef06214e64a2bad10d765c46aea49f11f AS system
WORKDIR /srv/dear-mp
COPY scripts/set-up scripts/
# Fontconfig believes its cache while the folders of fonts have the times noted in it, to the nanosecond. Images keep whole
# seconds, and of a folder only those of the step that made it.
RUN scripts/set-up system \
 && apt-get clean && rm -rf /var/lib/apt/lists/* \
 && find /usr/share/fonts /usr/local/share/fonts -type d -exec touch --date=2026-01-01 {} +

# The same commands as anywhere; what they need to install with stays behind here.
FROM system AS environment
COPY requirements.txt ./
COPY scripts/prepare_cjk_font.py scripts/
COPY app/__init__.py app/
COPY app/storage/__init__.py app/storage/atomic_file.py app/storage/
RUN scripts/set-up run \
 && .venv/bin/python -m pip --quiet uninstall --yes pip \
 && touch --date=2026-01-01 .venv/share/fonts

FROM system
LABEL org.opencontainers.image.title="Dear MP" \
      org.opencontainers.image.description="Helps somebody write to their own MP, in their own words" \
      org.opencontainers.image.licenses="MIT"
COPY --from=environment /srv/dear-mp/.venv .venv
COPY . .
# What each start would else make anew, since it cannot be kept where nothing can be written.
RUN .venv/bin/python -m compileall -q app config.py wsgi.py \
 && FONTCONFIG_FILE=$PWD/app/letters/paper/fonts.conf fc-cache \
 && install --directory --owner=10001 --group=10001 /data
ENV PATH=/srv/dear-mp/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    DATA_DIR=/data
# A number, by which Kubernetes and others see that it is not root.
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as to; to.urlopen('http://127.0.0.1:' + os.environ.get('PORT', '8000') + '/readyz', timeout=4)"]
CMD ["gunicorn", "wsgi:app"]
