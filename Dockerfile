# Curbcut with browser and fonts, for any system that runs containers:
#   docker build -t curbcut . && docker run --rm -v "$PWD:/work" --user "$(id -u):$(id -g)" curbcut check --from urls.txt --gate
# It runs as an ordinary user. The browser's sandbox needs user namespaces, which --security-opt seccomp=unconfined, or a
# profile for Chromium, allows; --cap-add SYS_ADMIN is another way. `docker run … curbcut doctor` tells whether it works.
FROM python:3.13-slim-bookworm

RUN apt-get update \
 && apt-get install --yes --no-install-recommends chromium chromium-sandbox libatomic1 \
      fonts-liberation fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji \
 && rm -rf /var/lib/apt/lists/*

COPY requirements.lock /opt/curbcut/
RUN python -m venv /opt/curbcut/venv \
 && /opt/curbcut/venv/bin/pip install --no-cache-dir --require-hashes -r /opt/curbcut/requirements.lock

COPY pyproject.toml README.md LICENSE NOTICE /opt/curbcut/source/
COPY rules /opt/curbcut/source/rules
COPY reports /opt/curbcut/source/reports
COPY scanner /opt/curbcut/source/scanner
RUN /opt/curbcut/venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation /opt/curbcut/source

ENV PATH="/opt/curbcut/venv/bin:$PATH" HOME=/tmp
RUN useradd --create-home curbcut
USER curbcut
WORKDIR /work
ENTRYPOINT ["curbcut"]
