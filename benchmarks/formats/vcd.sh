#!/bin/sh
# Reads dumps with DetTrace and with GTKWave's converters, checks that both see the same changes, and prints the throughput.
#
#   benchmarks/formats/vcd.sh [MB]      size of the made dump, by default 200
#
# Needs vcd2fst and fst2vcd (package gtkwave), python3, and a built ./dettrace.

set -eu
cd -- "$(dirname -- "$0")/../.."
mb=${1:-200}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
export DETTRACE_JAVA_OPTS=-Xmx256m

python3 - "$work/made.vcd" "$mb" <<'PY'
import random, sys
out = open(sys.argv[1], "w"); size = int(sys.argv[2]) * 1000000
N = 2000; R = random.Random(1)
def code(i):
    s = ""
    while i >= 0: s += chr(33 + i % 94); i = i // 94 - 1
    return s
codes = [code(i) for i in range(N)]
width = [1] + [R.choice([1, 1, 1, 1, 8, 16, 32, 32, 64]) for _ in range(N - 1)]
out.write("$timescale 1ps $end\n$scope module top $end\n$var wire 1 %s clk $end\n" % codes[0])
for i in range(1, N):
    out.write("$var wire %d %s r%d $end\n" % (width[i], codes[i], i))
out.write("$upscope $end\n$enddefinitions $end\n#0\n$dumpvars\n")
out.write("".join(("0%s\n" if width[i] == 1 else "b0 %s\n") % codes[i] for i in range(N)) + "$end\n")
value = [0] * N; t = n = 0
while n < size:
    t += 5000; lines = ["#%d\n1%s\n" % (t, codes[0])]
    for i in R.sample(range(1, N), 60):
        if width[i] == 1: value[i] ^= 1; lines.append("%d%s\n" % (value[i], codes[i]))
        else: value[i] = (value[i] + R.getrandbits(width[i] - 1) + 1) % 2 ** width[i]; lines.append("b%s %s\n" % (bin(value[i])[2:], codes[i]))
    t += 5000; lines.append("#%d\n0%s\n" % (t, codes[0])); s = "".join(lines); n += len(s); out.write(s)
PY

seconds() { start=$(date +%s.%N); "$@" > "$work/out" 2> "$work/err"; date +%s.%N | awk -v s="$start" '{ printf "%.2f", $1 - s }'; }
rate() { awk -v m="$mb" -v s="$1" 'BEGIN { printf "%.1f", m / s }'; }

theirs=$(seconds vcd2fst "$work/made.vcd" "$work/made.fst")
fst2vcd "$work/made.fst" > "$work/back.vcd"
ours=$(seconds ./dettrace inspect "$work/made.vcd")
cat "$work/out"
echo "vcd2fst: $theirs s, $(rate "$theirs") MB/s; dettrace inspect in 256 MB: $ours s, $(rate "$ours") MB/s;" \
    "ratio $(awk -v a="$theirs" -v b="$ours" 'BEGIN { printf "%.2f", a / b }')"
if ./dettrace compare "$work/made.vcd" "$work/back.vcd" > "$work/out"; then
    grep -E '^All|matched' "$work/out"
    echo "the dump and the one that came back from FST have the same changes"
else
    cat "$work/out"
    exit 1
fi
