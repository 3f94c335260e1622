package io.dettrace.normalize;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What names of fields mean by common usage. Tables only; every use of them is backed by the values and shown to the user
 * as the reason. Names are compared by their last path part, in lower case and without separators.
 */
final class FieldNames {
    static final Set<String> TIME =
            Set.of("time", "timestamp", "ts", "datetime", "epoch", "t", "clocktime", "walltime");
    /** Words that speak of time only where nothing else in the name speaks of something else. */
    static final Set<String> WEAK_TIME = Set.of(
            "start",
            "end",
            "at",
            "created",
            "updated",
            "observed",
            "when",
            "date",
            "clk",
            "tsc",
            "cycle",
            "cycles",
            "cyc",
            "mcycle",
            "uptime",
            "jiffies",
            "tick",
            "ticks",
            "stamp",
            "started",
            "finished",
            "begin",
            "received",
            "recorded");

    static final Set<String> UNITS = Set.of(
            "s",
            "sec",
            "secs",
            "seconds",
            "ms",
            "msec",
            "millis",
            "milliseconds",
            "us",
            "usec",
            "micros",
            "microseconds",
            "ns",
            "nsec",
            "nano",
            "nanos",
            "nanoseconds",
            "unix",
            "utc",
            "iso");
    static final Set<String> DURATION =
            Set.of("latency", "duration", "elapsed", "took", "dur", "rtt", "cputime", "runtime", "responsetime");
    static final Set<String> POSITION = Set.of(
            "seq",
            "seqno",
            "seqnum",
            "sequence",
            "sequencenumber",
            "index",
            "idx",
            "n",
            "no",
            "num",
            "lineno",
            "line",
            "offset",
            "recordid",
            "eventid",
            "eventno",
            "id",
            "step",
            "position",
            "pos");
    static final Set<String> IDENTIFIER = Set.of(
            "id", "ids", "uuid", "guid", "ulid", "pid", "tid", "ppid", "ptr", "pointer", "addr", "address", "handle",
            "hash", "nonce", "token", "session", "cookie", "digest");
    static final Set<String> ADDRESS = Set.of("ptr", "pointer", "addr", "address", "handle", "hash", "digest");
    static final Set<String> CAUSE = Set.of(
            "parent",
            "cause",
            "causes",
            "causedby",
            "causeid",
            "parentid",
            "parents",
            "parentspanid",
            "parentspan",
            "follows",
            "followsfrom",
            "after",
            "dependson",
            "deps",
            "predecessor",
            "predecessors",
            "triggeredby",
            "trigger",
            "inreplyto",
            "replyto",
            "links",
            "link",
            "prev",
            "previous",
            "happensafter",
            "causationid");
    static final Set<String> MESSAGE = Set.of(
            "msg", "msgid", "message", "messageid", "mid", "packet", "packetid", "frame", "frameid", "correlationid");
    static final Set<String> SENDS = Set.of(
            "send",
            "sends",
            "sent",
            "sending",
            "publish",
            "published",
            "produce",
            "produced",
            "emit",
            "emitted",
            "post",
            "posted",
            "transmit",
            "transmitted",
            "tx",
            "dispatch",
            "dispatched",
            "enqueue",
            "enqueued",
            "out");
    static final Set<String> RECEIVES = Set.of(
            "recv",
            "receive",
            "receives",
            "received",
            "receiving",
            "deliver",
            "delivered",
            "consume",
            "consumed",
            "rx",
            "dequeue",
            "dequeued",
            "handle",
            "handled",
            "arrive",
            "arrived",
            "in");
    static final Set<String> CLOCK =
            Set.of("clock", "vclock", "vectorclock", "vc", "vectortime", "vt", "vectortimestamp");
    static final List<String> KIND = List.of(
            "event",
            "eventtype",
            "eventname",
            "eventkind",
            "type",
            "kind",
            "action",
            "op",
            "operation",
            "activity",
            "verb",
            "method",
            "call",
            "function",
            "func",
            "fn",
            "name",
            "msgtype",
            "command",
            "cmd",
            "what",
            "state",
            "message",
            "msg");
    static final List<String> HOST = List.of(
            "host",
            "hostname",
            "node",
            "nodeid",
            "nodename",
            "machine",
            "replica",
            "instance",
            "instanceid",
            "pod",
            "podname",
            "rank");
    static final List<String> PROCESS = List.of("process", "processname", "proc", "procname", "pid", "processid");
    static final List<String> THREAD = List.of(
            "lane",
            "thread",
            "threadname",
            "threadid",
            "tid",
            "goroutine",
            "goid",
            "fiber",
            "coroutine",
            "actor",
            "isolate",
            "core",
            "cpu",
            "hart",
            "worker",
            "workerid",
            "executor");
    static final List<String> COMPONENT = List.of(
            "service",
            "servicename",
            "component",
            "module",
            "subsystem",
            "system",
            "unit",
            "peripheral",
            "device",
            "agent",
            "role",
            "source",
            "src",
            "logger",
            "app",
            "application",
            "actorid",
            "sender",
            "origin",
            "who",
            "owner",
            "client",
            "comp",
            "svc",
            "peer",
            "server",
            "broker",
            "site",
            "container",
            "containername",
            "partition",
            "topic",
            "taskname",
            "coroutine",
            "endpoint");
    static final List<String> ENTITY = List.of(
            "requestid",
            "request",
            "reqid",
            "req",
            "traceid",
            "taskid",
            "task",
            "jobid",
            "job",
            "orderid",
            "order",
            "sessionid",
            "session",
            "correlationid",
            "txid",
            "txn",
            "transactionid",
            "transaction",
            "connectionid",
            "conn",
            "connection",
            "streamid",
            "stream",
            "flow",
            "flowid",
            "workflowid",
            "itemid");
    static final List<String> SPLIT = List.of(
            "run", "runid", "execution", "executionid", "trial", "attemptrun", "scenario", "variant", "traceid");

