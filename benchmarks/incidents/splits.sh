#!/usr/bin/env bash
# splits.sh [SYSTEMS [SPLITS [SEED]]]
#
# How often a culprit is named where there is none: the fault-free windows of SYSTEMS (default 20) simulated systems are split at
# random into two, request by request, SPLITS (default 10) times each, and the halves compared at the default level of 0.05.
# Prints what is named, and how often. Exit status: 0, or 2 if something could not run.

set -euo pipefail
export LC_ALL=C
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
case ${1:-} in -h | --help) sed -n '2,/^$/{/^#!/d;s/^# \{0,1\}//p;}' "$0"; exit 0 ;; esac
CLASS=SplitBaselines exec "$root/benchmarks/incidents/simulated.sh" "${@:-20}"
