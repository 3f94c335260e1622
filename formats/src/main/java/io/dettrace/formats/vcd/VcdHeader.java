package io.dettrace.formats.vcd;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the declarations of a dump (18.2.3): scopes, variables and the time scale. What simulators leave out ({@code $end},
 * {@code $enddefinitions}, {@code $timescale}) is noted.
 */
final class VcdHeader {
    /** Scopes in each other. */
    static final int MAX_DEPTH = 1_000;

    /** Bytes of a signal's full name. */
    static final int MAX_NAME = 1 << 16;

    /** Bits of a vector; the standard asks simulators for 65 536 at least. */
    static final int MAX_WIDTH = 1 << 20;

    private static final Set<String> DECLARATIONS = Set.of(
            "$date",
            "$version",
            "$timescale",
            "$scope",
            "$var",
            "$upscope",
            "$enddefinitions",
            "$comment",
            "$dumpvars");

    private static final Set<String> VARIABLES = Set.of(
            ("event integer parameter real realtime real_parameter shortreal reg supply0 supply1 time tri triand trior"
                            + " trireg tri0 tri1 wand wire wor string logic bit byte int shortint longint enum sparray port"
                            + " genvar class struct union in out inout")
                    .split(" "));

    private final VcdTokens tokens;
    private final ReadContext context;
    private final VcdOptions options;
    private final Deque<byte[]> scopes = new ArrayDeque<>();
    private final Map<String, Integer> tops = new HashMap<>();
    private final List<VcdClock> clocks = new ArrayList<>();
    private final VcdSignals signals = new VcdSignals();
    private VcdTimescale timescale;
    private int top = -1;
    private boolean known;
    private long line;
    private long offset;

    /** True if the word under the cursor was read ahead and belongs to what follows. */
    boolean pending;

    VcdHeader(VcdTokens tokens, ReadContext context, VcdOptions options) {
        this.tokens = tokens;
        this.context = context;
        this.options = options;
    }

    VcdSignals signals() {
        return signals;
    }

    VcdTimescale timescale() {
        return timescale;
    }

    /** Number of outermost scopes. */
    int tops() {
        return tops.size();
    }

    /** Variables whose name says clock. */
    List<VcdClock> clocks() {
        return clocks;
    }

    /** Reads up to the first value change or time. */
    void read() throws IOException {
        boolean ended = false;
        while (!ended && advance()) {
            ended = command();
        }
        if (!ended) {
            throw tokens.error("the file ends in the declarations, so there are no value changes in it");
        }
        if (timescale == null) {
            note("no_timescale", "the dump says no $timescale; its times are taken as nanoseconds");
            timescale = VcdTimescale.NANOSECOND;
        }
        if (!signals.distinguish()) {
            throw tooManyNames();
        }
    }

    private boolean advance() throws IOException {
        if (pending) {
            pending = false;
            return true;
        }
        return tokens.next();
    }

    private void note(String code, String message) {
        context.note(code, message, tokens.place());
    }

    /** Takes one command; true if the declarations are over. */
    private boolean command() throws IOException {
        if (tokens.is("$enddefinitions")) {
            arguments();
            return true;
        }
        if (tokens.is("$var")) {
            variable();
        } else if (tokens.is("$scope")) {
            scope();
        } else if (tokens.is("$upscope")) {
            arguments();
            if (scopes.isEmpty()) {
                note("extra_upscope", "$upscope without a $scope is left out");
            } else {
                scopes.pop();
                known = false;
            }
        } else if (tokens.is("$timescale")) {
            scale();
        } else if (tokens.is("$comment")) {
            comment(tokens);
        } else if (tokens.is("$end")) {
            note("extra_end", "$end without a command is left out");
        } else if (isBody()) {
            note("no_enddefinitions", "the declarations are not ended by $enddefinitions");
            pending = true;
            return true;
        } else if (tokens.first() == '$') {
            String name = tokens.shown();
            boolean text = tokens.is("$date") || tokens.is("$version");
            if (!text && !name.startsWith("$attr") && !name.equals("$timezero")) {
                note("unknown_command", "the command " + name + " is not known and is left out");
            }
            arguments();
        } else {
            throw tokens.error("expected a declaration such as $var, found \"" + tokens.shown() + "\"");
        }
        return false;
    }

