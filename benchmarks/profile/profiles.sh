#!/usr/bin/env bash
# profiles.sh [RUNS [FURTHER]]
#
# Learns a profile from RUNS (default 20) passing runs of each of five made systems, and prints what it promises beside what
# FURTHER (default 500) passing runs show: tested quantities, bound, false alarms, leave-one-out, blindness.
#
# Exit status: 0 if every figure is within its bounds (false alarms within the bound, leave-one-out clean, blindness at most
# 5 %), 1 if one is not, 2 if something could not run.

set -euo pipefail
export LC_ALL=C
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
case ${1:-} in -h | --help) sed -n '2,/^$/{/^#!/d;s/^# \{0,1\}//p;}' "$0"; exit 0 ;; esac

classes=$root/core/target
[ -d "$classes/test-classes" ] ||
    mvn -B -q -f "$root/pom.xml" -pl core -Denforcer.skip=true -Dspotless.check.skip test-compile || exit 2
libraries=$(mktemp)
trap 'rm -f -- "$libraries"' EXIT
mvn -B -q -o -f "$root/pom.xml" -pl core -Denforcer.skip=true dependency:build-classpath \
    -Dmdep.includeScope=test -Dmdep.outputFile="$libraries" > /dev/null || exit 2
java -cp "$classes/classes:$classes/test-classes:$(cat "$libraries")" io.dettrace.learn.ProfileFigures "$@"
