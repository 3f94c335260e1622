# Shared by the scripts beside it; not to be run.
here=$(cd -- "$(dirname -- "$0")" && pwd) || exit 2
root=$here/../..
dettrace=${DETTRACE:-$root/dettrace}
work=$(mktemp -d) || exit 2
pids=
clean() {
    for pid in $pids; do kill "$pid" 2>/dev/null; done
    for pid in $pids; do wait "$pid" 2>/dev/null; done
    rm -rf "$work"
}
trap clean EXIT
trap 'exit 130' INT TERM

# Starts a server with further options on free ports; sets server, grpc and http.
serve() {
    "$dettrace" serve --grpc-port 0 --http-port 0 --data "$work/data" --out "$work/out" "$@" \
        >"$work/serve.out" 2>"$work/serve.err" &
    server=$!
    pids="$pids $server"
    for _ in $(seq 600); do
        ports=$(sed -n 's/.*listening on .* gRPC \([0-9]*\), HTTP \([0-9]*\).*/\1 \2/p' "$work/serve.err")
        [ -n "$ports" ] && break
        kill -0 "$server" 2>/dev/null || { cat "$work/serve.err" >&2; exit 2; }
        sleep 0.2
    done
    [ -n "$ports" ] || { echo "the server does not listen" >&2; exit 2; }
    grpc=http://localhost:${ports% *}
    http=http://localhost:${ports#* }
}

# A number of the server's status by its key.
status() { curl -s "$http/status" | sed -n "s/.*\"$1\" : \([0-9]*\).*/\1/p"; }

# Resident memory of the server in MB, and its processor time so far in hundredths of a second.
memory() { awk '/VmRSS/ {printf "%d", $2 / 1024}' "/proc/$server/status"; }
cpu() { awk '{print $14 + $15}' "/proc/$server/stat"; }
