#!/bin/sh
# Takes away what the .tar.gz brought, and everything that the agent wrote.
set -e
here=$(dirname "$0")
sh "$here/preremove.sh"
rm -f /usr/bin/inspector-agent /usr/lib/systemd/system/inspector-agent.service
sh "$here/postremove.sh"
rm -rf "$here"
