#!/bin/sh
# Lays out what an image runs: assemble.sh TARGET PROJECT...
# Compiled projects from dist/, at the paths their sources have, and the run-time dependencies of the lock file.
set -eu

target=$1
shift

mkdir -p "$target"
# npm ci compares every workspace with the lock file, so all the package files must be there.
cp --parents package.json package-lock.json apps/*/package.json libs/*/package.json tools/*/package.json "$target"
for project in "$@"; do
  mkdir -p "$target/$project"
  cp -R "dist/$project/." "$target/$project"
done
cd "$target"
npm ci --omit=dev --ignore-scripts
