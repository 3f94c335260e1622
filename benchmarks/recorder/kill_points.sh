#!/usr/bin/env bash
# Kills a process that records, with kill -9 at random points, and checks each time that every event whose call had
# returned is in the files and no other. Ends with 1 if one check fails.
# Usage: kill_points.sh [KILLS [FIRST_SEED]]     (2,000 kills from seed 0; about 0.3 s each)
set -euo pipefail
cd "$(dirname "$0")/../.."
mvn -q -pl recorder -am test-compile
exec java -cp recorder/target/classes:recorder/target/test-classes io.dettrace.recorder.KillCheck "${1:-2000}" "${2:-0}"
