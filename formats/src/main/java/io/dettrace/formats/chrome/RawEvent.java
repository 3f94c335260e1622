package io.dettrace.formats.chrome;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.normalize.ValueDigest;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One event object as it stands in the file: members that say what the event is as strings of this object, arguments and what
 * else there is as fields of the record. Filled again and again.
 */
final class RawEvent {
    /** Different paths that the arguments of all events may have; further ones are left out and counted. */
    static final int MAX_PATHS = 50_000;

    private static final int MAX_DEPTH = 32;

    /** Fields of the record for arguments; the reader adds a few of its own. */
    private static final int MAX_ARGUMENTS = EventRecord.MAX_FIELDS - 64;

    private final JsonParser json;
    private final EventRecord record;
    private final int file;
    private final ReadContext context;
    private final String name;
    private final Node args = new Node("args");
    private final Node extra = new Node("extra");
    private final Node stack = new Node("stack");
    private int paths;
    private int[] seen = new int[256];
    private int stamp;
    private boolean open;

    final String[] member = new String[Member.values().length];
    private boolean flowIn;
    private boolean flowOut;

    /** A path, and those that go on from it by one key more. */
    private static final class Node {
        final String path;
        final Map<String, Node> children = new HashMap<>();
        int number = -1;
        int address = -1;

        Node(String path) {
            this.path = path;
        }
    }

    /** The path that goes on with {@code key}; null if there would be too many. */
    private Node child(Node of, String key) {
        Node known = of.children.get(key);
        if (known == null) {
            if (paths >= MAX_PATHS) {
                note(
                        "too_many_keys",
                        "arguments have more than " + MAX_PATHS + " different keys; further ones are left out");
                return null;
            }
            paths++;
            known = new Node(of.path + "." + key);
            of.children.put(key, known);
        }
        return known;
    }

    /** The members that say what an event is. */
    enum Member {
        PH,
        NAME,
        CAT,
        TS,
        DUR,
        PID,
        TID,
        ID,
        ID_LOCAL,
        ID_GLOBAL,
        SCOPE,
        S,
        BIND_ID,
        SF,
        METADATA
    }

    RawEvent(JsonParser json, EventRecord record, int file, ReadContext context, String name) {
        this.json = json;
        this.record = record;
        this.file = file;
        this.context = context;
        this.name = name;
    }

    /** The member's value as text, or null if the event has none. */
    String get(Member m) {
        return member[m.ordinal()];
    }

    /** The member's value, or a given one if the event has none. */
    String get(Member m, String otherwise) {
        String value = member[m.ordinal()];
        return value == null ? otherwise : value;
    }

    boolean flowIn() {
        return flowIn;
    }

    boolean flowOut() {
        return flowOut;
    }

    /** True while an event is being read. */
    boolean isOpen() {
        return open;
    }