    private boolean isBody() {
        byte c = tokens.first();
        return c == '#'
                || tokens.is("$dumpvars")
                || tokens.is("$dumpall")
                || tokens.is("$dumpports")
                || signals.count() > 0 && c != '$';
    }

    /** Skips a comment, whose words may be anything. */
    static void comment(VcdTokens tokens) throws IOException {
        long line = tokens.line();
        long offset = tokens.offset();
        while (tokens.next()) {
            if (tokens.is("$end")) {
                return;
            }
        }
        throw tokens.error(line, offset, "$comment has no $end");
    }

    /** The words up to {@code $end}; where that is missing, up to the next declaration. */
    private List<String> arguments() throws IOException {
        List<String> words = new ArrayList<>();
        String command = tokens.shown();
        line = tokens.line();
        offset = tokens.offset();
        int size = 0;
        while (tokens.next()) {
            if (tokens.is("$end")) {
                return words;
            }
            boolean next = tokens.first() == '$' && DECLARATIONS.contains(tokens.text());
            if (next || command.equals("$enddefinitions") && tokens.first() == '#') {
                note("no_end", command + " has no $end");
                pending = true;
                return words;
            }
            size += tokens.length() + 1;
            if (size <= MAX_NAME) {
                words.add(tokens.text());
            }
        }
        throw tokens.error(line, offset, command + " has no $end");
    }

    private void scale() throws IOException {
        VcdTimescale scale = VcdTimescale.parse(String.join("", arguments()));
        if (scale == null) {
            throw tokens.error(line, offset, "expected $timescale NUMBER UNIT $end, such as 10 ps");
        }
        timescale = scale;
    }

    private static String cut(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }

    private void scope() throws IOException {
        List<String> words = arguments();
        if (words.isEmpty()) {
            throw tokens.error(line, offset, "expected $scope TYPE NAME $end");
        }
        if (scopes.size() == MAX_DEPTH) {
            throw tokens.error("more than " + MAX_DEPTH + " scopes in each other");
        }
        String name = words.size() == 1 ? "" : String.join(" ", words.subList(1, words.size()));
        byte[] own = name.getBytes(StandardCharsets.UTF_8);
        byte[] around = scopes.isEmpty() ? new byte[0] : scopes.peek();
        scopes.push(own.length == 0 ? around : joined(around, own));
        known = false;
    }

    private byte[] joined(byte[] around, byte[] name) throws InputException {
        if (around.length == 0) {
            return name;
        }
        if (around.length + name.length >= MAX_NAME) {
            throw tokens.error("a name of more than " + MAX_NAME + " bytes with its scopes");
        }
        byte[] path = new byte[around.length + 1 + name.length];
        System.arraycopy(around, 0, path, 0, around.length);
        path[around.length] = '.';
        System.arraycopy(name, 0, path, around.length + 1, name.length);
        return path;
    }

    private int top() {
        if (!known) {
            String path = scopes.isEmpty() ? "" : new String(scopes.peekLast(), StandardCharsets.UTF_8);
            top = tops.computeIfAbsent(path, p -> tops.size());
            known = true;
        }
        return top;
    }

    private void variable() throws IOException {
        List<String> words = arguments();
        if (words.size() < 3) {
            throw tokens.error(line, offset, "expected $var TYPE SIZE CODE NAME $end");
        }
        String type = words.get(0);
        if (!VARIABLES.contains(type) && !type.startsWith("vhdl_")) {
            note("unknown_type", "the variable type " + cut(type) + " is not known; its values are read as they are");
        }
        int width = width(words.get(1));
        byte[] code = words.get(2).getBytes(StandardCharsets.UTF_8);
        if (!VcdCodes.isCode(code, 0, code.length)) {
            throw tokens.error("expected an identifier code of up to " + VcdCodes.MAX_CODE
                    + " printable characters, found \"" + cut(words.get(2)) + "\"");
        }
        if (words.size() == 3) {
            note("no_name", "a $var has no name; its identifier code is taken for it");
        }
        byte what = type.equals("event") ? VcdSignals.EVENT : type.equals("port") ? VcdSignals.PORT : VcdSignals.BITS;
        declare(code, Reference.of(words), width, what);
    }

