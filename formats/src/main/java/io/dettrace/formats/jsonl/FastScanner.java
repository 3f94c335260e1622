package io.dettrace.formats.jsonl;

import io.dettrace.event.Field.Type;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.FieldPlan;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.ValueDigest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a JSON object from one line and hands its fields to an {@link EventAssembler}, as long as the line is plain:
 * no escapes, no arrays beyond flat ones of plain scalars, nesting up to {@value #MAX_DEPTH}. Whatever it is not sure
 * about, including everything that is not valid JSON, it declines, and the exact reader takes the line.
 *
 * <p>Log lines repeat their keys in the same order, so keys are not parsed but predicted: a tree of the key sequences seen
 * so far says which key comes next, and eight bytes at a time are compared with the line. A key sequence enters the tree
 * only if it holds no key twice, so predicted lines need no check for duplicates. Strings are searched for their end
 * eight bytes at a time (SWAR; Mycroft's zero-byte test).
 */
final class FastScanner {
    static final int MAX_DEPTH = 32;

    /** Key sequences remembered; a log whose keys never repeat goes the exact way. */
    static final int MAX_NODES = 20_000;

    /** Keys remembered that may follow one key, as they are searched one by one. */
    static final int MAX_NEXT = 64;

    /** Bytes of a key with its quotes, so that what is remembered stays small. */
    static final int MAX_KEY = 1_024;

    /** Bytes of a number; longer ones are for {@link java.math.BigDecimal} and its limits. */
    static final int MAX_NUMBER = 1_000;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';
    private static final long ZEROS = ONES * '0';
    private static final long ABOVE_NINE = ONES * (0x80 - 10);

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.US_ASCII);
    private static final long TRUE_DIGEST = ValueDigest.of(TRUE, 0, 4);
    private static final long FALSE_DIGEST = ValueDigest.of(FALSE, 0, 5);
    private static final long NULL_DIGEST = ValueDigest.of(NULL, 0, 4);
    private static final long EMPTY_OBJECT_DIGEST = ValueDigest.of(EMPTY_OBJECT, 0, 2);

    private final Mapping mapping;
    private final EventAssembler assembler;
    private final Node root = new Node(null, "", null);
    private final Node[] stack = new Node[MAX_DEPTH];
    private int nodes;
    private byte[] buf = new byte[0];
    private int pos;
    private int end;

    /** A point in a key sequence: behind {@code key} in its object, or at the start of an object. */
    private static final class Node {
        final byte[] key;
        final String path;
        final FieldPlan plan;
        final Node before;
        Node[] next = new Node[1];
        int nextCount;
        Node likely;
        Node inside;

        Node(byte[] key, String path, FieldPlan plan, Node before) {
            this.key = key;
            this.path = path;
            this.plan = plan;
            this.before = before;
        }

        Node(byte[] key, String path, FieldPlan plan) {
            this(key, path, plan, null);
        }
    }

    FastScanner(Mapping mapping, EventAssembler assembler) {
        this.mapping = mapping;
        this.assembler = assembler;
    }

    /**
     * Reads the object that fills {@code bytes[from, to)} but for white space around it.
     *
     * @return false if the line was declined; fields may have been handed over all the same
     */
    boolean scan(byte[] bytes, int from, int to) {
        buf = bytes;
        pos = from;
        end = to;
        int depth = 0;
        if (!take('{')) {
            return false;
        }
        Node at = root;
        boolean first = true;
        while (true) {
            byte b = peek();
            if (b == '}') {
                if (first && depth > 0) {
                    emit(stack[depth - 1], Type.COMPOSITE, EMPTY_OBJECT_DIGEST, EMPTY_OBJECT, 0, 2);
                }
                pos++;
                if (depth == 0) {
                    return restIsBlank();
                }
                at = stack[--depth];
                first = false;
                continue;
            }
            if (!first) {
                if (b != ',') {
                    return false;
                }
                pos++;
                b = peek();
            }
            first = false;
            at = b == '"' ? key(at) : null;
            if (at == null || !take(':')) {
                return false;
            }
            if (peek() == '{' && !at.plan.isWhole()) {
                if (depth == MAX_DEPTH) {
                    return false;
                }
                pos++;
                stack[depth++] = at;
                if (at.inside == null) {
                    at.inside = new Node(null, at.path + ".", null);
                }
                at = at.inside;
                first = true;
            } else if (!value(at)) {
                return false;
            }
        }
    }

    private void emit(Node node, Type type, long digest, byte[] bytes, int offset, int length) {
        if (!node.plan.isIgnored()) {
            assembler.field(node.plan, type, digest, bytes, offset, length);
        }
    }

    /** The next byte that is not white space, or 0 at the line's end; {@code pos} is left on it. */
    private byte peek() {
        while (pos < end) {
            byte b = buf[pos];
            if (b != ' ' && b != '\t' && b != '\r') {
                return b;
            }
            pos++;
        }
        return 0;
    }

    private boolean take(char c) {
        if (peek() != c) {
            return false;
        }
        pos++;
        return true;
    }

    private boolean restIsBlank() {
        return peek() == 0 && pos >= end;
    }

    // ---- keys ------------------------------------------------------------------------------------------------------

    /** The node behind the key at {@code pos}, which is left behind the closing quote; null to decline. */
    private Node key(Node from) {
        Node likely = from.likely;
        if (likely != null && matches(likely.key)) {
            pos += likely.key.length;
            return likely;
        }
        for (int i = 0; i < from.nextCount; i++) {
            if (matches(from.next[i].key)) {
                from.likely = from.next[i];
                pos += from.likely.key.length;
                return from.likely;
            }
        }
        return learn(from);
    }

    private boolean matches(byte[] key) {
        int n = key.length;
        if (end - pos < n) {
            return false;
        }
        int i = 0;
        for (; i + 8 <= n; i += 8) {
            if ((long) LONGS.get(buf, pos + i) != (long) LONGS.get(key, i)) {
                return false;
            }
        }
        for (; i < n; i++) {
            if (buf[pos + i] != key[i]) {
                return false;
            }
        }
        return true;
    }

    private Node learn(Node from) {
        int start = pos;
        if (nodes >= MAX_NODES || from.nextCount == MAX_NEXT || !skipString() || pos - start > MAX_KEY) {
            return null;
        }
        byte[] key = Arrays.copyOfRange(buf, start, pos);
        for (Node n = from; n != null; n = n.before) {
            if (Arrays.equals(n.key, key)) {
                return null;
            }
        }
        Node object = from;
        while (object.before != null) {
            object = object.before;
        }
        String path = object.path + new String(key, 1, key.length - 2, StandardCharsets.UTF_8);
        Node node = new Node(key, path, mapping.plan(path), from);
        if (from.nextCount == from.next.length) {
            from.next = Arrays.copyOf(from.next, from.nextCount * 2);
        }
        from.next[from.nextCount++] = node;
        from.likely = node;
        nodes++;
        return node;
    }

    // ---- values ----------------------------------------------------------------------------------------------------

    private boolean value(Node node) {
        byte b = peek();
        int start = pos;
        if (b == '"') {
            if (!skipString()) {
                return false;
            }
            int length = pos - start - 2;
            if (!node.plan.isIgnored()) {
                long digest = node.plan.needsDigest() ? ValueDigest.of(buf, start + 1, length) : 0;
                assembler.field(node.plan, Type.STRING, digest, buf, start + 1, length);
            }
            return true;
        }
        if (b == '-' || b >= '0' && b <= '9') {
            if (!skipNumber() || pos - start > MAX_NUMBER) {
                return false;
            }
            if (!node.plan.isIgnored()) {
                long digest = node.plan.needsDigest() ? ValueDigest.ofNumber(buf, start, pos - start) : 0;
                assembler.field(node.plan, Type.NUMBER, digest, buf, start, pos - start);
            }
            return true;
        }
        if (b == 't' && literal(TRUE)) {
            emit(node, Type.BOOLEAN, TRUE_DIGEST, TRUE, 0, 4);
            return true;
        }
        if (b == 'f' && literal(FALSE)) {
            emit(node, Type.BOOLEAN, FALSE_DIGEST, FALSE, 0, 5);
            return true;
        }
        if (b == 'n' && literal(NULL)) {
            emit(node, Type.NULL, NULL_DIGEST, NULL, 0, 4);
            return true;
        }
        if (b == '[' && flatArray()) {
            emit(node, Type.COMPOSITE, ValueDigest.of(buf, start, pos - start), buf, start, pos - start);
            return true;
        }
        return false;
    }

    private boolean literal(byte[] word) {
        if (end - pos < word.length || !Arrays.equals(buf, pos, pos + word.length, word, 0, word.length)) {
            return false;
        }
        pos += word.length;
        return atValueEnd();
    }

    /** An array of plain scalars without white space, whose text is its own canonical form. */
    private boolean flatArray() {
        pos++;
        if (pos < end && buf[pos] == ']') {
            pos++;
            return true;
        }
        while (pos < end) {
            byte b = buf[pos];
            int start = pos;
            boolean ok = b == '"'
                    ? skipString()
                    : (b == '-' || b >= '0' && b <= '9') && skipNumber() && isCanonicalInteger(start) && pos < end;
            if (!ok || pos >= end) {
                return false;
            }
            byte after = buf[pos++];
            if (after == ']') {
                return true;
            }
            if (after != ',') {
                return false;
            }
        }
        return false;
    }

    private boolean isCanonicalInteger(int start) {
        for (int i = start; i < pos; i++) {
            if (buf[i] == '.' || buf[i] == 'e' || buf[i] == 'E') {
                return false;
            }
        }
        return pos - start <= 18 && !(buf[start] == '-' && buf[start + 1] == '0');
    }

    private boolean atValueEnd() {
        if (pos >= end) {
            return false;
        }
        byte b = buf[pos];
        return b == ',' || b == '}' || b == ' ' || b == '\t' || b == ']' || b == '\r';
    }

    /** Steps over a number by the grammar of RFC 8259, section 6. */
    private boolean skipNumber() {
        if (buf[pos] == '-') {
            pos++;
        }
        int digits = pos;
        pos = endOfDigits(pos);
        if (pos == digits || buf[digits] == '0' && pos > digits + 1) {
            return false;
        }
        if (pos < end && buf[pos] == '.') {
            int fraction = ++pos;
            pos = endOfDigits(pos);
            if (pos == fraction) {
                return false;
            }
        }
        if (pos < end && (buf[pos] | 0x20) == 'e') {
            pos++;
            if (pos < end && (buf[pos] == '+' || buf[pos] == '-')) {
                pos++;
            }
            int exponent = pos;
            pos = endOfDigits(pos);
            if (pos == exponent) {
                return false;
            }
        }
        return atValueEnd();
    }

    /** Index of the first byte from {@code from} on that is no digit, eight bytes at a time. */
    private int endOfDigits(int from) {
        byte[] bytes = buf;
        int to = end;
        int p = from;
        for (; p + 8 <= to; p += 8) {
            long word = (long) LONGS.get(bytes, p);
            long others = ((word ^ ZEROS) + ABOVE_NINE | word) & HIGHS;
            if (others != 0) {
                return p + (Long.numberOfTrailingZeros(others) >>> 3);
            }
        }
        while (p < to && bytes[p] >= '0' && bytes[p] <= '9') {
            p++;
        }
        return p;
    }

    /** Steps over a string from its opening to behind its closing quote; declines escapes and invalid UTF-8. */
    private boolean skipString() {
        int start = ++pos;
        long seen = 0;
        int p = pos;
        while (p + 8 <= end) {
            long word = (long) LONGS.get(buf, p);
            long stop = zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES) | below(word);
            if (stop != 0) {
                p += Long.numberOfTrailingZeros(stop) >>> 3;
                break;
            }
            seen |= word;
            p += 8;
        }
        while (p < end && buf[p] != '"') {
            byte b = buf[p];
            if (b == '\\' || b >= 0 && b < ' ') {
                return false;
            }
            seen |= b;
            p++;
        }
        if (p >= end) {
            return false;
        }
        pos = p + 1;
        boolean ascii = (seen & HIGHS) == 0 && isAscii(start, p);
        return ascii || Utf8.isValid(buf, start, p);
    }

    /** The tail that the word loop did not add up. */
    private boolean isAscii(int from, int to) {
        int signs = 0;
        for (int i = Math.max(from, to - 8); i < to; i++) {
            signs |= buf[i];
        }
        return signs >= 0;
    }

    /** High bit set in each byte that is zero; bits above the first such byte are not reliable. */
    private static long zeroBytes(long word) {
        return (word - ONES) & ~word & HIGHS;
    }

    /** High bit set in each byte below space; bits above the first such byte are not reliable. */
    private static long below(long word) {
        return (word - SPACES) & ~word & HIGHS;
    }
}
