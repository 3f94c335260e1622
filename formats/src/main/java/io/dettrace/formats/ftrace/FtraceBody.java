package io.dettrace.formats.ftrace;

import io.dettrace.formats.kernel.KernelEvent;
import io.dettrace.formats.kernel.Payload;
import io.dettrace.formats.record.EventRecord;

/** The payloads that have a form of their own: printed messages, markers of user programs, traced functions. */
final class FtraceBody {
    private final EventRecord record;
    private final Payload payload;

    FtraceBody(EventRecord record, Payload payload) {
        this.record = record;
        this.payload = payload;
    }

    /** True if the message of such an event may go on in the next line. */
    static boolean isPrint(String name) {
        return name.startsWith("print")
                || name.startsWith("tracing_mark_write")
                || name.startsWith("bprint")
                || name.startsWith("bputs")
                || name.startsWith("raw_data")
                || name.startsWith("atrace");
    }

    /** True if the event is of a form that this class reads. */
    static boolean knows(String name) {
        return isPrint(name) || name.startsWith("func") || name.equals("kernel_stack") || name.equals("user_stack");
    }

    /** The kind of the event: of a message, who printed it; of a marker, its letter. */
    static String kind(KernelEvent e) {
        if (e.name.startsWith("funcgraph")) {
            return e.name.equals("funcgraph_exit") ? e.name : GraphLine.kind(e.payload);
        }
        if (!isPrint(e.name)) {
            return e.name;
        }
        String text = message(e.payload);
        if (isMarker(text)) {
            return "atrace:" + text.charAt(0);
        }
        int word = word(text);
        return word > 0 ? e.name + ":" + text.substring(0, word) : e.name;
    }

    /** Adds the fields. */
    void add(KernelEvent e) {
        if (e.name.startsWith("funcgraph")) {
            GraphLine.add(e.payload, record, payload);
        } else if (e.name.equals("function")) {
            function(e.payload.strip());
        } else if (isPrint(e.name)) {
            String text = message(e.payload);
            if (isMarker(text)) {
                marker(text);
            } else {
                int word = word(text);
                payload.add(word > 0 ? text.substring(word + 1) : text);
            }
        }
    }

    /** The message without the addresses and the function of the kernel's own in front of it. */
    private static String message(String payload) {
        String text = payload.strip();
        int hex = text.startsWith("0x") ? 2 : 0;
        int end = hex;
        while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0) {
            end++;
        }
        boolean suffix = end < text.length() && text.charAt(end) == 's';
        int colon = suffix ? end + 1 : end;
        boolean zero = text.startsWith("0:");
        if ((end >= hex + 6 || zero) && colon < text.length() && text.charAt(colon) == ':') {
            text = text.substring(colon + 1).strip();
        }
        return text.startsWith("tracing_mark_write:")
                ? text.substring("tracing_mark_write:".length()).strip()
                : text;
    }

    /** Length of the word before a colon and a blank at the start, or -1. */
    private static int word(String text) {
        int i = 0;
        while (i < text.length() && (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '_')) {
            i++;
        }
        return i > 0 && !Character.isDigit(text.charAt(0)) && text.startsWith(": ", i) ? i : -1;
    }

    /** Android's and Chrome's markers: {@code B|pid|name}, {@code E|pid}, {@code C|pid|name|value} and the like. */
    private static boolean isMarker(String text) {
        return text.equals("E")
                || text.length() > 1 && text.charAt(1) == '|' && "BECSFINGH".indexOf(text.charAt(0)) >= 0;
    }

    private void marker(String text) {
        String[] parts = text.split("\\|", 5);
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip();
            String path = i == 1 ? "marker.pid" : i == 2 ? "marker.name" : i == 3 ? last(parts[0]) : "marker.more";
            if (Payload.isNumber(part)) {
                record.decimal(record.path(path), part);
            } else if (!part.isEmpty()) {
                record.text(path, part);
            }
        }
    }

    private static String last(String letter) {
        return "SFGH".contains(letter) ? "marker.cookie" : "marker.value";
    }

    private void function(String text) {
        int arrow = text.indexOf("<-");
        String called = arrow < 0 ? text : text.substring(0, arrow);
        int from = arrow < 0 ? -1 : arrow + 2;
        while (from > 0 && from < text.length() && text.charAt(from) == '-') {
            from++;
        }
        record.text("function", Payload.withoutAddresses(called.strip()));
        if (from > 0) {
            record.text("caller", Payload.withoutAddresses(text.substring(from).strip()));
        }
    }
}
