#!/usr/bin/env bash
# The tests with containers, within `with-engine.ts`: first the base images, pulled or else built from Debian's packages, then
# vitest with the arguments given. What cannot be had becomes the reason why the tests are skipped.
set -uo pipefail
cd "$(dirname "$0")/../.."

if [ -z "${NEWSMILL_NO_ENGINE:-}" ]; then
  missing=()
  for image in "node ${NODE_IMAGE:-node:24-slim}" "redis ${REDIS_IMAGE:-redis:8.4}" "elasticsearch ${ELASTICSEARCH_IMAGE:-elasticsearch:9.5.0}" \
    "prometheus ${PROMETHEUS_IMAGE:-prom/prometheus:v3.8.1}"; do
    if labels=$(docker image inspect --format '{{json .Config.Labels}}' "${image#* }" 2>/dev/null); then
      # A real image will do; a stand-in is checked for being up to date by the script that builds it.
      [[ $labels != *newsmill.stand-in* ]] || missing+=("${image%% *}")
    else
      timeout 300 docker pull --quiet "${image#* }" >/dev/null 2>&1 || missing+=("${image%% *}")
    fi
  done
  if [ ${#missing[@]} -gt 0 ]; then
    timeout 900 infra/images/build.sh "${missing[@]}" || export NEWSMILL_NO_ENGINE="the stand-in images ${missing[*]} could not be built"
  fi
fi
exec node_modules/.bin/vitest run --project containers "$@"
