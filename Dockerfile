# The command line in a container, with the store in /data:
#   docker build -t chokepoint-atlas .
#   docker run --rm -v atlas-data:/data chokepoint-atlas seed
#   docker run --rm -v atlas-data:/data chokepoint-atlas chokepoints
# `serve` needs ATLAS_AUTH=jwt to listen for others: docker-compose.yml runs it so, over Neo4j.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json ./
COPY scripts scripts
COPY docs/examples docs/examples
COPY src src
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:22-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production ATLAS_STORE=embedded:/data/atlas.db
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
COPY cypher cypher
COPY seeds seeds
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
ENTRYPOINT ["node", "dist/cli/main.js"]
CMD ["--help"]
