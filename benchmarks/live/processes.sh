#!/bin/bash
# Three real processes with the OpenTelemetry Java agent, one made faulty: when and whom the server names.

set -u
agent_version=2.33.1
case ${1:-} in
    -h | --help)
        echo "usage: benchmarks/live/processes.sh [slow|failing [SERVICE]]"
        echo
        echo "web asks cart asks stock, 40 requests a second, windows of 10 s. After eight windows SERVICE (default: stock)"
        echo "becomes slow (default) or failing. Fetches the OpenTelemetry Java agent $agent_version from Maven Central, or"
        echo "takes AGENT=/path/to/opentelemetry-javaagent.jar. Needs a JDK, Maven, curl."
        echo "Status: 0 named first within two windows and no false alarm before, 1 not, 2 trouble."
        exit 0
        ;;
esac
fault=${1:-slow}
culprit=${2:-stock}
. "$(dirname -- "$0")/common.sh"
agent=${AGENT:-$work/opentelemetry-javaagent.jar}
[ -f "$agent" ] || mvn -B -q dependency:copy -DoutputDirectory="$work" -Dmdep.stripVersion=true \
    -Dartifact=io.opentelemetry.javaagent:opentelemetry-javaagent:$agent_version || exit 2
javac -d "$work/classes" "$here/ShopService.java" "$here/HttpLoad.java" || exit 2

serve --window 10 --hold 7 --lateness 9 --learn 3 --format json
service() { # NAME PROTOCOL ENDPOINT PORT [NEXT]
    OTEL_SERVICE_NAME=$1 OTEL_EXPORTER_OTLP_PROTOCOL=$2 OTEL_EXPORTER_OTLP_ENDPOINT=$3 OTEL_METRIC_EXPORT_INTERVAL=5000 \
        java -Xmx128m -XX:+UseSerialGC -javaagent:"$agent" -cp "$work/classes" ShopService \
        "$4" "$work/fault-$1" ${5:+"$5"} >"$work/$1.log" 2>&1 &
    pids="$pids $!"
}
base=${BASE_PORT:-18300}
service stock grpc "$grpc" $((base + 2))
service cart http/protobuf "$http" $((base + 1)) "http://localhost:$((base + 2))/stock"
service web grpc "$grpc" "$base" "http://localhost:$((base + 1))/cart"
until curl -sf -o "$work/answer" "http://localhost:$base/" 2>"$work/curl.txt"; do sleep 0.5; done
java -Xmx64m -cp "$work/classes" HttpLoad "http://localhost:$base/" 40 140 >"$work/sent" &
pids="$pids $!"
sleep 85
echo "$fault" >"$work/fault-$culprit"
began=$(date +%s)
echo "$(date -u -d "@$began" +%H:%M:%S) $culprit becomes $fault"
named=
for _ in $(seq 110); do
    sleep 0.5
    named=$(grep -m1 '"state":"departs"' "$work/serve.out")
    [ -n "$named" ] && break
done
echo "$(date -u +%H:%M:%S) first departing window reported, $(($(date +%s) - began)) s later"
sleep 12
rm -f "$work/fault-$culprit"
echo
sed 's/,"since":.*"requests":\([0-9]*\),"requests_s.*"culprits":/,"requests":\1,"culprits":/; s/"evidence":\[\([^}]*}\).*/"first_evidence":\1 .../' \
    "$work/serve.out" | cut -c1-420
echo
echo "spans $(status received_spans), log records $(status received_logs), metric points $(status received_metrics);" \
    "late $(status dropped_late), shed $(status shed_spans_memory)"
kill -TERM "$server"
wait "$server"
echo "server's exit status $?"
tail -2 "$work/serve.err"
first=$(printf '%s\n' "$named" | sed -n 's/.*"culprits":\[{"service":"\([^"]*\)".*/\1/p')
end=$(printf '%s\n' "$named" | sed -n 's/.*"window_end":"\([^"]*\)".*/\1/p')
[ -n "$end" ] || { echo "nobody was named"; exit 1; }
after=$(($(date -d "$end" +%s) - began))
echo "named first: $first, in the window that ends $after s after the fault began"
[ "$first" = "$culprit" ] && [ "$after" -gt 0 ] && [ "$after" -le 20 ]
