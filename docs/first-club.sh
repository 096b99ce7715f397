#!/bin/sh
# Founds a club with a team, a coach and a player in the user-service, then plans a workout for the player in the
# training-service, which has heard of them by events alone. Needs curl and Node, and both services:
#
#     npx nx run-many -t migrate && npx nx run-many -t serve      # in one terminal
#     sh docs/first-club.sh                                       # in another
set -eu

users="${USER_SERVICE_URL:-http://127.0.0.1:3001}"
training="${TRAINING_SERVICE_URL:-http://127.0.0.1:3002}"
patience_seconds=60

# read_json <expression>: what a JavaScript expression says of `body`, the JSON that is sent to its standard input
read_json() {
  node -e 'const body = JSON.parse(require("node:fs").readFileSync(0)); console.log(eval(process.argv[1]))' "$1"
}

# within_patience <command>: tries every second until it succeeds, or ends the script
within_patience() {
  tries=0
  until "$@"; do
    tries=$((tries + 1))
    if [ "$tries" -ge "$patience_seconds" ]; then
      echo "gave up after $patience_seconds tries: $*" >&2
      exit 1
    fi
    sleep 1
  done
}

is_ready() {
  curl --silent --fail --output /dev/null "$1/health/ready"
}

# post <url> <json>: puts what was created, or the problem, into $answer; fails when it was refused
post() {
  answer="$(curl --silent --show-error --fail-with-body --header 'content-type: application/json' --data "$2" "$1")"
}

answered() {
  printf '%s\n' "$answer" | read_json "$1"
}

# create <url> <json>: the id of what was created
create() {
  if ! post "$1" "$2"; then
    echo "$1 refused: $answer" >&2
    exit 1
  fi
  answered body.id
}

# is_known <url> <json>: false as long as something of it is not known to the service; ends the script when it is refused
is_known() {
  post "$1" "$2" && return
  if [ "$(answered body.status)" != 422 ]; then
    echo "$1 refused: $answer" >&2
    exit 1
  fi
  echo "  not yet: $(answered body.code)" >&2
  return 1
}

# create_once_known <url> <json>: the id of what was created, as soon as the service has heard of all that it refers to
create_once_known() {
  within_patience is_known "$1" "$2"
  answered body.id
}

within_patience is_ready "$users"
within_patience is_ready "$training"

name="demo-$(date +%s)-$$"
person() {
  printf '{"email": "%s@example.com", "password": "correct horse battery", "firstName": "%s", "lastName": "Keller"}' \
    "$1-$name" "$2"
}

club="$(create "$users/organizations" "{\"name\": \"EHC Oberland\", \"subdomain\": \"$name\"}")"
echo "club    $club"
team="$(create "$users/teams" "{\"organizationId\": \"$club\", \"name\": \"Lions\", \"teamType\": \"youth\", \"season\": \"2026-2027\"}")"
echo "team    $team"
coach="$(create "$users/users" "$(person coach Andrea)")"
echo "coach   $coach"
player="$(create "$users/users" "$(person player Mia)")"
echo "player  $player"
role="$(curl --silent --fail "$users/roles" | read_json 'body.find(({ name }) => name === "player").id')"
membership="$(create "$users/team-memberships" "{\"teamId\": \"$team\", \"userId\": \"$player\", \"roleId\": \"$role\"}")"
echo "member  $membership"

session="$(create_once_known "$training/workout-sessions" "{\"teamId\": \"$team\", \"createdBy\": \"$coach\", \"title\": \"Leg day\", \"type\": \"strength\"}")"
echo "session $session"
assignment="$(create_once_known "$training/workout-assignments" "{\"workoutSessionId\": \"$session\", \"playerId\": \"$player\"}")"
echo "The training-service has accepted the player: $training/workout-assignments/$assignment"
