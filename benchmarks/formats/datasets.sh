#!/bin/sh
# Reads every file below a folder with `dettrace inspect` and prints what each format's files hold, and why others were refused.

set -u
root=$(cd -- "$(dirname -- "$0")/../.." && pwd) || exit 2

case ${1:-} in
    "" | -h | --help)
        echo "usage: benchmarks/formats/datasets.sh FOLDER"
        echo
        echo "Prints a line for each format (files, events, bytes), then each refused file with the reason."
        echo "Status: 0 all were read, 1 some were refused, 2 trouble. Needs python3."
        [ $# -gt 0 ] && exit 0
        exit 2
        ;;
esac
[ -d "$1" ] || { echo "datasets.sh: $1 is no folder" >&2; exit 2; }

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
find "$1" -type f ! -name 'README*' ! -name 'readme.txt' ! -name 'MANIFEST.tsv' ! -name 'TRUTH.json' -print0 |
    sort -z | xargs -0 "${DETTRACE:-$root/dettrace}" inspect --format json >"$work/read.json" 2>"$work/refused.txt"
python3 - "$work" <<'EOF'
import collections, json, sys

text = open(sys.argv[1] + "/read.json").read()
decoder, at, read = json.JSONDecoder(), 0, []
while at < len(text):  # xargs may have started more than one command
    found, at = decoder.raw_decode(text, at)
    read += found
    at += len(text[at:]) - len(text[at:].lstrip())
sums = collections.defaultdict(lambda: [0, 0, 0, 0])
for run in read:
    s = sums[run["format"]]
    s[0] += 1
    s[1] += run["events"]
    s[2] += run["bytes"]
    s[3] += len(run["notes"]) > 0
print(f"{'format':12}{'files':>8}{'events':>12}{'bytes':>12}{'with notes':>12}")
for name in sorted(sums):
    print(f"{name:12}" + "".join(f"{v:>{w},}" for v, w in zip(sums[name], (8, 12, 12, 12))))
refused = [l for l in open(sys.argv[1] + "/refused.txt") if l.startswith("dettrace:")]
print(f"{len(read)} read, {len(refused)} refused")
for line in refused:
    print("  " + line.strip())
sys.exit(1 if refused else 0)
EOF
