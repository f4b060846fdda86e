#!/bin/bash
# Agency OS as a target of the peer benchmark, on its own schema with the benchmark's rows: run.sh setup | start
# This folder, linked or copied, is the benchmark's targets/ours; copied, AGENCY_OS says where the project is.
set -euo pipefail
cd -L "$(dirname "$0")/../.."; . ./env.sh
here=$(readlink -f targets/ours) run=$PWD/run database=agency_ours
project=${AGENCY_OS:-$(cd "$here/../.." && pwd)}
. "$project/bench/common.sh"
case $1 in
  setup)
    fresh_database
    # its helpers, as they are, but for reset
    "$PGBIN/pg_dump" -n bench agency | sql $database >/dev/null
    "$here/copy.sh" agency $database
    sql $database -f "$here/fill.sql" -f "$project/bench/ready.sql"
    make_token "$(sql $database -c "SELECT bench.uid('profiles', 5)")" user ;;
  start) serve "${OURS_PORT:-5705}" "$POOL" ;;
esac
