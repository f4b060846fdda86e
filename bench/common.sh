# What the benchmarks share. The caller sets $project (where the project is), $run (a folder for keys) and $database,
# and PGHOST, PGPORT, PGUSER (a superuser); on loopback, where any password is taken.
export AGENCY_DB_URL=postgresql://$PGHOST:$PGPORT/$database AGENCY_DB_USER=agency_bench AGENCY_DB_PASSWORD=bench
export AGENCY_STORAGE_FOLDER=$run/files
jar=${JAR:-$project/target/quarkus-app/quarkus-run.jar}
java_program() { echo "${JAVA_HOME:+$JAVA_HOME/bin/}java"; }
java_major() { "$(java_program)" -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.specification.version = //p'; }
export PGOPTIONS="-c client_min_messages=warning"
sql() { psql -qAtX -v ON_ERROR_STOP=1 -d "$@"; }

# An empty database with the schema of this version, its owner neither superuser nor bypassing row security.
fresh_database() {
  [ -e "$jar" ] || { echo "build it first: ./mvnw package -DskipTests" >&2; exit 1; }
  sql postgres <<SQL
SELECT 'CREATE ROLE agency_bench_owner LOGIN CREATEROLE PASSWORD ''bench''' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'agency_bench_owner') \gexec
DROP DATABASE IF EXISTS "$database" WITH (FORCE);
CREATE DATABASE "$database" OWNER agency_bench_owner;
SQL
  sql "$database" -c 'ALTER SCHEMA public OWNER TO agency_bench_owner'
  migrate
}
migrate() { AGENCY_DB_OWNER=agency_bench_owner AGENCY_DB_OWNER_PASSWORD=bench QUARKUS_LOG_LEVEL=WARN "$(java_program)" -jar "$jar" migrate; }

# A key, and a token of 30 days signed with it, for the person whose profile has this id.
make_token() { # PROFILE-ID ROLE
  local now text
  now=$(date +%s)
  mkdir -p "$run"
  [ -s "$run/ours.key" ] || openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$run/ours.key" 2>/dev/null
  text=$(printf '{"alg":"RS256","typ":"JWT"}' | base64url).$(
    printf '{"sub":"%s","groups":["%s"],"iat":%d,"exp":%d}' "$1" "$2" "$now" $((now + 30 * 86400)) | base64url)
  printf '%s.%s' "$text" "$(printf %s "$text" | openssl dgst -sha256 -sign "$run/ours.key" | base64url)" >"$run/ours.token"
}
base64url() { base64 -w0 | tr '+/' '-_' | tr -d =; }

# Becomes the server, as in production: migrated before, so it knows no owner.
serve() { # PORT CONNECTIONS
  export AGENCY_HTTP_HOST=127.0.0.1 AGENCY_HTTP_PORT=$1 AGENCY_DB_POOL_SIZE=$2
  # all subscribers of the benchmark are one person
  export AGENCY_LIMITS_SOCKETS=20000
  AGENCY_OIDC_PUBLIC_KEY=$(openssl pkey -in "$run/ours.key" -pubout -outform DER | base64 -w0)
  export AGENCY_OIDC_PUBLIC_KEY
  # shellcheck disable=SC2086
  exec "$(java_program)" "@$project/docker/java.options" ${JAVA_OPTS:--XX:+UseParallelGC} -jar "$jar"
}
