# Debian, because the pinned Node of the npm package `node` needs glibc. The first stage only installs.
FROM debian:bookworm-slim AS install
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json ./
COPY scripts scripts
ENV NODE_ENV=production npm_lifecycle_event=prestart
RUN node scripts/setup.mjs

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --home-dir /app jiedui && mkdir /data && chown jiedui /data
WORKDIR /app
COPY --from=install /app/node_modules node_modules
COPY package.json package-lock.json ./
COPY src src
COPY db db
ENV NODE_ENV=production MALLOC_ARENA_MAX=1 DATA_DIR=/data PATH=/app/node_modules/.bin:$PATH
USER jiedui
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "src/main.ts"]
