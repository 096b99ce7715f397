# One service. Build from the workspace's root:
#   docker build --file docker/service.Dockerfile --build-arg SERVICE=user-service --tag hockey-hub/user-service .
ARG NODE_VERSION=20.20.2

FROM node:${NODE_VERSION}-bookworm-slim AS build
WORKDIR /build
COPY . .
RUN npm ci
ARG SERVICE
RUN npx nx run "${SERVICE}:build"
# The tree of the image: compiled code where the source was, and what it needs at run time.
RUN sh docker/assemble.sh /app "apps/${SERVICE}" libs/shared-lib

FROM node:${NODE_VERSION}-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=build /app .
ARG SERVICE
# The shell form of CMD would keep signals from Node; a link gives every service the same command.
RUN ln -s "apps/${SERVICE}" service
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "service/src/main.js"]
