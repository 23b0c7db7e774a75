# One image for every Greenroom process: web, workers, relay and the `greenroom` command.
# PostgreSQL and Valkey are not in it; docker-compose.yml brings their own images.

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_ROOT_USER_ACTION=ignore
WORKDIR /build
RUN python -m venv --without-pip /opt/greenroom
# Wheels only: what would need a compiler stops the build here instead of bringing one along.
COPY requirements/runtime.txt requirements/
RUN pip --python /opt/greenroom/bin/python install --no-deps --require-hashes --only-binary :all: -r requirements/runtime.txt
COPY pyproject.toml README.md ./
COPY service service
COPY workers workers
RUN pip --python /opt/greenroom/bin/python install --no-deps --no-index --no-build-isolation . \
 && pip --python /opt/greenroom/bin/python uninstall --yes setuptools

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Greenroom" \
      org.opencontainers.image.description="Self-hosted comment moderation" \
      org.opencontainers.image.licenses="MIT"
# The files belong to root and the processes to somebody who owns nothing.
COPY --from=build /opt/greenroom /opt/greenroom
ENV PATH=/opt/greenroom/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    GREENROOM_DATA_DIR=/tmp/greenroom \
    GREENROOM_HOST=0.0.0.0 \
    GREENROOM_METRICS_HOST=0.0.0.0
USER 10001:10001
WORKDIR /tmp
EXPOSE 8080
CMD ["greenroom", "web"]
