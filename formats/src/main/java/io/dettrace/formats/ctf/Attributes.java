package io.dettrace.formats.ctf;

import io.dettrace.event.InputException;
import io.dettrace.formats.ctf.FieldType.Order;
import io.dettrace.formats.ctf.FieldType.Real;
import io.dettrace.formats.ctf.FieldType.Whole;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The attributes in braces behind {@code integer}, {@code floating_point} and {@code string}. Attributes that CTF 1.8 does
 * not know are allowed and say nothing.
 */
final class Attributes {
    /** Bits of an integer. */
    static final int MAX_BITS = 4_096;

    /** Bits that something may be aligned to. */
    static final int MAX_ALIGN = 1 << 20;

    private final TypeParser in;
    private final Map<String, Value> values = new HashMap<>();

    /** A value: a number, or a word, string or dotted path as text. */
    private record Value(Token at, String text, Long number) {}

    Attributes(TypeParser in) {
        this.in = in;
    }

    /** Reads them and keeps nothing. */
    void ignore() throws InputException {
        read();
    }

    private void read() throws InputException {
        in.expect("{");
        while (!in.takeIf("}")) {
            String name = in.expectWord("the name of an attribute");
            in.expect("=");
            values.put(name, value());
            in.expect(";");
        }
    }

    private Value value() throws InputException {
        Token at = in.peek();
        if (at.kind() == Token.Kind.NUMBER || at.is("-") || at.is("+")) {
            return new Value(at, at.text(), in.integer());
        }
        if (at.kind() == Token.Kind.STRING) {
            return new Value(in.take(), at.text(), null);
        }
        StringBuilder text = new StringBuilder(in.expectWord("a value"));
        while (in.peek().is(".") || in.peek().is("->")) {
            in.take();
            text.append('.').append(in.expectWord("a name"));
        }
        return new Value(at, text.toString(), null);
    }

    /** Reads those of an integer that is declared at {@code at}. */
    Whole whole(Token at) throws InputException {
        read();
        int size = (int) number(at, "size", -1, 1, MAX_BITS);
        String encoding = text("encoding", "none").toUpperCase(Locale.ROOT);
        return new Whole(
                size,
                align(size),
                truth("signed"),
                order(),
                base(),
                encoding.startsWith("UTF") || encoding.equals("ASCII"),
                clock());
    }

    /** Reads those of a floating-point number that is declared at {@code at}. */
    Real real(Token at) throws InputException {
        read();
        int exponent = (int) number(at, "exp_dig", -1, 2, 15);
        int mantissa = (int) number(at, "mant_dig", -1, 2, 113);
        return new Real(exponent, mantissa, align(exponent + mantissa), order());
    }

    private long number(Token at, String name, long otherwise, long least, long most) throws InputException {
        Value v = values.get(name);
        if (v == null && otherwise >= 0) {
            return otherwise;
        }
        if (v == null) {
            throw in.error(at, "expected the attribute \"" + name + "\" here");
        }
        if (v.number == null || v.number < least || v.number > most) {
            throw in.error(
                    v.at,
                    "expected " + name + " to be a number from " + least + " to " + most + ", found " + v.at.shown());
        }
        return v.number;
    }

    private int align(int size) throws InputException {
        Value v = values.get("align");
        if (v == null) {
            return size % 8 == 0 ? 8 : 1;
        }
        return alignment(in, v.at, v.number == null ? 0 : v.number);
    }

    /** An alignment that is allowed, which is a power of two. */
    static int alignment(TokenStream in, Token at, long value) throws InputException {
        if (value < 1 || value > MAX_ALIGN || Long.bitCount(value) != 1) {
            throw in.error(
                    at, "expected an alignment that is a power of two up to " + MAX_ALIGN + ", found " + at.shown());
        }
        return (int) value;
    }

    private String text(String name, String otherwise) {
        Value v = values.get(name);
        return v == null ? otherwise : v.text;
    }

    private boolean truth(String name) throws InputException {
        Value v = values.get(name);
        if (v == null) {
            return false;
        }
        if (v.number != null) {
            return v.number != 0;
        }
        return switch (v.text) {
            case "true", "TRUE" -> true;
            case "false", "FALSE" -> false;
            default -> throw in.error(v.at, "expected true or false, found " + v.at.shown());
        };
    }

    private Order order() throws InputException {
        Value v = values.get("byte_order");
        return v == null ? Order.NATIVE : order(in, v.at, v.text);
    }

    /** The byte order of this name. */
    static Order order(TokenStream in, Token at, String name) throws InputException {
        return switch (name) {
            case "native" -> Order.NATIVE;
            case "network", "be" -> Order.BIG;
            case "le" -> Order.LITTLE;
            default -> throw in.error(at, "expected le, be, network or native, found " + at.shown());
        };
    }

    private int base() throws InputException {
        Value v = values.get("base");
        if (v == null) {
            return 10;
        }
        return switch (v.number != null ? v.number.toString() : v.text) {
            case "10", "decimal", "dec", "d", "i", "u" -> 10;
            case "16", "hexadecimal", "hex", "x", "X", "p" -> 16;
            case "8", "octal", "oct", "o" -> 8;
            case "2", "binary", "b" -> 2;
            default -> throw in.error(v.at, "expected a base of 2, 8, 10 or 16, found " + v.at.shown());
        };
    }

    /** The clock's name in {@code map = clock.NAME.value}. */
    private String clock() {
        String map = text("map", "");
        boolean whole = map.startsWith("clock.") && map.endsWith(".value") && map.length() > "clock..value".length();
        return whole ? map.substring("clock.".length(), map.length() - ".value".length()) : null;
    }
}
