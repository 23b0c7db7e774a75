#!/bin/sh
# Makes the keys and passwords that docker-compose.yml reads, each in a file of its own: sh make-secrets.sh [FOLDER]
# It needs a shell and nothing else that a server lacks. A folder that is there already is never touched: with the
# e-mail keys in it, every stored e-mail address would be lost.
set -eu
umask 077
folder=${1:-secrets}
if [ -e "$folder" ]; then
  echo "$folder is there already; nothing was changed." >&2
  exit 0
fi

random_hex() { od -An -v -N32 -tx1 /dev/urandom | tr -d ' \n'; }
sha256() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1; }

unfinished=$(mktemp -d "$folder.XXXXXX")
trap 'rm -rf "$unfinished"' EXIT
write() { printf '%s\n' "$2" >"$unfinished/$1"; }

postgres=$(random_hex)
valkey=$(random_hex)
write greenroom_secret_key "$(random_hex)"
write greenroom_email_keys "k1:$(head -c 32 /dev/urandom | base64)"
write greenroom_smtp_url ""
write postgres_password "$postgres"
write database_url "postgresql://greenroom:$postgres@postgres:5432/greenroom"
write valkey_password "$valkey"
write redis_url "redis://greenroom:$valkey@valkey:6379/0"
# What RQ and the rate limits use, on their own keys; no CONFIG, FLUSHALL, DEBUG, KEYS, EVAL or anything like them.
write valkey_users "user default off
user greenroom on #$(printf %s "$valkey" | sha256) resetchannels &rq:* ~rq:* ~LIMITS:* -@all +@read +@write +@connection +@transaction +@pubsub -@admin -@dangerous +info +evalsha +script|load"

# Containers run as users of their own, so the files can be read by all; the folder lets nobody else in.
chmod 444 "$unfinished"/*
mv "$unfinished" "$folder"
trap - EXIT
echo "Made $folder. Back it up apart from the database: without greenroom_email_keys the e-mail addresses are gone." >&2
