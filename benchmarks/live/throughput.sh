#!/bin/bash
# Spans at a fixed rate into a live server: what arrives, what is lost, memory and processor time.

set -u
case ${1:-} in
    -h | --help)
        echo "usage: benchmarks/live/throughput.sh [SPANS_PER_SECOND [SECONDS]]"
        echo
        echo "20,000 a second for 60 s by default, made by OpenTelemetry's SDK on the same machine, half over gRPC and half over"
        echo "HTTP; windows of 10 s. HEAP (default 512m) is the server's. Needs a JDK, Maven, curl. Status: 0 nothing is lost,"
        echo "1 something is, 2 trouble."
        exit 0
        ;;
esac
rate=${1:-20000}
seconds=${2:-60}
. "$(dirname -- "$0")/common.sh"
mvn -B -q -Denforcer.skip=true -Dspotless.check.skip -f "$root/pom.xml" -pl server -am compile \
    dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$work/classpath" \
    >"$work/mvn.txt" 2>&1 || { cat "$work/mvn.txt" >&2; exit 2; }
javac -d "$work/classes" -cp "$(cat "$work/classpath")" "$here/SpanLoad.java" || exit 2

DETTRACE_JAVA_OPTS="-Xmx${HEAP:-512m} ${DETTRACE_JAVA_OPTS:-}" serve --window 10 --hold 3 --lateness 6 --format json
java -Xmx512m -cp "$work/classes:$(cat "$work/classpath")" SpanLoad "$grpc" "$http" "$rate" "$seconds" >"$work/sent" &
load=$!
pids="$pids $load"
echo "second  received  spans/s  in memory  resident MB  server CPU %"
before=0
ticks=$(cpu)
began=$(date +%s%N)
step=$((seconds / 6))
for part in 1 2 3 4 5 6; do
    sleep "$step"
    received=$(status received_spans)
    used=$(cpu)
    now=$(date +%s%N)
    awk -v s="$((part * step))" -v r="$received" -v b="$before" -v m="$(status items)" -v mb="$(memory)" \
        -v c="$((used - ticks))" -v t="$((now - began))" \
        'BEGIN {printf "%6d %9d %8.0f %10d %12d %13.0f\n", s, r, (r - b) / (t / 1e9), m, mb, c / (t / 1e9)}'
    before=$received
    ticks=$used
    began=$now
done
wait "$load"
sent=$(cat "$work/sent")
received=$(status received_spans)
echo
echo "sent $sent, received $received, lost $((sent - received))"
for key in shed_spans_memory shed_requests_busy refused_items_invalid dropped_late dropped_future deleted_segments \
    not_on_disk_requests sample_per_entry_point heap_bytes; do
    echo "$key $(status $key)"
done
echo "windows: $(grep -o '"state":"[a-z]*"' "$work/serve.out" | sort | uniq -c | tr '\n' ' ')"
echo "on disk at most: $(du -sk "$work/data" | cut -f1) kB at the end"
[ "$sent" = "$received" ] && [ "$(status dropped_late)" = 0 ]
