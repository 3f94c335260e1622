package io.dettrace.formats.ctf;

import java.util.List;

/**
 * A type as TSDL declares it (CTF 1.8.3, section 4), before it is laid out in a structure. Types are shared where the
 * metadata shares them; {@link #depth} counts the levels below, so that nothing walks deeper than {@link
 * TsdlParser#MAX_DEPTH}.
 */
sealed interface FieldType {
    /** Alignment in bits from the start of the packet. */
    int align();

    /** Levels of types, 1 for a basic type. */
    int depth();

    /** Order of bytes; {@code NATIVE} stands for the trace's own. */
    enum Order {
        NATIVE,
        BIG,
        LITTLE
    }

    /**
     * A whole number (section 4.1.5).
     *
     * @param base 2, 8, 10 or 16: how it is meant to be shown
     * @param text true if it is a character
     * @param clock name of the clock that it counts, or null
     */
    record Whole(int size, int align, boolean signed, Order order, int base, boolean text, String clock)
            implements FieldType {
        @Override
        public int depth() {
            return 1;
        }
    }

    /** A floating-point number of {@code exponent + mantissa} bits, the sign being one of the mantissa's (section 4.1.7). */
    record Real(int exponent, int mantissa, int align, Order order) implements FieldType {
        @Override
        public int depth() {
            return 1;
        }
    }

    /** Bytes up to a zero byte (section 4.2.5). */
    record Text() implements FieldType {
        @Override
        public int align() {
            return 8;
        }

        @Override
        public int depth() {
            return 1;
        }
    }

    /** Names for ranges of a whole number (section 4.1.8). */
    record Enumeration(Whole container, List<Label> labels) implements FieldType {
        @Override
        public int align() {
            return container.align();
        }

        @Override
        public int depth() {
            return 1;
        }
    }

    /** A name for the values from {@code from} to {@code to}; they are unsigned if the container is. */
    record Label(String name, long from, long to) {
        boolean covers(long value, boolean signed) {
            return signed
                    ? from <= value && value <= to
                    : Long.compareUnsigned(from, value) <= 0 && Long.compareUnsigned(value, to) <= 0;
        }
    }

    /** A named field. */
    record Member(String name, FieldType type) {}

    /** Fields one after the other (section 4.2.1). */
    record Struct(List<Member> members, int align, int depth) implements FieldType {
        /** A structure whose alignment is at least {@code minimum} and that of its members. */
        static Struct of(List<Member> members, int minimum) {
            int align = minimum;
            int depth = 0;
            for (Member m : members) {
                align = Math.max(align, m.type.align());
                depth = Math.max(depth, m.type.depth());
            }
            return new Struct(List.copyOf(members), align, depth + 1);
        }
    }

    /** A fixed number of elements (section 4.2.3). */
    record Array(FieldType element, long count, int depth) implements FieldType {
        @Override
        public int align() {
            return element.align();
        }
    }

    /** As many elements as another field says (section 4.2.4). */
    record Sequence(FieldType element, FieldPath count, int depth) implements FieldType {
        @Override
        public int align() {
            return element.align();
        }
    }

    /** The field that the tag's label names (section 4.2.2); {@code tag} is null until the variant is used in a place. */
    record Variant(FieldPath tag, List<Member> options, int depth) implements FieldType {
        @Override
        public int align() {
            return 1;
        }
    }

    /** A field by its path, relative or from a dynamic scope (section 7.3), with its place in the metadata. */
    record FieldPath(List<String> names, Token at) {
        @Override
        public String toString() {
            return String.join(".", names);
        }
    }
}
