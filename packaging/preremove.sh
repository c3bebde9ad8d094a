#!/bin/sh
# Before a removal; an upgrade (dpkg says `upgrade`, rpm says 1) leaves the agent at work.
set -e
case "${1:-}" in upgrade | 1) exit 0 ;; esac
[ -d /run/systemd/system ] || exit 0
systemctl disable --now inspector-agent.service >/dev/null 2>&1 || true
