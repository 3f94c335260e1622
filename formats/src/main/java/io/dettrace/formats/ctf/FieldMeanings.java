package io.dettrace.formats.ctf;

import io.dettrace.formats.ctf.FieldType.Array;
import io.dettrace.formats.ctf.FieldType.Sequence;
import io.dettrace.formats.ctf.FieldType.Struct;
import io.dettrace.formats.ctf.FieldType.Whole;
import io.dettrace.formats.ctf.Layouts.Root;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What fields mean by their place, name and type; collects the paths of those that are not compared as values. */
final class FieldMeanings {
    private static final int ADDRESS_BITS = 32;

    /** Numbers shown to base 16 that are no addresses. */
    private static final Pattern BITS = Pattern.compile(
            ".*(flag|mask|mode|status|state|crc|checksum|csum|hash|version|magic|err|ret|code|perm|color|reg|opt).*");

    private static final Pattern THREAD = Pattern.compile("(.*_)?(v?[tp]id|ppid|vppid|thread_id|pthread_id)");

    /** Paths of identifiers: addresses, threads, processes. */
    final Set<String> identifiers = new TreeSet<>();

    /** Paths of what differs between healthy runs: counters of time, processors, the lane's own identifiers. */
    final Set<String> noise = new TreeSet<>();

    /** True if an event tells which thread runs. */
    boolean scheduling;

    /** Looks at a field that is shown. */
    void look(Root root, String name, String path, FieldType type) {
        boolean context = root == Root.STREAM_CONTEXT || root == Root.EVENT_CONTEXT;
        boolean lane = THREAD.matcher(name).matches() || name.equals("hostname") || name.equals("cpu_id");
        if (context && (lane || name.startsWith("perf_")) || root == Root.PACKET_CONTEXT && name.equals("cpu_id")) {
            noise.add(path);
        } else if (type instanceof Whole whole && whole.clock() != null || isPerf(name)) {
            noise.add(path);
        } else if (isAddress(name, type) || root == Root.FIELDS && isWhole(type) && lane) {
            identifiers.add(path);
        }
    }

    private static boolean isPerf(String name) {
        return switch (name) {
            case "perf_ip", "perf_tid", "perf_pid", "perf_id", "perf_stream_id", "perf_period", "perf_cpu" -> true;
            default -> false;
        };
    }

    private static boolean isWhole(FieldType type) {
        return type instanceof Whole whole && !whole.text();
    }

    private static boolean isAddress(String name, FieldType type) {
        if (type instanceof Array array) {
            return isAddress(name, array.element());
        }
        if (type instanceof Sequence sequence) {
            return isAddress(name, sequence.element());
        }
        return type instanceof Whole whole
                && whole.base() == 16
                && whole.size() >= ADDRESS_BITS
                && !whole.signed()
                && !BITS.matcher(name).matches();
    }

    /** What the reader takes a field for, or null. */
    static Meaning of(Root root, Scheduling scheduling, String name, Struct in) {
        return switch (root) {
            case PACKET_HEADER -> packetHeader(name);
            case PACKET_CONTEXT -> packetContext(name);
            case EVENT_HEADER -> name.equals("id") ? Meaning.EVENT_ID : null;
            case STREAM_CONTEXT, EVENT_CONTEXT -> context(name, in);
            case FIELDS -> payload(scheduling, name);
        };
    }

    private static Meaning packetHeader(String name) {
        return switch (name) {
            case "magic" -> Meaning.MAGIC;
            case "stream_id" -> Meaning.STREAM_ID;
            case "stream_instance_id" -> Meaning.STREAM_INSTANCE_ID;
            default -> null;
        };
    }

    private static Meaning packetContext(String name) {
        return switch (name) {
            case "packet_size" -> Meaning.PACKET_SIZE;
            case "content_size" -> Meaning.CONTENT_SIZE;
            case "events_discarded" -> Meaning.EVENTS_DISCARDED;
            case "packet_seq_num" -> Meaning.PACKET_SEQ_NUM;
            case "cpu_id" -> Meaning.CPU_ID;
            default -> null;
        };
    }

    /** Fields of a packet's context that say how the packet lies in the file. */
    static boolean describesPacket(String name) {
        return name.startsWith("timestamp_") || packetContext(name) != null && !name.equals("cpu_id");
    }

    private static Meaning context(String name, Struct in) {
        return switch (name) {
            case "tid" -> Meaning.THREAD_ID;
            case "vtid" -> has(in, "tid") ? null : Meaning.THREAD_ID;
            case "pthread_id" -> has(in, "tid") || has(in, "vtid") ? null : Meaning.THREAD_ID;
            case "pid" -> Meaning.PROCESS_ID;
            case "vpid" -> has(in, "pid") ? null : Meaning.PROCESS_ID;
            case "procname" -> Meaning.PROCESS_NAME;
            case "hostname" -> Meaning.HOST_NAME;
            case "cpu_id" -> Meaning.CPU_ID;
            default -> null;
        };
    }

    private static boolean has(Struct in, String name) {
        return in.members().stream().anyMatch(m -> Layouts.shown(m.name()).equals(name));
    }

    private static Meaning payload(Scheduling scheduling, String name) {
        if (name.equals("perf_tid")) {
            return Meaning.THREAD_ID;
        }
        if (name.equals("perf_pid")) {
            return Meaning.PROCESS_ID;
        }
        return switch (scheduling) {
            case SWITCH ->
                switch (name) {
                    case "prev_tid", "prev_pid" -> Meaning.PREVIOUS_THREAD;
                    case "next_tid", "next_pid" -> Meaning.NEXT_THREAD;
                    case "prev_comm" -> Meaning.PREVIOUS_NAME;
                    case "next_comm" -> Meaning.NEXT_NAME;
                    default -> null;
                };
            case SWITCHED_IN, SWITCHED_OUT ->
                switch (name) {
                    case "thread_id" -> Meaning.NEXT_THREAD;
                    case "name" -> Meaning.NEXT_NAME;
                    default -> null;
                };
            case WAKEUP -> name.equals("tid") || name.equals("pid") ? Meaning.OTHER_THREAD : null;
            default -> null;
        };
    }
}
