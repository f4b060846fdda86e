#!/bin/bash
# copy.sh FROM TO: every row of the old database, into the columns that both have. No triggers, no foreign key checks.
set -euo pipefail
columns="SELECT table_name || ':' || string_agg(quote_ident(column_name), ', ' ORDER BY column_name)
  FROM information_schema.columns WHERE table_schema = 'public' AND is_generated = 'NEVER' AND table_name IN (
    SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE')
  GROUP BY table_name ORDER BY table_name"
psql -qAtXd "$1" -c "$columns" | while IFS=: read -r table list; do
  psql -qAtXd "$2" -v ON_ERROR_STOP=1 -c "DELETE FROM $table"   # our own seeds
  psql -qAtXd "$1" -c "COPY $table ($list) TO STDOUT" |
    PGOPTIONS="$PGOPTIONS -c session_replication_role=replica" psql -qAtXd "$2" -v ON_ERROR_STOP=1 -c "COPY $table ($list) FROM STDIN"
done
