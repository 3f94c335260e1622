#!/usr/bin/env bash
# linearizability.sh DATA_DIR [PORCUPINE_DIR]
#
# Recorded histories with known verdicts: DATA_DIR/TRUTH.json says of each whether it is linearizable and which line first
# violates that. All are checked, verdicts and lines compared, and the time of the whole process taken. Then generated
# histories of 2,000 to 5,000 calls, some of them hard on purpose: of those that are linearizable by construction none
# may be called anything but linearizable or undecided, of the others none linearizable.
#
# PORCUPINE_DIR is a checkout of github.com/anishathalye/porcupine; with it and Go the same files are checked by porcupine
# in the same run, verdicts compared and times printed side by side. Porcupine says whether a history is linearizable, not
# where it first is not and not which calls show it. It publishes no time for a file: its page says "generally
# 1,000x-10,000x faster" than Knossos on these files, which cannot be compared with a time.
#
# Exit status: 0 if all answers are right, 1 if not, 2 if something could not run. DETTRACE names another launcher.

# shellcheck source=benchmarks/peers/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/peers/common.sh"

case ${1:-} in
    -h | --help) usage; exit 0 ;;
    '') fail "the folder with TRUTH.json is missing; see --help" ;;
esac
data=$(cd -- "$1" && pwd -P) || fail "there is no folder $1"
[ -r "$data/TRUTH.json" ] || fail "there is no $data/TRUTH.json"
command -v python3 > /dev/null || fail "needs python3"
here=$root/benchmarks/linearizability
work_folder ""
warm_up
state=0

truth() {
    python3 - "$data" "$@" << 'EOF'
import json, sys
files = json.load(open(sys.argv[1] + "/TRUTH.json"))["linearizability"]["files"]
for name, truth in sorted(files.items()):
    verdict = "LINEARIZABLE" if truth["linearizable"] else "NOT LINEARIZABLE"
    print("%s\t%s/%s\t%s" % (verdict, sys.argv[1], name, truth["first_violating_line"] or ""))
EOF
}
truth > "$work/truth"
cut -f 2 "$work/truth" > "$work/files"
mapfile -t files < "$work/files"

# Verdict, file and line of each history, as DetTrace says them in JSON.
answers() {
    python3 -c '
import json, sys
for run in json.load(sys.stdin)["runs"]:
    found = run["linearizability"]
    at = found.get("violation", {}).get("at", {}).get("line", "")
    print("%s\t%s\t%s" % (found["verdict"].upper().replace("_", " "), run["files"][0], at))'
}

milliseconds() { echo $((($(date +%s%N) - $1) / 1000000)); }

begin=$(date +%s%N)
"$dettrace" check --format json "${files[@]}" > "$work/json" 2> "$work/err" || [ $? = 1 ] || fail "$(cat "$work/err")"
ours=$(milliseconds "$begin")
answers < "$work/json" > "$work/answers"
if ! diff "$work/truth" "$work/answers" > "$work/diff"; then
    say "wrong (< truth, > answer):"
    cat "$work/diff" >&2
    state=1
fi
right=$(comm -12 <(sort "$work/truth") <(sort "$work/answers") | wc -l)
lines=$(comm -12 <(sort "$work/truth") <(sort "$work/answers") | grep -c '^NOT' || true)
echo "$right of ${#files[@]} verdicts right; $lines of $(grep -c '^NOT' "$work/truth") first violating lines right"
echo "DetTrace, one process with JVM start, reading, first line, counterexample and witness: $ours ms"

if [ -n "${2:-}" ] && command -v go > /dev/null; then
    porcupine=$(cd -- "$2" && pwd -P) || fail "there is no folder $2"
    mkdir "$work/go"
    cp "$here/porcupine.go" "$work/go/main.go"
    printf 'module bench\n\ngo 1.18\n\nrequire github.com/anishathalye/porcupine v0.0.0\n\nreplace github.com/anishathalye/porcupine => %s\n' \
        "$porcupine" > "$work/go/go.mod"
    (cd "$work/go" && go build -o "$work/porcupine" .) || fail "porcupine could not be built"
    begin=$(date +%s%N)
    "$work/porcupine" "${files[@]}" > "$work/theirs"
    theirs=$(milliseconds "$begin")
    if ! diff <(cut -f 1,2 "$work/truth") <(cut -f 1,2 "$work/theirs") > "$work/diff"; then
        say "porcupine answers otherwise (< truth, > porcupine):"
        cat "$work/diff" >&2
    fi
    echo "porcupine, one process with reading, verdicts only: $theirs ms"
    sort -t "$(printf '\t')" -k 3,3nr "$work/theirs" | awk -F '\t' '
        { sum += $3; if (NR == 1) most = $3 }
        END { printf "porcupine, its checks alone: %.1f ms in all, %.1f ms for the longest\n", sum / 1000, most / 1000 }'
else
    echo "porcupine: not run (needs Go and its checkout as second argument)"
fi

echo
printf '%-13s %6s %9s %5s %-6s  %-17s %7s %8s\n' model calls processes lost "" verdict seconds "peak MB"
while read -r model calls processes lost wrong; do
    file=$work/history.jsonl
    python3 "$here/generate.py" "$model" "$calls" "$processes" "$lost" 1 $wrong > "$file"
    status=0
    /usr/bin/time -f '%e %M' -o "$work/time" "$dettrace" check "$file" --brief > "$work/line" 2> "$work/err" || status=$?
    verdict=$(sed 's/   *.*//' "$work/line")
    read -r seconds kilobytes < <(tail -n 1 "$work/time")
    printf '%-13s %6d %9d %5s %-6s  %-17s %7s %8d\n' \
        "$model" "$calls" "$processes" "$lost" "${wrong:-}" "$verdict" "$seconds" $((kilobytes / 1024))
    case $verdict:$status:${wrong:-} in
        LINEARIZABLE:0: | UNDECIDED:2:* | 'NOT LINEARIZABLE:1:wrong') ;;
        *) say "wrong: $(cat "$work/line" "$work/err")"; state=1 ;;
    esac
done << EOF
cas-register 5000 5 0
cas-register 5000 20 0
cas-register 5000 10 0.02
cas-register 2000 5 0.05
cas-register 5000 10 0.01 wrong
register 5000 10 0
register 5000 20 0.02
register 5000 50 0
kv 5000 20 0.02
kv 5000 20 0.02 wrong
queue 5000 5 0
queue 5000 5 0 wrong
queue 5000 20 0.01
queue 2000 50 0
EOF
exit $state
