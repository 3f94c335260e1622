#!/bin/sh
# Reads files that are far larger than the heap with `dettrace inspect`, and checks that every event that was written is seen.

set -u
root=$(cd -- "$(dirname -- "$0")/../.." && pwd) || exit 2
all="vcd vcd-plain ctf chrome ftrace perf log jsonl csv otlp jepsen"

usage() {
    cat <<EOF
usage: benchmarks/formats/large.sh [FORMAT...]

Formats: $all (default: all). Makes one file after the other, of LARGE_MB megabytes (default 1700), with rising
times, in a folder under TMPDIR that is deleted afterwards; reads it with a heap of HEAP (default 256m); prints MB/s, peak
resident memory, and the events. Status: 0 all as written, 1 not so, 2 trouble. Needs python3, GNU time and java; LARGE_MB
megabytes of disk, and as many again for the sort of chrome and otlp.
EOF
}

for format in "$@"; do
    case " $all " in
        *" $format "*) ;;
        *) usage >&2; [ "$format" = --help ] && exit 0; exit 2 ;;
    esac
done
[ $# -gt 0 ] || set -- $all
megabytes=${LARGE_MB:-1700}
heap=${HEAP:-256m}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
status=0

# Writes the file and prints how many events there are in it.
make_text() {
    python3 - "$1" "$megabytes" "$2" <<'EOF'
import sys

form, size, path = sys.argv[1], int(sys.argv[2]) * 10**6, sys.argv[3]
out = open(path, "w", buffering=1 << 20)
END = ""


def vcd(clock):
    """60 signals that change in every cycle."""
    n = 60
    codes = ["s%d" % i for i in range(n)]
    wide = [i % 2 == 0 for i in range(n)]
    head = "$timescale 1ns $end\n$scope module top $end\n" + ("$var wire 1 ! clk $end\n" if clock else "")
    head += "".join("$var wire %d %s r%d $end\n" % (32 if wide[i] else 1, codes[i], i) for i in range(n))
    head += "$upscope $end\n$enddefinitions $end\n#0\n$dumpvars\n" + ("0!\n" if clock else "")
    value = lambda i, odd: ("b%s %s\n" % ("10110011100010101011001110001010" if odd else "110", codes[i])) if wide[i] else "%d%s\n" % (odd, codes[i])
    changes = ["".join(value(i, odd) for i in range(n)) for odd in (0, 1)]
    yield head + changes[0] + "$end\n", n + clock
    k = 0
    while True:
        k += 1
        t = 10 * k
        if clock:
            yield "#%d\n1!\n%s#%d\n0!\n" % (t, changes[k % 2], t + 5), n + 2
        else:
            yield "#%d\n%s" % (t, changes[k % 2]), n


def chrome():
    global END
    END = '{"ph":"i","name":"done","pid":1,"tid":100,"ts":0,"s":"t"}\n]}\n'
    yield '{"displayTimeUnit":"ns","traceEvents":[\n', 1
    n = 0
    while True:
        n += 1
        tid, at = 100 + n % 8, n * 10 - 37 * (n % 8) + 300
        yield ('{"ph":"X","cat":"app","name":"handle%d","pid":1,"tid":%d,"ts":%d.%03d,"dur":5.5,"args":{"path":"/item/%d"}},\n'
            '{"ph":"s","cat":"q","name":"job","id":%d,"pid":1,"tid":%d,"ts":%d},\n'
            '{"ph":"f","cat":"q","name":"job","id":%d,"pid":1,"tid":%d,"ts":%d,"bp":"e"},\n'
            '{"ph":"C","name":"queue","pid":1,"tid":%d,"ts":%d,"args":{"length":%d}},\n'
            % (n % 20, tid, at, n % 1000, n % 50, n, tid, at + 1, n, 100 + (n + 3) % 8, at + 7, tid, at, n % 17)), 5


def ftrace():
    yield "# tracer: nop\n#\n", 0
    n = 0
    while True:
        n += 1
        t, tid, cpu, w = 100 + n * 0.0001, 1000 + n % 40, n % 4, n % 40
        yield ("          <idle>-0     [%03d] d.h2. %.6f: sched_waking: comm=worker/%d pid=%d prio=120 target_cpu=%03d\n"
            "          <idle>-0     [%03d] d..2. %.6f: sched_switch: prev_comm=swapper/%d prev_pid=0 prev_prio=120 prev_state=R ==> next_comm=worker/%d next_pid=%d next_prio=120\n"
            "       worker/%d-%d  [%03d] ..... %.6f: tracing_mark_write: B|%d|job %d\n"
            % (cpu, t, w, tid, cpu, cpu, t + 1e-5, cpu, w, tid, w, tid, cpu, t + 2e-5, tid, n % 7)), 4


def perf():
    n = 0
    while True:
        n += 1
        t, w, cpu = 1000 + n * 0.0001, n % 8, n % 4
        yield ("worker/%d  77/%d [%03d] %.6f:     250000 cpu-clock:u: \n\tffffffff815e57ee do_work+0x1 ([kernel.kallsyms])\n"
            "\t    55d0a1b2c3d0 step%d+0x%x (/usr/bin/app)\n\t    55d0a1b2c300 main+0x10 (/usr/bin/app)\n\n"
            "worker/%d  77/%d [%03d] %.6f: sched:sched_waking: comm=worker/%d pid=%d prio=120 target_cpu=%03d\n"
            % (w, 100 + w, cpu, t, n % 50, n % 256, w, 100 + w, cpu, t + 5e-5, (n + 1) % 8, 100 + (n + 1) % 8, cpu)), 2


def log():
    n = 0
    while True:
        n += 1
        s = n // 500
        yield ("2024-01-%02d %02d:%02d:%02d,%03d INFO [worker-%d] org.acme.Store: Stored block blk_%d of size %d from /10.0.0.%d:%d in %d ms\n"
            % (1 + s // 86400, s // 3600 % 24, s // 60 % 60, s % 60, n % 500 * 2, n % 8, n * 7919, 4096 * (n % 9), n % 9, 40000 + n % 9999, n % 90)), 1


def jsonl():
    n = 0
    while True:
        n += 1
        yield ('{"seq":%d,"component":"worker-%d","action":"job%d","timestamp_ms":%d,"item":"/item/%d","size":%d,"request":"r-%d"}\n'
            % (n, n % 8, n % 20, 1700000000000 + n, n % 50, n % 9, n)), 1


def csv():
    yield "time,node,action,level,speed,torque\n", 0
    n = 0
    while True:
        n += 1
        yield "%d.%03d,node%d,step%d,%d,%.3f,%.3f\n" % (n // 1000, n % 1000, n % 8, n % 20, n % 17, n % 1013 / 7, n % 509 / 3), 1


def otlp():
    """Requests of 61 spans, in two services. Every request is a lane, and lanes are kept in memory."""
    n = 0
    line = ('{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"%s"}}]},"scopeSpans":[{"spans":['
        '{"traceId":"%032x","spanId":"%016x"%s,"name":"%s","kind":%d,"startTimeUnixNano":"%d","endTimeUnixNano":"%d",'
        '"attributes":[{"key":"http.route","value":{"stringValue":"/item/%d"}}]}]}]}]}\n')
    while True:
        n += 1
        t, s = 1700000000000000000 + n * 1000000, 100 * n
        spans = [line % ("shop", n, s, "", "GET /item", 2, t, t + 900000, n % 50)]
        for k in range(30):
            u = t + 20000 * k
            spans.append(line % ("shop", n, s + 2 * k + 1, ',"parentSpanId":"%016x"' % s, "load", 3, u + 1000, u + 9000, k))
            spans.append(line % ("store", n, s + 2 * k + 2, ',"parentSpanId":"%016x"' % (s + 2 * k + 1), "read", 2, u + 2000, u + 8000, k))
        yield "".join(spans), 122


def jepsen():
    n = 0
    while True:
        p = n // 2 % 10
        yield ("{:process %d, :type :%s, :f :write, :value [[:append %d %d]], :time %d, :index %d}\n"
            % (p, "ok" if n % 2 else "invoke", n % 7, n, n * 1000, n)), 1
        n += 1


makers = {"vcd": lambda: vcd(1), "vcd-plain": lambda: vcd(0), "chrome": chrome, "ftrace": ftrace, "perf": perf, "log": log,
    "jsonl": jsonl, "csv": csv, "otlp": otlp, "jepsen": jepsen}
written = events = 0
for text, n in makers[form]():
    out.write(text)
    written += len(text)
    events += n
    if written >= size:
        break
out.write(END)
print(events)
EOF
}

make_ctf() {
    java "$root/benchmarks/formats/CtfGenerator.java" "$1" "$megabytes" count
}

for format in "$@"; do
    case $format in
        ctf)
            file=$work/ctf
            written=$(make_ctf "$file") || exit 2
            ;;
        *)
            file=$work/made.$format
            written=$(make_text "$format" "$file") || exit 2
            ;;
    esac
    bytes=$(find "$file" -type f -exec cat {} + | wc -c)
    DETTRACE_JAVA_OPTS=-Xmx$heap /usr/bin/time -o "$work/time" -f '%M %e %U %S' "${DETTRACE:-$root/dettrace}" inspect \
        --format json "$file" >"$work/out" 2>"$work/err"
    ended=$?
    if [ "$ended" -ne 0 ]; then
        echo "$format: status $ended: $(tail -n 3 "$work/err")"
        status=1
    else
        seen=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[0]["events"])' "$work/out") || exit 2
        [ "$seen" = "$written" ] && verdict=ok || { verdict="WRONG, $written written"; status=1; }
        tail -n 1 "$work/time" | awk -v f="$format" -v b="$bytes" -v n="$seen" -v heap="$heap" -v v="$verdict" '{
            printf "%-10s %6.0f MB, %10d events (%s), %5.1f MB/s, %5.1f MB per second of CPU, heap %s, peak %d MB resident\n",
                f, b / 1e6, n, v, b / 1e6 / $2, b / 1e6 / ($3 + $4), heap, $1 / 1024 }'
    fi
    rm -rf "$file" "$work/out" "$work/err"
done
exit "$status"
