#!/bin/sh
# run_demo.sh [--out DIR]
#
# A small program with a race, from the first run to the proof: two workers take tasks from one queue
# (scripts/demo/TaskQueue.java). Records a passing run, looks for a schedule under which it fails, proves the cause, replays the
# failing run and compares the two. Writes expected.jsonl, actual.jsonl, replayed.jsonl and divergence_report.json into DIR
# (default: artifacts, in the folder it is called from). Builds DetTrace first if need be; needs a JDK.
#
# Exit status: 0 if all was found and written, 1 if something was not, 2 if it could not run.

set -u

say() { printf 'run_demo.sh: %s\n' "$*" >&2; }
usage() { sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; }
step() { printf '\n== %s\n' "$*"; }
lost() { say "$@"; exit 1; }

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
"$root/dettrace" --version > /dev/null || exit 2
javac=javac
if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/javac" ]; then javac=$JAVA_HOME/bin/javac; fi
command -v "$javac" > /dev/null || { say "needs a JDK: javac is not on PATH and JAVA_HOME names none"; exit 2; }
java=${javac%javac}java

work=$(mktemp -d) || exit 2
trap 'rm -rf -- "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
recorder=$root/recorder/target/classes
"$javac" --release 17 -cp "$recorder" -d "$work/classes" "$root/scripts/demo/TaskQueue.java" || exit 2
set -- "$java" -cp "$work/classes:$recorder" TaskQueue

step "a passing run, recorded"
TASK_EVENTS=$work/passing-events.jsonl "$root/dettrace" record --out "$work/passing.jsonl" -- "$@" ||
    lost "the passing run failed"

step "a failing schedule, searched for"
status=0
"$root/dettrace" explore --until-first --runs 200 --out "$work/explored" -- "$@" || status=$?
[ "$status" = 1 ] || lost "no failing schedule was found"

failing=$work/explored/fail-1.schedule

step "the cause, proved"
"$root/dettrace" prove "$failing" --repeats 3 --neighbours 0 --out "$work/proof" || lost "the cause was not proved"

step "the least failing schedule, replayed twice"
for name in failing replayed; do
    status=0
    TASK_EVENTS=$work/$name-events.jsonl \
        "$root/dettrace" replay "$work/proof/actual.schedule" --out "$work/$name.jsonl" || status=$?
    [ "$status" = 1 ] || lost "the replay ended with $status instead of the program's 1"
done
cmp "$work/failing.jsonl" "$work/replayed.jsonl" || lost "the replays differ"
cmp "$work/failing-events.jsonl" "$work/replayed-events.jsonl" || lost "the replays say different things"

step "the two runs, compared"
status=0
"$root/dettrace" compare "$work/passing-events.jsonl" "$work/failing-events.jsonl" --order recorded \
    --cause "$work/proof/divergence_report.json" --out "$out" || status=$?
[ "$status" = 1 ] || lost "the comparison ended with $status"
cp -- "$work/replayed-events.jsonl" "$out/replayed.jsonl" || exit 2

printf '\nWritten to %s:\n' "$out"
for file in expected.jsonl actual.jsonl replayed.jsonl divergence_report.json; do
    [ -s "$out/$file" ] || lost "$out/$file is missing"
    printf '  %s\n' "$file"
done
