#!/bin/sh
# Reads a window of traces as it was sent, in OTLP protobuf, OTLP JSON and Jaeger JSON, and checks that each gives the spans that
# OpenTelemetry's own classes see; then the throughput and the CPU time a span.

set -u
here=$(cd -- "$(dirname -- "$0")" && pwd) || exit 2

case ${1:-} in
    -h | --help)
        echo "usage: benchmarks/formats/telemetry.sh [MEGABYTES]"
        echo
        echo "Makes a file of about MEGABYTES (default 230: two million spans) of OTLP, and of it the others, which are five"
        echo "times as large. The heap is 512 MB. Status: 0 the same spans, 1 not, 2 trouble. Needs a JDK and Maven."
        exit 0
        ;;
    *[!0-9]*) "$0" --help >&2; exit 2 ;;
esac
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
mvn -B -q -Denforcer.skip=true -f "$here/../../pom.xml" -pl core,formats -am compile dependency:build-classpath -Dspotless.check.skip \
    -Dmdep.includeScope=test -Dmdep.outputFile="$work/classpath" >"$work/mvn.txt" 2>&1 || { cat "$work/mvn.txt" >&2; exit 2; }
path=$here/../../formats/target/classes:$(cat "$work/classpath")
javac -d "$work/classes" -cp "$path" "$here/OtlpTraffic.java" "$here/TelemetryRate.java" || exit 2

run() { # CLASS ARGUMENT...
    java -Xmx512m -XX:+UseSerialGC -cp "$work/classes:$path" "$@" || exit 2
}

run OtlpTraffic make "$work/traces.binpb" "${1:-230}"
run TelemetryRate json "$work/traces.binpb" "$work/traces.jsonl"
run TelemetryRate jaeger "$work/traces.binpb" "$work/traces.json"
status=0
for file in traces.binpb traces.jsonl traces.json; do
    # Jaeger's times are in microseconds.
    unit=1
    [ $file != traces.json ] || unit=1000
    theirs=$(run TelemetryRate theirs "$work/traces.binpb" $unit) || exit 2
    ours=$(run TelemetryRate sum "$work/$file") || exit 2
    same="the same spans"
    [ "$ours" = "$theirs" ] || { same="NOT THE SAME SPANS"; status=1; }
    echo "$file, $(($(wc -c <"$work/$file") / 1000000)) MB, $same"
    echo "  $(run TelemetryRate count "$work/$file")"
done
exit $status
