#!/bin/sh
# run_distributed_demo.sh [--out DIR]
#
# Two incidents of a distributed system, one held against the other: cascading time-outs (the baseline) and a retry storm. Says
# which service failed first, the chain from there to the symptom, how far it reached, how the two differ and what to check
# next. Writes distributed_incident_report.json and .md and distributed_semantic_diff.json into DIR (default: reports, in the
# folder it is called from). Builds DetTrace first if need be.
#
# Exit status: 0 if all was found and written, 1 if something was not, 2 if it could not run.

set -u

say() { printf 'run_distributed_demo.sh: %s\n' "$*" >&2; }
usage() { sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; }
step() { printf '\n== %s\n' "$*"; }
lost() { say "$@"; exit 1; }

out=reports
while [ $# -gt 0 ]; do
    case $1 in
        -h | --help) usage; exit 0 ;;
        --out)
            [ $# -ge 2 ] && [ -n "$2" ] || { say "--out needs a folder"; exit 2; }
            out=$2
            shift
            ;;
        --out=?*) out=${1#--out=} ;;
        *) say "unknown argument $1; see --help"; exit 2 ;;
    esac
    shift
done

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 2
"$root/dettrace" --version > /dev/null || exit 2

step "the retry storm, against the same request when it went well: look at the first failing hop and the chain below it"
status=0
"$root/dettrace" incident --pack "$root/packs/retry-storm" || status=$?
[ "$status" = 1 ] || lost "expected an incident, but the exit status is $status"

step "the retry storm against an earlier incident, cascading time-outs: look at 'Against the baseline'"
status=0
"$root/dettrace" incident "$root/packs/cascading-timeouts/candidate.jsonl" "$root/packs/retry-storm/candidate.jsonl" \
    --out "$out" || status=$?
[ "$status" = 1 ] || lost "expected an incident, but the exit status is $status"

printf '\nWritten to %s:\n' "$out"
for file in distributed_incident_report.json distributed_incident_report.md distributed_semantic_diff.json; do
    [ -s "$out/$file" ] || lost "$out/$file is missing"
done
cat << EOF
  distributed_incident_report.json  incident_family, causal_chain, blast_radius (who is hit), timeline_correlation, runbook
  distributed_incident_report.md    the same for a postmortem
  distributed_semantic_diff.json    what became of the earlier incident: first failing service, reasons, deltas, family

The same on your own data: dettrace incident GOOD BAD, where each is an event log of one request or a trace
(OTLP, Jaeger, Zipkin).
EOF
