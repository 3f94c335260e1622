#!/usr/bin/env bash
# simulated.sh [N [SEED [CLASS...]]]
#
# N (default 500) simulated incidents of the series SEED (default 1): random service graphs with queues, pools, timeouts,
# retries, breakers and caches, a fault of one of fourteen kinds in each, and the truth from running the same requests with and
# without it. Prints for each ranker how often it names the root service first (A@1) and among three (A@3), its mean
# reciprocal rank, and precision and recall of the services that it says are hit: a plain alert counter, a random walk and
# fixed limits, and before them each CLASS, a Ranker with a public constructor without arguments.
#
# The same arguments print the same table. Exit status: 0, or 2 if something could not run.

set -euo pipefail
export LC_ALL=C
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
case ${1:-} in -h | --help) sed -n '2,/^$/{/^#!/d;s/^# \{0,1\}//p;}' "$0"; exit 0 ;; esac

classes=()
for part in core/target/classes core/target/test-classes incident/target/classes incident/target/test-classes; do
    classes+=("$root/$part")
done
[ -d "$root/incident/target/test-classes/io/dettrace/incident/simulation" ] ||
    mvn -B -q -f "$root/pom.xml" -pl core,incident -Denforcer.skip=true -Dspotless.check.skip -DskipTests package || exit 2
libraries=$(mktemp)
trap 'rm -f -- "$libraries"' EXIT
mvn -B -q -o -f "$root/pom.xml" -pl core,incident -Denforcer.skip=true dependency:build-classpath \
    -Dmdep.includeScope=test -Dmdep.outputFile="$libraries" > /dev/null || exit 2
IFS=:
java -Xmx3g -XX:+UseParallelGC -cp "${classes[*]}:$(cat "$libraries")" "io.dettrace.incident.simulation.${CLASS:-SimulatedIncidents}" "$@" || exit 2
