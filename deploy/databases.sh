#!/bin/sh
# Makes the two databases and their users, when PostgreSQL's folder is new: the record's, and Prefect's.
set -eu
psql --username "$POSTGRES_USER" --set accede="$POSTGRES_ACCEDE_PASSWORD" --set prefect="$POSTGRES_PREFECT_PASSWORD" <<'SQL'
CREATE ROLE accede LOGIN PASSWORD :'accede';
CREATE DATABASE accede OWNER accede;
CREATE ROLE prefect LOGIN PASSWORD :'prefect';
CREATE DATABASE prefect OWNER prefect;
\connect prefect
CREATE EXTENSION pg_trgm;
SQL
