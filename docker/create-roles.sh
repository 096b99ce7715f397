#!/bin/sh
# The roles of the platform, made when the server's volume is new. The superuser is for this and for emergencies: the
# migrator owns the databases and refuses to run as a superuser, and each service's role works with rows alone.
set -eu

psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set migrator="$MIGRATOR_PASSWORD" --set users="$USER_SERVICE_PASSWORD" --set training="$TRAINING_SERVICE_PASSWORD" <<'SQL'
CREATE ROLE hockey_hub_migrator LOGIN NOSUPERUSER CREATEDB PASSWORD :'migrator';
CREATE ROLE user_service LOGIN NOSUPERUSER PASSWORD :'users';
CREATE ROLE training_service LOGIN NOSUPERUSER PASSWORD :'training';
SQL
