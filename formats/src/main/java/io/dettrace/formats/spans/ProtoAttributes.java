package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Attributes and values in protobuf ({@code common.proto}); those seen before are not made anew. */
final class ProtoAttributes {
    /** Values inside each other in one attribute. */
    static final int MAX_DEPTH = 100;

    private final Texts texts = new Texts();

    /** The content of the field as text. */
    String text(ProtoReader r) {
        return texts.text(r.bytes(), r.from(), r.length());
    }

    /** The {@code KeyValue} that the field holds. */
    Field attribute(ProtoReader r) throws ProtoReader.Malformed {
        int from = r.from();
        int length = r.length();
        Field known = texts.field(r.bytes(), from, length);
        if (known != null) {
            return known;
        }
        String key = "";
        Object value = null;
        int outer = r.enter();
        while (r.next()) {
            if (r.is(1, ProtoReader.LENGTH)) {
                key = text(r);
            } else if (r.is(2, ProtoReader.LENGTH)) {
                value = plain(r, 0);
            }
        }
        r.leave(outer);
        Field field = AttributeText.of(key, value);
        texts.keep(r.bytes(), from, length, field);
        return field;
    }

    /** The {@code AnyValue} that the field holds as text. */
    String value(ProtoReader r) throws ProtoReader.Malformed {
        return AttributeText.of("", plain(r, 0)).text();
    }

    /** An {@code AnyValue} as what JSON would give; the last of several counts, as for every oneof. */
    private Object plain(ProtoReader r, int depth) throws ProtoReader.Malformed {
        if (depth > MAX_DEPTH) {
            throw new ProtoReader.Malformed("values nested deeper than " + MAX_DEPTH, r.from());
        }
        Object value = null;
        int outer = r.enter();
        while (r.next()) {
            if (r.is(1, ProtoReader.LENGTH)) {
                value = text(r);
            } else if (r.is(2, ProtoReader.VARINT)) {
                value = r.number() != 0;
            } else if (r.is(3, ProtoReader.VARINT)) {
                value = new JsonObject.Literal(Long.toString(r.number()));
            } else if (r.is(4, ProtoReader.FIXED64)) {
                value = new JsonObject.Literal(number(Double.longBitsToDouble(r.number())));
            } else if (r.is(5, ProtoReader.LENGTH)) {
                value = list(r, depth);
            } else if (r.is(6, ProtoReader.LENGTH)) {
                value = map(r, depth);
            } else if (r.is(7, ProtoReader.LENGTH)) {
                byte[] copy = Arrays.copyOfRange(r.bytes(), r.from(), r.from() + r.length());
                value = Base64.getEncoder().encodeToString(copy);
            }
        }
        r.leave(outer);
        return value;
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private List<Object> list(ProtoReader r, int depth) throws ProtoReader.Malformed {
        List<Object> list = new ArrayList<>();
        int outer = r.enter();
        while (r.next()) {
            if (r.is(1, ProtoReader.LENGTH)) {
                list.add(plain(r, depth + 1));
            }
        }
        r.leave(outer);
        return list;
    }

    private JsonObject map(ProtoReader r, int depth) throws ProtoReader.Malformed {
        JsonObject map = new JsonObject();
        int outer = r.enter();
        while (r.next()) {
            if (r.is(1, ProtoReader.LENGTH)) {
                entry(r, map, depth);
            }
        }
        r.leave(outer);
        return map;
    }

    private void entry(ProtoReader r, JsonObject map, int depth) throws ProtoReader.Malformed {
        String key = "";
        Object value = null;
        int outer = r.enter();
        while (r.next()) {
            if (r.is(1, ProtoReader.LENGTH)) {
                key = text(r);
            } else if (r.is(2, ProtoReader.LENGTH)) {
                value = plain(r, depth + 1);
            }
        }
        r.leave(outer);
        map.values.putIfAbsent(key, value);
    }
}
