#!/bin/sh
# Reads OpenTelemetry export requests with DetTrace and with OpenTelemetry's own protobuf classes, and checks that both see
# the same spans: ids, parents, names, kinds, times, status and attributes. Then the throughput of both side by side.

set -u
here=$(cd -- "$(dirname -- "$0")" && pwd) || exit 2
dettrace=${DETTRACE:-$here/../../dettrace}

case ${1:-} in
    -h | --help)
        echo "usage: benchmarks/formats/otlp.sh [MEGABYTES]"
        echo
        echo "Makes a file of about MEGABYTES (default 100) as the Collector's file exporter writes it in protobuf."
        echo "DetTrace has a heap of 256 MB. Status: 0 the same spans, 1 not, 2 trouble. Needs a JDK, Maven and python3;"
        echo "Maven fetches OpenTelemetry's classes where the project's build has not yet."
        exit 0
        ;;
    *[!0-9]*) "$0" --help >&2; exit 2 ;;
esac
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
mvn -B -q -Denforcer.skip=true -f "$here/../../pom.xml" -pl core,formats -am compile dependency:build-classpath -Dspotless.check.skip \
    -Dmdep.includeScope=test -Dmdep.outputFile="$work/classpath" >"$work/mvn.txt" 2>&1 || { cat "$work/mvn.txt" >&2; exit 2; }
javac -d "$work/classes" -cp "$(cat "$work/classpath")" "$here/OtlpTraffic.java" || exit 2

theirs() {
    java -Xmx256m -cp "$work/classes:$(cat "$work/classpath")" OtlpTraffic "$@"
}

seconds() { # FILE COMMAND...: runs it with its output to FILE and prints the time it took
    to=$1
    shift
    begin=$(date +%s.%N)
    "$@" >"$to" 2>"$to.err" || { cat "$to.err" >&2; return 1; }
    end=$(date +%s.%N)
    echo "$begin $end" | awk '{ printf "%.2f", $2 - $1 }'
}

theirs make "$work/traces.binpb" "${1:-100}" || exit 2
theirs show "$work/traces.binpb" "$work/theirs.txt" || exit 2
DETTRACE_JAVA_OPTS=-Xmx256m "$dettrace" convert "$work/traces.binpb" "$work/ours.jsonl" || exit 2
our_time=$(DETTRACE_JAVA_OPTS=-Xmx256m seconds "$work/inspect.json" "$dettrace" inspect --format json "$work/traces.binpb") || exit 2
their_time=$(seconds "$work/count.txt" theirs count "$work/traces.binpb") || exit 2

python3 - "$work" "$our_time" "$their_time" <<'EOS'
import json, os, subprocess, sys

work, ours, theirs = sys.argv[1], float(sys.argv[2]), float(sys.argv[3])
with open(work + "/ours.txt", "w") as out:
    for line in open(work + "/ours.jsonl"):
        e = json.loads(line)
        if "$dettrace" in e:
            continue
        span = "%s %s %s %d " % (e["trace_id"], e["span_id"], e["record"], e["time_ns"])
        if e["record"] == "start":
            attributes = sorted((k[11:], str(v)) for k, v in e.items() if k.startswith("attributes."))
            shown = ", ".join("%s=%s" % a for a in attributes)
            out.write("%s%s %s %s {%s}\n" % (span, e["name"], e["span.kind"], e.get("parent_span_id", "-"), shown))
        else:
            text = " " + e.get("status_text", "") if e["status"] == "error" else ""
            out.write(span + e["event"][4:] + " " + e["status"] + text + "\n")
for name in ("ours", "theirs"):
    subprocess.run(["sort", "-o", work + "/" + name + ".txt", work + "/" + name + ".txt"], check=True, env={"LC_ALL": "C", "PATH": os.environ["PATH"]})
same = subprocess.run(["cmp", work + "/ours.txt", work + "/theirs.txt"]).returncode == 0
if not same:
    subprocess.run("diff %s/ours.txt %s/theirs.txt | head -10" % (work, work), shell=True)
run = json.load(open(work + "/inspect.json"))[0]
spans = int(open(work + "/count.txt").read())
same &= sum(k["events"] for k in run["kinds"]) == 2 * spans
mb = os.path.getsize(work + "/traces.binpb") / 1e6
print("%.1f MB, %d spans: %s" % (mb, spans, "the same spans in both" if same else "NOT THE SAME SPANS"))
print("  dettrace inspect           %6.2f s  %6.1f MB/s  (heap of 256 MB; causal order, lanes and links too)" % (ours, mb / ours))
print("  OpenTelemetry's classes    %6.2f s  %6.1f MB/s  ratio %.2f" % (theirs, mb / theirs, theirs / ours))
sys.exit(0 if same else 1)
EOS
