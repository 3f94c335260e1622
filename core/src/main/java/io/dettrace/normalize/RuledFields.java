package io.dettrace.normalize;

import io.dettrace.event.Field;
import io.dettrace.normalize.EventAssembler.Pending;
import io.dettrace.normalize.NoiseRules.Compiled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * The fields of one event for which a profile has rules. They wait until the event's end, when its kind is known, and then
 * enter its label as their rules say.
 */
final class RuledFields {
    /** What stands in a label for every value that a rule allows. */
    private static final long ALLOWED = 0x616c6c6f776564L;

    /** Counters, and values of functions, that are remembered before all are forgotten, which lets each start anew. */
    private static final int MAX_REMEMBERED = 1 << 18;

    private FieldPlan[] plans = new FieldPlan[8];
    private Field.Type[] types = new Field.Type[8];
    private long[] digests = new long[8];
    private byte[][] bytes = new byte[8][];
    private int[] offsets = new int[8];
    private int[] lengths = new int[8];
    private int size;

    private static final long NO_NUMBER = Double.doubleToLongBits(Double.NaN);

    /** Bits of the number before, by path, kind and lane. */
    private final Long2LongHashMap counters = new Long2LongHashMap(NO_NUMBER);

    /** By path and value of the other field: the value that goes with it. */
    private final Long2LongHashMap functions = new Long2LongHashMap(0);

    void clear() {
        size = 0;
    }

    void add(FieldPlan plan, Field.Type type, long digest, byte[] text, int offset, int length) {
        if (size == plans.length) {
            plans = Arrays.copyOf(plans, 2 * size);
            types = Arrays.copyOf(types, 2 * size);
            digests = Arrays.copyOf(digests, 2 * size);
            bytes = Arrays.copyOf(bytes, 2 * size);
            offsets = Arrays.copyOf(offsets, 2 * size);
            lengths = Arrays.copyOf(lengths, 2 * size);
        }
        plans[size] = plan;
        types[size] = type;
        digests[size] = digest;
        bytes[size] = text;
        offsets[size] = offset;
        lengths[size++] = length;
    }

    /** Adds the fields to the event's label; the event's lane and kind are known. */
    void enter(Pending event) {
        for (int i = 0; i < size; i++) {
            Compiled rule = plans[i].rules.of(event.kindDigest);
            if (rule == null || rule.form == FieldRule.Form.SAME) {
                unruled(event, i);
            } else {
                ruled(event, i, rule);
            }
        }
    }

    /** As if there were no rules for the field. */
    private void unruled(Pending event, int i) {
        FieldPlan plan = plans[i];
        if (plan.compare || plan.kind) {
            event.label += ValueDigest.mix(plan.seed + types[i].ordinal(), digests[i]);
        }
        if (plan.renamed) {
            event.renamed(plan, types[i], digests[i], lengths[i]);
        }
        event.allowed &= plan.kind || plan.renamed;
    }

    private void ruled(Pending event, int i, Compiled rule) {
        FieldPlan plan = plans[i];
        boolean allowed = switch (rule.form) {
            case ANY, TIME -> true;
            case RANGE -> inRange(number(i), rule);
            case ONE_OF -> rule.values.contains(digests[i]);
            case COUNTER -> counts(event, i, rule);
            case FUNCTION_OF -> follows(i, rule);
            case ID -> true;
            case SAME -> false;
        };
        if (!allowed) {
            event.label += ValueDigest.mix(plan.seed + types[i].ordinal(), digests[i]);
            event.allowed = false;
        } else if (rule.form == FieldRule.Form.ID && !rule.optional) {
            event.renamed(plan, types[i], digests[i], lengths[i]);
        } else if (!rule.optional) {
            event.label += ValueDigest.mix(plan.seed, ALLOWED);
        }
    }

    private long of(long seed) {
        for (int i = 0; i < size; i++) {
            if (plans[i].seed == seed) {
                return digests[i];
            }
        }
        return 0;
    }

    /** True if the value is the one that went with the other field's value before, or that value is new. */
    private boolean follows(int i, Compiled rule) {
        long key = ValueDigest.mix(ValueDigest.mix(plans[i].seed, rule.other), of(rule.other));
        long before = functions.get(key);
        if (before == 0) {
            if (functions.size() >= MAX_REMEMBERED) {
                functions.clear();
            }
            functions.put(key, digests[i]);
        }
        return before == 0 || before == digests[i];
    }

    private static boolean inRange(double number, Compiled rule) {
        return number >= rule.low && number <= rule.high;
    }

    private boolean counts(Pending event, int i, Compiled rule) {
        double now = number(i);
        long key = ValueDigest.mix(ValueDigest.mix(plans[i].seed, event.kindDigest), event.lane);
        double before = Double.longBitsToDouble(counters.get(key));
        if (counters.size() >= MAX_REMEMBERED) {
            counters.clear();
        }
        if (!Double.isNaN(now)) {
            counters.put(key, Double.doubleToLongBits(now));
        }
        return Double.isNaN(before) ? !Double.isNaN(now) : rule.high == 0 ? now > before : now - before == rule.high;
    }

    /** The value as a number, NaN if it is none. */
    private double number(int i) {
        int length = lengths[i];
        if (length == 0 || length > 40) {
            return Double.NaN;
        }
        if (length <= 15) {
            long whole = 0;
            int at = offsets[i];
            boolean negative = bytes[i][at] == '-' && length > 1;
            for (int k = negative ? 1 : 0; k < length; k++) {
                int digit = bytes[i][at + k] - '0';
                if (digit < 0 || digit > 9) {
                    return decimal(i);
                }
                whole = whole * 10 + digit;
            }
            return negative ? -whole : whole;
        }
        return decimal(i);
    }

    private double decimal(int i) {
        byte first = bytes[i][offsets[i]];
        if (first != '-' && first != '.' && (first < '0' || first > '9')) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(new String(bytes[i], offsets[i], lengths[i], StandardCharsets.UTF_8));
        } catch (NumberFormatException noNumber) {
            return Double.NaN;
        }
    }
}
