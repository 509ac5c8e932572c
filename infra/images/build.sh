#!/usr/bin/env bash
# Builds stand-ins for the base images of docker-compose.yml on a machine that reaches no image registry: Debian's
# packages, Node.js from its npm package, Elasticsearch as the local stack has it. They carry the official names, so the
# Dockerfile and the Compose file use them unchanged. README.md says what they lack: they are for tests, not for production.
#
#   infra/images/build.sh [node] [redis] [elasticsearch] [prometheus]      (the first three unless named)
#
# Needs a Docker Engine, mmdebstrap, npm and the installed workspace; about two minutes and 900 MB of disk.
set -euo pipefail
cd "$(dirname "$0")/../.."

node_image=${NODE_IMAGE:-node:24-slim}
redis_image=${REDIS_IMAGE:-redis:8.4}
elasticsearch_image=${ELASTICSEARCH_IMAGE:-elasticsearch:9.5.0}
prometheus_image=${PROMETHEUS_IMAGE:-prom/prometheus:v3.8.1}
release=trixie
base=newsmill-stand-in-base:$release
# Told apart from the real thing by `docker image inspect`; with the same stamp an image is up to date and stays.
stamp=$(cat infra/images/*.sh infra/images/*.ts infra/local/src/artifacts.ts infra/elasticsearch/analysis-common/* pnpm-workspace.yaml | sha256sum | cut -c 1-16)
label=(--label newsmill.stand-in=true --label "newsmill.stand-in.stamp=$stamp")

for tool in docker mmdebstrap npm node; do
  command -v "$tool" >/dev/null || { echo "infra/images: $tool is missing (Debian: apt-get install docker.io mmdebstrap npm)" >&2; exit 1; }
done
docker version --format '{{.Server.Version}}' >/dev/null || { echo 'infra/images: no Docker Engine answers' >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { echo "infra/images: $*" >&2; }

is_current() { [[ $(docker image inspect --format '{{json .Config.Labels}}' "$1" 2>/dev/null) == *"\"newsmill.stand-in.stamp\":\"$stamp\""* ]]; }

# A Debian without anything, and the certificates that this machine trusts: behind a proxy that has a CA of its own, image
# builds would trust nobody.
build_base() {
  docker image inspect "$base" >/dev/null 2>&1 && return
  say "$base"
  local bundle=/etc/ssl/certs/ca-certificates.crt
  mmdebstrap --quiet --variant=minbase --include=ca-certificates --customize-hook="cp $bundle \"\$1$bundle\"" \
    --aptopt='Acquire::Languages "none"' --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' "$release" "$work/base.tar"
  docker import --change "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
    --change "ENV NODE_EXTRA_CA_CERTS=$bundle" "$work/base.tar" "$base" >/dev/null
  rm -f "$work/base.tar"
}

# `node:24-slim`: node, npm, bash and a user `node` with uid 1000.
build_node() {
  is_current "$node_image" && return
  say "$node_image"
  local version arch context=$work/node
  version=$(sed -n '/^catalog:/,/^$/s/^  node: //p' pnpm-workspace.yaml)
  case $(uname -m) in aarch64) arch=arm64 ;; *) arch=x64 ;; esac
  mkdir -p "$context/node" "$context/npm"
  (cd "$context" && npm pack --silent "node-linux-$arch@$version" npm@11 >/dev/null)
  tar -xzf "$context/node-linux-$arch-$version.tgz" -C "$context/node" --strip-components=1
  tar -xzf "$context"/npm-11.*.tgz -C "$context/npm" --strip-components=1
  rm -f "$context"/*.tgz
  docker build --quiet "${label[@]}" --tag "$node_image" --file - "$context" >/dev/null <<DOCKERFILE
FROM $base
RUN groupadd --gid 1000 node && useradd --uid 1000 --gid node --shell /bin/bash --create-home node
COPY node/bin/node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx \
  && chmod +x /usr/local/lib/node_modules/npm/bin/*-cli.js
CMD ["node"]
DOCKERFILE
}

# `redis:8`: a user `redis` with uid 999 that owns /data.
build_redis() {
  is_current "$redis_image" && return
  say "$redis_image"
  docker build --quiet "${label[@]}" --tag "$redis_image" --file - "$work" >/dev/null <<DOCKERFILE
FROM $base
RUN groupadd --system --gid 999 redis && useradd --system --uid 999 --gid redis --home-dir /data redis \
  && apt-get -qq update && apt-get -qq install --yes --no-install-recommends redis-server >/dev/null \
  && rm -rf /var/lib/apt/lists/* && mkdir -p /data && chown redis:redis /data
VOLUME /data
WORKDIR /data
USER redis
EXPOSE 6379
CMD ["redis-server"]
DOCKERFILE
}

# `elasticsearch`: the home in /usr/share/elasticsearch, uid 1000 in group 0, settings from the environment.
build_elasticsearch() {
  is_current "$elasticsearch_image" && return
  say "$elasticsearch_image"
  local home context=$work/elasticsearch
  home=$(node infra/images/elasticsearch-home.ts)
  mkdir -p "$context"
  cp -a "$home" "$context/home"
  cp infra/images/elasticsearch-entrypoint.sh "$context/docker-entrypoint.sh"
  docker build --quiet "${label[@]}" --tag "$elasticsearch_image" --file - "$context" >/dev/null <<DOCKERFILE
FROM $base
# The alternatives of a JRE want the folder of its manual pages.
RUN mkdir -p /usr/share/man/man1 && apt-get -qq update && apt-get -qq install --yes --no-install-recommends openjdk-25-jre-headless curl >/dev/null \
  && rm -rf /var/lib/apt/lists/* && useradd --uid 1000 --gid 0 --home-dir /usr/share/elasticsearch elasticsearch \
  && ln -s /usr/lib/jvm/java-25-openjdk-* /usr/lib/jvm/default
ENV ES_JAVA_HOME=/usr/lib/jvm/default ELASTIC_CONTAINER=true
WORKDIR /usr/share/elasticsearch
COPY --chown=1000:0 home .
COPY --chmod=755 docker-entrypoint.sh /usr/local/bin/docker-entrypoint.sh
# As in the official image: reachable by other containers.
RUN echo "network.host: 0.0.0.0" > config/elasticsearch.yml && mkdir -p data logs && chown 1000:0 . data logs config && chmod 775 . data logs config
USER 1000:0
EXPOSE 9200 9300
ENTRYPOINT ["/usr/local/bin/docker-entrypoint.sh"]
CMD ["eswrapper"]
DOCKERFILE
}

# `prom/prometheus`: Debian's 2.53, whose /prometheus belongs to uid 65534.
build_prometheus() {
  is_current "$prometheus_image" && return
  say "$prometheus_image"
  docker build --quiet "${label[@]}" --tag "$prometheus_image" --file - "$work" >/dev/null <<DOCKERFILE
FROM $base
RUN apt-get -qq update && apt-get -qq install --yes --no-install-recommends prometheus >/dev/null \
  && rm -rf /var/lib/apt/lists/* && install -d -o 65534 -g 65534 /prometheus
VOLUME /prometheus
WORKDIR /prometheus
USER 65534
EXPOSE 9090
ENTRYPOINT ["prometheus"]
DOCKERFILE
}

build_base
for image in "${@:-node redis elasticsearch}"; do
  # Unquoted on purpose: the default is three words.
  for name in $image; do
    case $name in
      node | redis | elasticsearch | prometheus) "build_$name" ;;
      *) echo "infra/images: unknown image $name" >&2; exit 2 ;;
    esac
  done
done
docker image ls --filter label=newsmill.stand-in=true --format '{{.Repository}}:{{.Tag}} {{.Size}}' >&2
