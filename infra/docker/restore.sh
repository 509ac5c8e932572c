#!/usr/bin/env bash
# Fills the volumes of a project that has none yet from a backup: infra/docker/restore.sh <folder>, then docker compose up -d
# Run it where docker-compose.yml is, with the secrets folder of the backup's time (it holds the passwords).
set -euo pipefail
folder=${1:?usage: infra/docker/restore.sh <folder>}
for volume in archive redis elasticsearch; do
  [ -s "$folder/$volume.tar.gz" ] || { echo "$folder/$volume.tar.gz is missing" >&2; exit 1; }
done
project=$(docker compose config --format json | sed -n 's/^  "name": "\(.*\)",$/\1/p')
for volume in archive redis elasticsearch; do
  if docker volume inspect "${project}_$volume" >/dev/null 2>&1; then
    echo "the volume ${project}_$volume is there already: docker compose down --volumes deletes it" >&2
    exit 1
  fi
done

docker compose up --no-start
image=$(docker inspect --format '{{.Config.Image}}' "$(docker compose ps --all --quiet api | head -n 1)")
for volume in archive redis elasticsearch; do
  docker run --rm -i --network none --user 0 --entrypoint tar -v "${project}_$volume:/data" "$image" -C /data --numeric-owner -xzpf - < "$folder/$volume.tar.gz"
done
