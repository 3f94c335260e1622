#!/usr/bin/env bash
# sigrok.sh [MIB] [--big MIB] [--dir DIR]
#
# Reads a generated capture of MIB MiB of samples (default 64) with DetTrace and with sigrok-cli and its UART decoder, checks
# that both find the same bytes, and prints MB of samples a second, their ratio and DetTrace's peak memory. Then DetTrace
# reads a capture of --big MiB (default 1700) in a heap of 256 MiB.
#
#   --dir DIR  keep the generated captures in DIR and use them again; without it they are deleted
#
# Exit status: 0 if both find the same, 1 if not, 2 if something could not run. Needs sigrok-cli and python3.

# shellcheck source=benchmarks/peers/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../peers/common.sh"

size=64
big=1700
dir=
while [ $# -gt 0 ]; do
    case $1 in
        -h | --help) usage; exit 0 ;;
        --big) big=${2:?--big needs a number}; shift ;;
        --dir) dir=${2:?--dir needs a folder}; shift ;;
        [0-9]*) size=$1 ;;
        *) fail "unknown argument $1; see --help" ;;
    esac
    shift
done
command -v sigrok-cli > /dev/null || fail "needs sigrok-cli (apt-get install sigrok-cli)"
work_folder "$dir"
warm_up
export JAVA_TOOL_OPTIONS=-Xmx256m

capture() {
    [ -f "$work/$1.sr" ] || "$(jdk_home)/bin/java" "$root/benchmarks/formats/GenerateCapture.java" "$work/$1.sr" "$1"
}
rate() { awk -v m="$1" -v s="$2" 'BEGIN { printf "%.1f MB/s", m * 1.048576 / s }'; }
decode=uart:rx=RX:tx=TX:baudrate=115200

capture "$size"
machine
measure "$dettrace" inspect --with "decode=$decode" "$work/$size.sr"
[ "$status" = 0 ] || fail "dettrace inspect: $(tail -n 1 "$work/err")"
mine=$seconds
row "dettrace inspect, lines" "$seconds" "$peak" "$(rate "$size" "$seconds")"
measure "$dettrace" convert --with "decode=$decode" --with group=byte "$work/$size.sr" -o "$work/ours.jsonl"
[ "$status" = 0 ] || fail "dettrace convert: $(tail -n 1 "$work/err")"
row "dettrace convert, bytes" "$seconds" "$peak" "$(rate "$size" "$seconds")"
measure sigrok-cli -i "$work/$size.sr" -P "$decode" -A uart=rx-data:tx-data
[ "$status" = 0 ] || fail "sigrok-cli: $(tail -n 1 "$work/err")"
row "sigrok-cli, uart" "$seconds" "$peak" "$(rate "$size" "$seconds")"
printf 'sigrok-cli takes %s times as long as inspect\n' "$(ratio "$seconds" "$mine")"

python3 - "$work/ours.jsonl" "$work/out" << 'EOF' || exit 1
import json, sys

ours = []
for line in open(sys.argv[1]):
    event = json.loads(line)
    if "hex" in event:
        ours.append(event["hex"])
theirs = [line.split(": ")[1].strip() for line in open(sys.argv[2]) if ": " in line]
print(f"bytes: dettrace {len(ours):,}, sigrok-cli {len(theirs):,}: " + ("the same" if ours == theirs else "DIFFERENT"))
sys.exit(ours != theirs)
EOF

if [ "$big" -gt 0 ]; then
    capture "$big"
    measure "$dettrace" inspect "$work/$big.sr"
    [ "$status" = 0 ] || fail "dettrace inspect: $(tail -n 1 "$work/err")"
    row "dettrace inspect, $big MiB, -Xmx256m" "$seconds" "$peak" "$(rate "$big" "$seconds")"
fi
