#!/bin/sh
# run_demo.sh [--out DIR]
#
# Compares the two runs of the incident pack task-race, prints the report and writes the artifacts into DIR (default:
# artifacts, in the folder it is called from). Builds DetTrace first if need be.
#
# Exit status: 0 if the comparison found the divergence and wrote all artifacts, 1 if it did not, 2 if it could not run.

set -u

say() { printf 'run_demo.sh: %s\n' "$*" >&2; }
usage() { sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; }

out=artifacts
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
status=0
"$root/dettrace" compare --pack "$root/packs/task-race" --out "$out" || status=$?
case $status in
    1) ;;
    0) say "the runs are said to be equivalent; they are not"; exit 1 ;;
    *) exit 2 ;;
esac

printf '\nWritten to %s:\n' "$out"
for file in expected.jsonl actual.jsonl divergence_report.json; do
    [ -s "$out/$file" ] || { say "$out/$file is missing"; exit 1; }
    printf '  %s\n' "$file"
done
