#!/usr/bin/env bash
# profile.sh [--dir DIR] [EVENTS]
#
# Compares two equivalent runs of EVENTS (default 5000000) events with a profile and with its mapping alone, and prints elapsed
# and processor time of both and the ratios: with rules about fields, with those about optional and repeated events besides, and
# with those about orders besides. The profile is learnt from 20 further passing runs. The runs differ by interleaving and times
# only, so that both comparisons read all of them; under the profile two runs that differ by all the noise must be equivalent
# too, and one wrong status must be the only root. Takes 0.5 GB of disk for a million events.
#
#   --dir DIR  keep the generated files in DIR and use them again
#
# Exit status: 0 if every answer was right, 1 if one was not, 2 if something could not run.
# DETTRACE names another launcher than that of this source tree.

# shellcheck source=benchmarks/peers/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../peers/common.sh"

dir=
events=5000000
while [ $# -gt 0 ]; do
    case $1 in
        -h | --help) usage; exit 0 ;;
        --dir) dir=${2:?--dir needs a folder}; shift ;;
        [0-9]*) events=$1 ;;
        *) fail "unknown argument $1; see --help" ;;
    esac
    shift
done

work_folder "$dir"
warm_up
runs=$work/noisy-$events
if [ ! -f "$runs/learn/run20.jsonl" ]; then
    say "generating 4 x $events events in $runs"
    "$(jdk_home)/bin/java" "$root/benchmarks/profile/GenerateNoisyRuns.java" "$events" "$runs"
fi

orders=$runs/orders.profile
"$dettrace" learn "$runs"/learn/*.jsonl -o "$runs/learnt.profile" --max-blindness 10 > /dev/null || fail "nothing was learnt"
# The runs that are compared are longer than those that were learnt from.
{ cat "$runs/learnt.profile"; echo 'event "gc": optional  # the longer a run, the more'; } > "$orders"
grep -v '^order' "$orders" > "$runs/events.profile"
grep -v '^order\|^event' "$orders" > "$runs/fields.profile"
{ echo '# dettrace mapping 1'; sed -n '/^\[mapping\]/,/^\[learnt\]/{/^\[/d;p;}' "$orders"; } > "$runs/plain.mapping"

# Compares as the further arguments say, twice; sets the lesser elapsed and processor seconds.
compare() {
    local expected=$1 status real user system
    shift
    elapsed=
    processor=
    TIMEFORMAT='%R %U %S'
    for _ in 1 2; do
        status=0
        { time "$dettrace" compare "$@" > "$work/out" 2> "$work/err" || status=$?; } 2> "$work/time"
        if [ "$status" -ne "$expected" ]; then
            say "status $status instead of $expected of: compare $*"
            cat "$work/out" "$work/err" >&2
            exit 1
        fi
        read -r real user system < "$work/time"
        elapsed=$(awk "BEGIN { e = ${elapsed:-1e9}; print $real < e ? $real : e }")
        processor=$(awk "BEGIN { p = $user + $system; l = ${processor:-1e9}; print p < l ? p : l }")
    done
}

printf '%-28s %9s %7s %11s %7s\n' "2 x $events events" "seconds" "ratio" "processor s" "ratio"
report() {
    printf '%-28s %9.2f %7.2f %11.2f %7.2f\n' "$1" "$elapsed" "$(awk "BEGIN { print $elapsed / $first }")" \
        "$processor" "$(awk "BEGIN { print $processor / $firstProcessor }")"
}
good=$runs/good.jsonl
compare 0 "$good" "$runs/same.jsonl" --mapping "$runs/plain.mapping"
first=$elapsed
firstProcessor=$processor
report "mapping alone"
compare 0 "$good" "$runs/same.jsonl" --profile "$runs/fields.profile"
report "fields"
compare 0 "$good" "$runs/same.jsonl" --profile "$runs/events.profile"
report "fields, events"
compare 0 "$good" "$runs/same.jsonl" --profile "$orders"
report "fields, events, orders"
compare 0 "$good" "$runs/noisy.jsonl" --profile "$orders"
report "the same, noisy run"
compare 1 "$good" "$runs/bad.jsonl" --profile "$orders"
grep -q 'status is 503, expected 200' "$work/out" && ! grep -q 'further root' "$work/out" || {
    say "the wrong status is not the only root:"
    cat "$work/out" >&2
    exit 1
}
