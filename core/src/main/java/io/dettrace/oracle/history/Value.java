package io.dettrace.oracle.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.dettrace.event.Field;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An argument or result of an operation: a value as JSON has it, immutable, equal by content. Numbers are equal as numbers,
 * so that 1 is 1.0.
 */
public sealed interface Value {
    /** Lists and maps inside each other that are understood; what is deeper is taken as its text. */
    int MAX_DEPTH = 100;

    /** Characters of texts and digits of numbers that count as one value. */
    int CHARACTERS = 8;

    /** No value. */
    Value NIL = new Nil();

    /** The truth value true. */
    Value TRUE = new Flag(true);

    /** The truth value false. */
    Value FALSE = new Flag(false);

    /** Appends the value as JSON, without white space and with the keys of maps in order. */
    void write(StringBuilder out);

    /** The value as JSON, without white space and with the keys of maps in order. */
    default String json() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }

    /** How many values this one is made of, itself among them; a long text or number counts as several. */
    default long weight() {
        return 1;
    }

    /** How many lists and maps are inside each other, this one among them. */
    default int depth() {
        return 0;
    }

    /** No value. */
    record Nil() implements Value {
        @Override
        public void write(StringBuilder out) {
            out.append("null");
        }

        @Override
        public String toString() {
            return "nil";
        }
    }

    /** A truth value. */
    record Flag(boolean value) implements Value {
        @Override
        public void write(StringBuilder out) {
            out.append(value);
        }

        @Override
        public String toString() {
            return json();
        }
    }

    /** A whole number of 64 bits. */
    record Whole(long value) implements Value {
        @Override
        public void write(StringBuilder out) {
            out.append(value);
        }

        @Override
        public String toString() {
            return json();
        }
    }

    /** Any other number, without trailing zeros. */
    record Decimal(BigDecimal value) implements Value {
        @Override
        public long weight() {
            return 1L + (value.precision() + Math.abs((long) value.scale())) / CHARACTERS;
        }

        @Override
        public void write(StringBuilder out) {
            out.append(value);
        }

        @Override
        public String toString() {
            return json();
        }
    }

    /** A string. */
    record Text(String value) implements Value {
        @Override
        public long weight() {
            return 1L + value.length() / CHARACTERS;
        }

        @Override
        public void write(StringBuilder out) {
            out.append('"');
            JsonStringEncoder.getInstance().quoteAsString(value, out);
            out.append('"');
        }

        @Override
        public String toString() {
            return json();
        }
    }

    /** A list. The hash is kept, as states of queues and logs are looked up again and again. */
    final class Items implements Value {
        /** The empty list. */
        public static final Items NONE = new Items(List.of());

        private final List<Value> values;
        private final int hash;
        private final int depth;
        private final long weight;

        private Items(List<Value> values) {
            this.values = values;
            hash = values.hashCode();
            depth = depthOf(values);
            weight = weightOf(values);
        }

        static int depthOf(Iterable<Value> values) {
            int depth = 0;
            for (Value v : values) {
                depth = Math.max(depth, v.depth());
            }
            return depth + 1;
        }

        static long weightOf(Iterable<Value> values) {
            long weight = 1;
            for (Value v : values) {
                weight = Math.min(weight + v.weight(), Integer.MAX_VALUE);
            }
            return weight;
        }

        @Override
        public long weight() {
            return weight;
        }

        @Override
        public int depth() {
            return depth;
        }

        /** A list of these. */
        public static Items of(List<Value> values) {
            return values.isEmpty() ? NONE : new Items(List.copyOf(values));
        }

        /** The elements. */
        public List<Value> values() {
            return values;
        }

        /** Number of elements. */
        public int size() {
            return values.size();
        }

        /** This list with one more element at its end. */
        public Items with(Value last) {
            Value[] all = values.toArray(new Value[values.size() + 1]);
            all[values.size()] = last;
            return new Items(List.of(all));
        }

        /** This list without the element at {@code index}. */
        public Items without(int index) {
            List<Value> rest = new ArrayList<>(values);
            rest.remove(index);
            return of(rest);
        }

        @Override
        public void write(StringBuilder out) {
            out.append('[');
            for (int i = 0; i < values.size(); i++) {
                if (i > 0) {
                    out.append(',');
                }
                values.get(i).write(out);
            }
            out.append(']');
        }

        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Items i && hash == i.hash && values.equals(i.values);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public String toString() {
            return json();
        }
    }

    /** A map with names as keys. The hash is kept, as in {@link Items}. */
    final class Dict implements Value {
        private final Map<String, Value> values;
        private final int hash;
        private final int depth;
        private final long weight;

        /** Copies the map. */
        public Dict(Map<String, Value> values) {
            this.values = java.util.Collections.unmodifiableMap(new TreeMap<>(values));
            hash = this.values.hashCode();
            depth = Items.depthOf(this.values.values());
            weight = Items.weightOf(this.values.values());
        }

        /** The members. */
        public Map<String, Value> values() {
            return values;
        }

        @Override
        public long weight() {
            return weight;
        }

        @Override
        public int depth() {
            return depth;
        }

        @Override
        public void write(StringBuilder out) {
            out.append('{');
            String separator = "";
            for (Map.Entry<String, Value> e : values.entrySet()) {
                out.append(separator);
                separator = ",";
                new Text(e.getKey()).write(out);
                out.append(':');
                e.getValue().write(out);
            }
            out.append('}');
        }

        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Dict d && hash == d.hash && values.equals(d.values);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public String toString() {
            return json();
        }
    }

    /** A whole number. */
    static Value of(long number) {
        return new Whole(number);
    }

    /** A string. */
    static Value of(String text) {
        return new Text(text);
    }

    /** A truth value. */
    static Value of(boolean truth) {
        return truth ? TRUE : FALSE;
    }

    /** A list. */
    static Value of(List<Value> values) {
        return Items.of(values);
    }

    /** A number. */
    static Value of(BigDecimal number) {
        BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        boolean whole = plain.scale() <= 0 && plain.precision() - plain.scale() <= 19;
        if (whole) {
            try {
                return new Whole(plain.longValueExact());
            } catch (ArithmeticException beyondLong) {
                return new Decimal(plain);
            }
        }
        return new Decimal(plain);
    }

    /** The value of a field; what is no JSON after all is taken as text. */
    static Value of(Field field) {
        return of(field.type(), field.text());
    }

    /** The value with a JSON type and text; what is no JSON after all is taken as text. */
    static Value of(Field.Type type, String text) {
        return type == Field.Type.STRING ? new Text(text) : parse(text);
    }

    /** The value that JSON text holds; text that is no JSON, or nested too deep, is taken as a string. */
    static Value parse(String json) {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            Value value = parser.currentToken() == null ? new Text(json) : read(parser, 0);
            return parser.nextToken() == null ? value : new Text(json);
        } catch (IOException | NumberFormatException e) {
            return new Text(json);
        }
    }

    private static Value read(JsonParser parser, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException("nested too deep");
        }
        switch (parser.currentToken()) {
            case START_ARRAY -> {
                List<Value> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(read(parser, depth + 1));
                }
                return Items.of(values);
            }
            case START_OBJECT -> {
                Map<String, Value> values = new TreeMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    parser.nextToken();
                    values.put(key, read(parser, depth + 1));
                }
                return new Dict(values);
            }
            case VALUE_STRING -> {
                return new Text(parser.getText());
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                return of(new BigDecimal(parser.getText()));
            }
            case VALUE_TRUE -> {
                return TRUE;
            }
            case VALUE_FALSE -> {
                return FALSE;
            }
            case VALUE_NULL -> {
                return NIL;
            }
            default -> throw new IOException("no value");
        }
    }
}
