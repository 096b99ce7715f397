# The migrator with the migrations of every service. Build from the workspace's root:
#   docker build --file docker/migrator.Dockerfile --tag hockey-hub/migrator .
ARG NODE_VERSION=20.20.2

FROM node:${NODE_VERSION}-bookworm-slim AS build
WORKDIR /build
COPY . .
RUN npm ci
RUN npx nx run-many -t build
RUN sh docker/assemble.sh /app apps/* libs/shared-lib tools/migrator
# How services depend on each other, the command, and the sources that checksums are taken from.
RUN cp --parents apps/*/project.json tools/migrator/bin/*.js apps/*/src/migrations/*.ts apps/*/src/migrations/legacy/*.ts /app

FROM node:${NODE_VERSION}-bookworm-slim
ENV NODE_ENV=production
# Backups are made by a pg_dump of the server's version or newer; Debian's own is older.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates postgresql-common \
  && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
  && apt-get install --yes --no-install-recommends postgresql-client-18 \
  && rm -rf /var/lib/apt/lists/* \
  && install --directory --owner=node --group=node --mode=0700 /backups
ENV MIGRATOR_BACKUP_FOLDER=/backups
VOLUME /backups
WORKDIR /app
COPY --from=build /app .
USER node
# It runs once and ends; there is nothing to ask after its health.
HEALTHCHECK NONE
ENTRYPOINT ["node", "tools/migrator/bin/hockey-hub-migrator.js"]
CMD ["migrate"]
