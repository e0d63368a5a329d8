# Gait in a container:
#   docker build -t gait .
#   docker run --rm -v "$PWD:/captures:ro" gait replay x.pcap
#   tcpdump -U -w - | docker run --rm -i gait replay -
#   docker run -d --net=host --cap-drop=ALL --cap-add=NET_RAW -v /etc/gait:/etc/gait:ro -v /var/log/gait:/var/log/gait gait sensor

FROM node:20-bookworm-slim AS build
WORKDIR /gait
# Only what decides about the packages, so that a change of the source does not install them anew. The grammar
# is compiled by `prepare`.
COPY package.json package-lock.json .npmrc ./
COPY grammar grammar
RUN mkdir -p src/signature src/filter && npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY signatures signatures
RUN npm run --silent build

FROM node:20-bookworm-slim AS packages
WORKDIR /gait
COPY package.json package-lock.json .npmrc ./
# `prepare` would compile the grammar: the build stage did. The sensor captures by tcpdump: the optional cap needs a
# compiler, and is not missed.
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:20-bookworm-slim
# tcpdump alone may open raw sockets, if the container may (--cap-add=NET_RAW).
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends tcpdump libcap2-bin \
    && setcap cap_net_raw+ep /usr/bin/tcpdump \
    && apt-get purge -y -qq --auto-remove libcap2-bin \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o node -g node /run/gait /var/log/gait
WORKDIR /gait
COPY package.json LICENSE ./
COPY signatures signatures
COPY --from=packages /gait/node_modules node_modules
COPY --from=build /gait/dist dist
# So that `gait` is found also by a shell in the container.
RUN ln -s /gait/dist/cli/main.js /usr/local/bin/gait
# The image's own unprivileged user.
USER node
WORKDIR /captures
# Of the sensor: it lives and answers; whether it captures, /readyz says. A replay ends before it matters.
HEALTHCHECK --interval=30s --timeout=10s CMD ["gait", "ctl", "status"]
# Gait writes out what it has found when it is interrupted.
STOPSIGNAL SIGINT
ENTRYPOINT ["gait"]
CMD ["--help"]
