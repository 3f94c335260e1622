#!/bin/bash
# lincheck.sh [RUNS]
#
# DetTrace's search beside the model checker of Lincheck, on the same small programs (peer/): first five with a fault, up
# to the first failure; then three correct ones, RUNS runs (default 300) each. Prints the seconds of the whole command, the
# processor time (user and system, of all its processes), and DetTrace's processor time as a part of Lincheck's. Both must
# find every fault and nothing else. JAVA names the java to be used.
#
# Needs a built tree (scripts/test.sh), and Maven with Maven Central for Lincheck. Run nothing else meanwhile.

set -euo pipefail
if [ "${1:-}" = -h ] || [ "${1:-}" = --help ]; then sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; exit 0; fi
runs=${1:-300}
java=${JAVA:-java}
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
peer=$root/benchmarks/replay/peer
[ -f "$root/cli/target/dettrace.jar" ] || { echo "lincheck.sh: build the tree first: scripts/test.sh" >&2; exit 2; }
mvn -q -f "$peer/pom.xml" package
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
programs=io.dettrace.benchmarks.replay.SmallPrograms
TIMEFORMAT='%R %U %S'

# Runs a command; prints seconds and processor seconds. What it prints goes to $work/out.
measured() {
    { time "$@" > "$work/out" 2>&1 || true; } 2>&1 | awk '{printf "%s %.2f\n", $1, $2 + $3}'
}

# Ends with an error unless the output says what it must.
must_say() {
    grep -q -- "$1" "$work/out" || { echo "lincheck.sh: $2: unexpected answer" >&2; tail -20 "$work/out" >&2; exit 1; }
}

row() {
    local name=$1 rounds=$2 times=$3 ours theirs
    ours=$(measured "$java" -jar "$root/cli/target/dettrace.jar" explore --runs "$times" --until-first \
        --out "$work/explored" -- "$java" -cp "$peer/target/classes" "$programs" "$name" "$rounds")
    if [ "$4" = fault ]; then [ -f "$work/explored/fail-1.schedule" ] || must_say '^$' "$name"; else
        [ ! -f "$work/explored/fail-1.schedule" ] || must_say '^$' "$name"; fi
    rm -rf -- "$work/explored"
    theirs=$(measured "$java" -cp "$peer/target/classes:$peer/target/lib/*" \
        io.dettrace.benchmarks.replay.LincheckPeer "$name" "$rounds" "$times")
    if [ "$4" = fault ]; then must_say 'IllegalState\|interleaving' "$name"; else must_say ' nothing$' "$name"; fi
    echo "$name $ours $theirs" | awk '{printf "%-16s %9s %9s %9s %9s %8.2f\n", $1, $2, $3, $4, $5, $3 / $5}'
}

printf '%-16s %9s %9s %9s %9s %8s\n' program dettrace cpu lincheck cpu 'cpu ratio'
for name in increment dequeue atomics deadlock map; do
    row "$name" 0 1000 fault
done
for name in fields-kernel locks-kernel atomics-kernel; do
    row "$name" 20 "$runs" correct
done
