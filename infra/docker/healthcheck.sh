#!/bin/bash
# Exit code 0 if the service in this container can work: GET /readyz says 200. Bash alone, because a Node process for this
# every few seconds in every replica would cost more than the idle service itself.
exec 3<>"/dev/tcp/127.0.0.1/${HEALTH_PORT:-9464}" || exit 1
printf 'GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
read -r -t 4 _ status _ <&3 || exit 1
if [ "$status" = 200 ]; then exit 0; fi
# Docker keeps what a check printed: `docker inspect` then says which part is not well.
timeout 2 tail -n 1 <&3
exit 1
