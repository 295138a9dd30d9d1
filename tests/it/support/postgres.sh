# Runs a PostgreSQL for one test process: says its folder when it answers, stops it and removes the
# folder when stdin closes. Interrupts are for the test process; this one waits for its end.
trap '' INT HUP
set -e
folder=$(mktemp -d /tmp/doorstep-postgres.XXXXXX)
stop() {
    pg_ctl --pgdata="$folder/data" --mode=immediate stop >"$folder/stop" 2>&1 ||
        cat "$folder/log" >&2
    rm -rf "$folder"
}
trap stop EXIT

# A locale that sorts like a dictionary finds every query that forgot COLLATE "C".
initdb --pgdata="$folder/data" --username=postgres --auth=trust --encoding=UTF8 --no-sync \
    --locale=C --locale-provider=icu --icu-locale=en-US >"$folder/log" 2>&1
cat >>"$folder/data/postgresql.conf" <<CONF
listen_addresses = ''
port = 5432
unix_socket_directories = '$folder'
max_connections = 200
fsync = off
synchronous_commit = off
full_page_writes = off
CONF
pg_ctl --pgdata="$folder/data" --log="$folder/log" --wait start >"$folder/start"
echo "$folder"
cat >/dev/null