    private FieldNames() {}

    /** The last part of a path without separators, in lower case: {@code resource.service_name} gives {@code servicename}. */
    static String simple(String path) {
        String last = last(path);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < last.length(); i++) {
            char c = last.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                out.append(Character.toLowerCase(c));
            }
        }
        return out.toString();
    }

    /** The last part that names something: MongoDB's {@code $date} and {@code $oid} only tell the type of what is around. */
    private static String last(String path) {
        int dot = path.lastIndexOf('.');
        boolean type = dot > 0 && path.startsWith("$", dot + 1);
        return type ? path.substring(path.lastIndexOf('.', dot - 1) + 1, dot) : path.substring(dot + 1);
    }

    /** The words of a path's last part: {@code startTimeUnixNano} gives {@code start, time, unix, nano}. */
    static List<String> words(String path) {
        String last = last(path);
        List<String> words = new ArrayList<>();
        for (String part : last.replaceAll("([a-z0-9])([A-Z])", "$1_$2").split("[^A-Za-z0-9]+")) {
            if (!part.isEmpty()) {
                words.add(part.toLowerCase(Locale.ROOT));
            }
        }
        return words;
    }

    static boolean saysSend(String value) {
        return words(value.replace('.', '_')).stream().anyMatch(SENDS::contains);
    }

    static boolean saysReceive(String value) {
        return words(value.replace('.', '_')).stream().anyMatch(RECEIVES::contains);
    }

    /** True if the name speaks of a time: it has a word for it, or two and more that can but mean one ({@code start_ms}). */
    static boolean saysTime(String path) {
        List<String> words = words(path);
        boolean plainly = words.stream().anyMatch(TIME::contains)
                && words.stream().noneMatch(w -> DURATION.contains(w) || IDENTIFIER.contains(w));
        return plainly || words.size() > 1 && maySayTime(path);
    }

    /** True if the name may speak of a time: each of its words is a time word or a unit. */
    static boolean maySayTime(String path) {
        List<String> words = words(path);
        return words.stream().anyMatch(w -> WEAK_TIME.contains(w) || UNITS.contains(w))
                && words.stream().allMatch(w -> WEAK_TIME.contains(w) || TIME.contains(w) || UNITS.contains(w));
    }

    static boolean saysDuration(String path) {
        return words(path).stream().anyMatch(DURATION::contains) || DURATION.contains(simple(path));
    }

    static boolean saysProcess(String path) {
        return Set.of("pid", "tid", "ppid").contains(simple(path))
                || words(path).stream().anyMatch(Set.of("pid", "tid")::contains);
    }

    static boolean saysAddress(String path) {
        List<String> words = words(path);
        return !words.isEmpty() && ADDRESS.contains(words.get(words.size() - 1));
    }

    static boolean saysIdentifier(String path) {
        List<String> words = words(path);
        return !words.isEmpty() && IDENTIFIER.contains(words.get(words.size() - 1));
    }
}
