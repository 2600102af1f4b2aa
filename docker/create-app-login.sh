#!/bin/sh
# Runs once, when the database's volume is new: the login of the product, which owns nothing and cannot bypass
# row-level security.
set -eu
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set ON_ERROR_STOP=1 --set password="$APP_DATABASE_PASSWORD" <<'SQL'
CREATE ROLE creneau_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE ROLE creneau_system NOLOGIN;
SQL
