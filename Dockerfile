# Ringleader's one image; its roles are commands: serve, work, migrate.
ARG NODE_IMAGE=node:24-bookworm-slim

# Compiles. Nothing of it but dist/ goes further.
FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm install --ignore-scripts --no-audit --no-fund --no-save
COPY . .
# As `npm run build` does, which would install once more.
RUN node tools/build.mjs

# What runs needs, and no more. Optional packages are Nodes for other machines.
FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm install --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund --no-save

FROM ${NODE_IMAGE}
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="ringleader" \
      org.opencontainers.image.description="Links accounts that share devices, IPs and payment instruments, and finds the fraud rings among them" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production
# Nothing is installed in a running container.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn* /opt/yarn*
WORKDIR /app
COPY LICENSE package.json deploy/healthcheck.mjs ./
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /build/dist ./dist
# Root owns the files, so the process cannot change its own program; it writes nowhere but in /tmp.
USER node
EXPOSE 7373
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["node", "/app/healthcheck.mjs", "7373"]
STOPSIGNAL SIGTERM
# Node itself is process 1, so that it gets the signal to stop.
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning", "/app/dist/src/main.js"]
CMD ["serve"]