    private int width(String size) throws InputException {
        int width = Reference.size(size);
        if (width < 0) {
            throw tokens.error("expected a size in bits, 0 to " + MAX_WIDTH + ", found \"" + cut(size) + "\"");
        }
        return width;
    }

    private void declare(byte[] code, Reference name, int width, byte what) throws InputException {
        byte[] own = name.name().getBytes(StandardCharsets.UTF_8);
        byte[] path = joined(scopes.isEmpty() ? new byte[0] : scopes.peek(), own);
        byte[] range = name.range().getBytes(StandardCharsets.UTF_8);
        String text = new String(path, StandardCharsets.UTF_8);
        if (!options.signals().test(text)) {
            if (signals.codes.get(code, 0, code.length) == VcdCodes.NONE) {
                signals.codes.put(code, 0, code.length, VcdBody.UNWANTED);
            }
            return;
        }
        int signal = signals.codes.get(code, 0, code.length);
        boolean room;
        if (signal < 0) {
            signal = signals.count();
            room = signals.add(path, range, scopes.size(), top(), width, what);
            signals.codes.put(code, 0, code.length, signal);
        } else {
            room = signals.alias(signal, path, range, scopes.size(), top());
        }
        if (!room) {
            throw tooManyNames();
        }
        if (width == 1 && what == VcdSignals.BITS && clocks.size() < VcdClock.MAX_CANDIDATES) {
            int rank = options.clock().isPresent() ? options.names(text) ? 0 : -1 : VcdClock.rank(name.name());
            if (rank >= 0) {
                clocks.add(new VcdClock(signal, top(), scopes.size(), rank, text));
            }
        }
    }

    private InputException tooManyNames() {
        return tokens.error("more than " + VcdSignals.MAX_SIGNALS + " signals, or names of more than "
                + VcdSignals.MAX_NAMES + " bytes in all; --with signals=GLOB,... reads a part of them");
    }

    /**
     * A variable's name and its range of bits apart. The range of a whole vector is not part of its name, because some
     * simulators leave it out; a single bit's is.
     */
    private record Reference(String name, String range) {
        static Reference of(List<String> words) {
            StringBuilder name = new StringBuilder();
            StringBuilder range = new StringBuilder();
            for (String word : words.subList(words.size() == 3 ? 2 : 3, words.size())) {
                boolean bits = name.length() > 0 && (range.length() > 0 || word.startsWith("["));
                (bits ? range : name.length() > 0 ? name.append(' ') : name).append(word);
            }
            String own = name.toString();
            int bracket = own.lastIndexOf('[');
            if (range.length() == 0 && bracket > 0 && own.endsWith("]") && isRange(own.substring(bracket))) {
                range.append(own.substring(bracket));
                own = own.substring(0, bracket);
            }
            String bits = range.toString();
            int last = bits.lastIndexOf('[');
            if (last > 0) {
                own += bits.substring(0, last);
                bits = bits.substring(last);
            }
            boolean whole = isRange(bits) && bits.indexOf(':') > 0;
            return whole ? new Reference(own, bits) : new Reference(own + bits, "");
        }

        private static boolean isRange(String text) {
            if (text.length() < 3 || text.charAt(0) != '[' || text.charAt(text.length() - 1) != ']') {
                return false;
            }
            for (int i = 1; i < text.length() - 1; i++) {
                char c = text.charAt(i);
                if ((c < '0' || c > '9') && c != ':' && c != '-') {
                    return false;
                }
            }
            return true;
        }

        /** Bits of a size, which for ports may be a range; -1 if it is none. */
        static int size(String text) {
            try {
                if (text.startsWith("[") && text.endsWith("]")) {
                    String[] ends = text.substring(1, text.length() - 1).split(":", 2);
                    long high = Integer.parseInt(ends[0]);
                    long low = ends.length > 1 ? Integer.parseInt(ends[1]) : high;
                    long bits = Math.abs(high - low) + 1;
                    return bits <= MAX_WIDTH ? (int) bits : -1;
                }
                int bits = Integer.parseInt(text);
                return bits >= 0 && bits <= MAX_WIDTH ? bits : -1;
            } catch (NumberFormatException none) {
                return -1;
            }
        }
    }
}
