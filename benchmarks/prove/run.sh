#!/bin/bash
# run.sh [--dir DIR] [--repeats K] [--jobs N] [NAME...]
#
# What prove makes of every small program with a fault (replay/src/test/java/io/dettrace/replay/programs), or of those named:
# runs of explore until it fails, at most 200; verdict; decisions before and after; failing and passing runs of K (default 5);
# runs to find the proof; and whether the window that is named holds the fault that is marked in the source:
#
#   yes, mirrored   both ends lie in one marked window and the intruder's access is marked, or the other way round
#   around          the lines named contain a marked window, and the intruder's access is marked
#   locks, signal   of a deadlock: a lock held and the place of waiting are marked; the wait and its last notification are
#   one_end, no     it does not hold it
#
# --dir DIR keeps schedules and proofs, and takes the schedules that are there. Needs a built tree (scripts/test.sh) and JDK 17
# or newer. Exit status 1 if a program that is found is not proved.

set -euo pipefail
if [ "${1:-}" = -h ] || [ "${1:-}" = --help ]; then sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; exit 0; fi
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
programs=$root/replay/target/test-classes
jar=$root/cli/target/dettrace.jar
[ -f "$jar" ] && [ -d "$programs" ] || { echo "run.sh: build the tree first: scripts/test.sh" >&2; exit 2; }
exec java -XX:TieredStopAtLevel=1 -Ddettrace.sources="$root/replay/src/test/java" -cp "$programs:$jar" \
    io.dettrace.replay.ProveCorpus "$@"
