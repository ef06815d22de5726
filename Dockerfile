# Lunchrush and Node: docker build -t lunchrush . && docker run --rm lunchrush --help
FROM node:22-alpine AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node build.mjs && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:22-alpine
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY deploy/healthcheck.mjs ./
# A volume that is mounted here belongs to whom the folder belongs to.
RUN mkdir /data && chown node:node /data
USER node
EXPOSE 8000 8002
# Signals are handled and nothing is left behind: no other process need be the first.
ENTRYPOINT ["node", "/app/dist/main.js"]
CMD ["--help"]
