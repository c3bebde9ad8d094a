#!/bin/sh
# Installs the OpenInspector agent of @SERVER@ and enrols this host.
#
#   sh install.sh --token-file FILE [--proxy URL] [--agent-id ID] [--tag KEY=VALUE]... [-u false]
#
# Every package is checked against the digest below before it is touched. The command that the service gives out checks the
# digest of this script in turn, so that the chain begins with what an operator was told over a signed request.
# -u false is the Classic installer's way to say that the agent shall not update itself; it never does.
set -eu
server='@SERVER@'
fingerprint='@FINGERPRINT@'
packages='@PACKAGES@'

die() { printf 'error: %s\n' "$1" >&2; exit 2; }
token= proxy= set_for=
while [ $# -gt 0 ]; do
  case "$1" in
    --token-file) token=$2 ;;
    --proxy) proxy=$2 ;;
    --agent-id | --tag) set_for="$set_for $1 $2" ;;
    -u) [ "$2" = false ] || die 'the agent does not update itself: use -u false' ;;
    *) die "\`$1\` is no option" ;;
  esac
  shift 2
done
[ -n "$token" ] || die '`--token-file FILE` is missing'
[ -r "$token" ] || die "cannot read \`$token\`"
[ "$(id -u)" = 0 ] || die 'installing needs root rights'

if [ -n "$proxy" ]; then # before anything is fetched, and kept for the agent
  mkdir -p /etc/inspector-agent
  (umask 077 && printf 'https_proxy=%s\nno_proxy=169.254.169.254\n' "$proxy" > /etc/inspector-agent/proxy.env)
  https_proxy=$proxy && export https_proxy
fi

if command -v dpkg >/dev/null && [ -d /var/lib/dpkg ]; then kind=deb
elif command -v rpm >/dev/null; then kind=rpm
else kind=tar.gz
fi
name=inspector-agent_$(uname -m).$kind
digest=$(printf '%s\n' "$packages" | sed -n "s/^\([0-9a-f]*\)  $name\$/\1/p")
[ -n "$digest" ] || die "the service has no \`$name\`: an operator puts it into the folder agent-packages of its data directory"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The transfer is checked by its digest, not by who answers.
if command -v curl >/dev/null; then curl -fsSk "$server/agent/v1/packages/$name" -o "$work/$name"
else wget -q --no-check-certificate "$server/agent/v1/packages/$name" -O "$work/$name"
fi
printf '%s  %s\n' "$digest" "$work/$name" | sha256sum -c >/dev/null 2>&1 || die "\`$name\` is not what the service promised"
case $kind in
  deb) dpkg -i "$work/$name" ;;
  rpm) rpm -U --replacepkgs "$work/$name" ;;
  tar.gz) tar -C / -xzf "$work/$name" && sh /usr/lib/inspector-agent/postinstall.sh ;;
esac
# shellcheck disable=SC2086 # ids and tags of options hold no blanks
inspector-agent enroll --server "$server" --ca-fingerprint "$fingerprint" --token-file "$token" $set_for
if [ -d /run/systemd/system ]; then systemctl restart inspector-agent.service
else echo 'note: there is no systemd here: start `inspector-agent run` as this host starts services' >&2
fi