    /** Reads the object that has just begun; false if it is empty. */
    boolean read(long number) throws IOException {
        open = true;
        record.clear();
        Arrays.fill(member, null);
        flowIn = false;
        flowOut = false;
        stamp++;
        long offset = json.currentTokenLocation().getByteOffset();
        boolean empty = true;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            empty = false;
            String key = json.currentName();
            JsonToken t = json.nextToken();
            take(key, t);
        }
        open = false;
        long end = json.currentTokenLocation().getByteOffset() + 1;
        record.at(file, number, Math.max(0, offset), (int) Math.min(Integer.MAX_VALUE, Math.max(0, end - offset)));
        if (empty) {
            note("empty_events", "an element of the array is empty");
        }
        return !empty;
    }

    private void take(String key, JsonToken t) throws IOException {
        Member m = member(key);
        if (m != null && t.isScalarValue()) {
            member[m.ordinal()] = t == JsonToken.VALUE_NULL ? null : json.getText();
        } else if (key.equals("args") && t == JsonToken.START_OBJECT) {
            object(args, 1);
        } else if (key.equals("id2") && t == JsonToken.START_OBJECT) {
            id2();
        } else if (key.equals("flow_in")) {
            flowIn = t == JsonToken.VALUE_TRUE;
            json.skipChildren();
        } else if (key.equals("flow_out")) {
            flowOut = t == JsonToken.VALUE_TRUE;
            json.skipChildren();
        } else if (key.equals("stack") && t == JsonToken.START_ARRAY) {
            stack();
        } else if (isPresentation(key)) {
            json.skipChildren();
        } else {
            value(key.equals("args") ? args : child(extra, key), t, 1);
        }
    }

    private static Member member(String key) {
        return switch (key) {
            case "ph" -> Member.PH;
            case "name" -> Member.NAME;
            case "cat" -> Member.CAT;
            case "ts" -> Member.TS;
            case "dur" -> Member.DUR;
            case "pid" -> Member.PID;
            case "tid" -> Member.TID;
            case "id" -> Member.ID;
            case "scope" -> Member.SCOPE;
            case "s" -> Member.S;
            case "bind_id" -> Member.BIND_ID;
            case "sf" -> Member.SF;
            default -> null;
        };
    }

    /** Colours, clocks of the thread and the like, which say nothing about what happened. */
    private static boolean isPresentation(String key) {
        return switch (key) {
            case "tts", "tdur", "ticount", "tidelta", "cname", "bp", "esf", "estack", "use_async_tts", "argsStripped" ->
                true;
            default -> false;
        };
    }

    private void id2() throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken t = json.nextToken();
            if (t.isScalarValue() && key.equals("local")) {
                member[Member.ID_LOCAL.ordinal()] = json.getText();
            } else if (t.isScalarValue() && key.equals("global")) {
                member[Member.ID_GLOBAL.ordinal()] = json.getText();
            } else {
                json.skipChildren();
            }
        }
    }

    /** A stack given in place, outermost first, as one folded field. */
    private void stack() throws IOException {
        StringBuilder folded = new StringBuilder();
        for (JsonToken t = json.nextToken(); t != JsonToken.END_ARRAY && t != null; t = json.nextToken()) {
            if (t.isScalarValue()) {
                folded.append(folded.length() == 0 ? "" : ";").append(json.getText());
            } else {
                json.skipChildren();
            }
        }
        add(stack, p -> record.text(p, folded));
    }

    private void object(Node in, int depth) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken t = json.nextToken();
            boolean naming = in == args && key.equals("name") && t == JsonToken.VALUE_STRING;
            if (naming) {
                member[Member.METADATA.ordinal()] = json.getText();
            }
            value(child(in, key), t, depth);
        }
    }

    private void value(Node path, JsonToken t, int depth) throws IOException {
        if (path == null) {
            json.skipChildren();
            return;
        }
        switch (t) {
            case START_OBJECT -> {
                if (depth < MAX_DEPTH) {
                    object(path, depth + 1);
                } else {
                    composite(path);
                }
            }
            case START_ARRAY -> composite(path);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(path, json.getText());
            case VALUE_TRUE, VALUE_FALSE -> add(path, p -> record.flag(p, t == JsonToken.VALUE_TRUE));
            case VALUE_NULL -> add(path, record::nothing);
            default -> {
                String text = json.getText();
                if (path.path.startsWith("args.") && isAddress(text)) {
                    path.address = path.address < 0 ? record.path("addr" + path.path.substring(4)) : path.address;
                    add(path.address, p -> record.text(p, text));
                } else {
                    add(path, p -> record.text(p, text));
                }
            }
        }
    }

    /** {@code 0x} and six to sixteen hexadecimal digits. */
    private static boolean isAddress(String text) {
        int n = text.length();
        if (n < 8 || n > 18 || text.charAt(0) != '0' || text.charAt(1) != 'x') {
            return false;
        }
        for (int i = 2; i < n; i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || Character.digit(c, 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private void number(Node path, String text) {
        boolean finite = isFinite(text);
        add(path, p -> {
            if (finite) {
                record.decimal(p, text);
            } else {
                record.text(p, text);
            }
        });
    }

    private void composite(Node path) throws IOException {
        StringBuilder out = new StringBuilder();
        canonical(out);
        add(path, p -> record.json(p, out));
    }

    /** The value under the parser so that equal values give equal text: no white space, members by key, numbers spelt alike. */
    private void canonical(StringBuilder out) throws IOException {
        switch (json.currentToken()) {
            case START_ARRAY -> {
                out.append('[');
                for (boolean first = true; json.nextToken() != JsonToken.END_ARRAY; first = false) {
                    out.append(first ? "" : ",");
                    canonical(out);
                }
                out.append(']');
            }
            case START_OBJECT -> {
                Map<String, String> members = new TreeMap<>();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    StringBuilder member = new StringBuilder();
                    String key = json.currentName();
                    quoted(key, member);
                    member.append(':');
                    json.nextToken();
                    canonical(member);
                    members.put(key, member.toString());
                }
                out.append('{').append(String.join(",", members.values())).append('}');
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                String text = json.getText();
                if (isFinite(text)) {
                    out.append(ValueDigest.canonicalNumber(text));
                } else {
                    quoted(text, out);
                }
            }
            case VALUE_STRING -> quoted(json.getText(), out);
            default -> out.append(json.getText());
        }
    }

    private static boolean isFinite(String number) {
        return !number.isEmpty() && number.charAt(number.length() - 1) <= '9';
    }

    private static void quoted(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int at = "\"\\\b\f\n\r\t".indexOf(c);
            if (at >= 0) {
                out.append('\\').append("\"\\bfnrt".charAt(at));
            } else if (c < 0x20) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private interface Adding {
        void to(int path);
    }

    /** Adds a field if its path is new in this event. */
    private void add(Node path, Adding value) {
        path.number = path.number < 0 ? record.path(path.path) : path.number;
        add(path.number, value);
    }

    /** Adds a field if its path is new in this event. */
    private void add(int known, Adding value) {
        if (known >= seen.length) {
            seen = Arrays.copyOf(seen, Math.max(known + 1, 2 * seen.length));
        }
        if (seen[known] == stamp) {
            note("repeated_keys", "a key stands twice in an event; the first value is taken");
        } else if (record.size() >= MAX_ARGUMENTS) {
            note(
                    "too_many_fields",
                    "an event has more than " + MAX_ARGUMENTS + " arguments; further ones are left out");
        } else {
            seen[known] = stamp;
            value.to(known);
        }
    }

    private void note(String code, String message) {
        context.note(
                code,
                message,
                name + ":" + Math.max(1, json.currentTokenLocation().getLineNr()));
    }
}
