# The connector's image: the base image, the bundle and the schemas, nothing else.
#   docker build -t source-babelforce/source-babelforce:dev .
ARG BASE_IMAGE=node:24-bookworm-slim

# The bundle is the same on every architecture, so it is built once, on the builder's own.
FROM --platform=$BUILDPLATFORM ${BASE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
COPY packages/airbyte-protocol/package.json packages/airbyte-protocol/
# No install scripts: the bundler needs none, and the node that npm would fetch is here already.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node scripts/build.ts

FROM ${BASE_IMAGE}
# The same as in metadata.yaml: npm run release changes both.
LABEL io.airbyte.name="source-babelforce/source-babelforce" \
      io.airbyte.version="0.1.0" \
      org.opencontainers.image.title="source-babelforce" \
      org.opencontainers.image.description="Airbyte source for Babelforce" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /build/schemas /airbyte/integration_code/schemas
COPY --from=build /build/dist /airbyte/integration_code/dist
WORKDIR /airbyte
# Airbyte runs connectors as this user; any other works too, since nothing is written.
USER 1000:1000
# The platform runs AIRBYTE_ENTRYPOINT through sh, from a folder of its own: paths are absolute, without spaces.
ENV AIRBYTE_ENTRYPOINT="/usr/local/bin/node /airbyte/integration_code/dist/main.mjs"
ENTRYPOINT ["/usr/local/bin/node", "/airbyte/integration_code/dist/main.mjs"]
