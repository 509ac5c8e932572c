#!/usr/bin/env bash
# Stand-in for the official image's entry point: variables with a dot in their names are Elasticsearch settings.
set -euo pipefail
settings=()
while IFS= read -r -d '' variable; do
  name=${variable%%=*}
  case $name in
    # The module that knows these is not in the stand-in.
    ingest.geoip.*) ;;
    [a-z]*.*) settings+=("-E$name=${variable#*=}") ;;
  esac
done < <(env -0)
if [ "${1:-eswrapper}" = eswrapper ]; then set -- bin/elasticsearch; fi
exec "$@" "${settings[@]}"
