#!/usr/bin/env bash
# Copies what newsmill keeps into a folder, a file for each volume: infra/docker/backup.sh <folder>
# Run it where docker-compose.yml is. The services stand still meanwhile, so that the three are of one moment.
set -euo pipefail
folder=${1:?usage: infra/docker/backup.sh <folder>}
mkdir -p "$folder"
project=$(docker compose config --format json | sed -n 's/^  "name": "\(.*\)",$/\1/p')

image=$(docker inspect --format '{{.Config.Image}}' "$(docker compose ps --all --quiet api | head -n 1)")
running=$(docker compose ps --status running --services)
docker compose stop
# In the order in which they wait for each other.
trap 'docker compose up --detach --no-recreate --no-build $running' EXIT
for volume in archive redis elasticsearch; do
  docker run --rm --network none --user 0 --entrypoint tar -v "${project}_$volume:/data:ro" "$image" -C /data -czf - . > "$folder/$volume.tar.gz.part"
  mv "$folder/$volume.tar.gz.part" "$folder/$volume.tar.gz"
done
ls -l "$folder"
