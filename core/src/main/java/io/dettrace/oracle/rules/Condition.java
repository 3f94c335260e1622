package io.dettrace.oracle.rules;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What must hold of a field of an event. Two numbers are compared as numbers; else {@code =} and {@code !=} compare texts, and
 * the other comparisons do not hold. Nothing holds of a field that is absent.
 *
 * @param path the field
 * @param comparison how it is compared
 * @param value with what
 */
public record Condition(String path, Comparison comparison, String value) {
    /** How a field is compared with a value. */
    public enum Comparison {
        EQUAL("="),
        UNEQUAL("!="),
        LESS("<"),
        AT_MOST("<="),
        MORE(">"),
        AT_LEAST(">=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        /** The sign in rule files. */
        public String sign() {
            return sign;
        }

        /** The comparison with this sign. */
        static Optional<Comparison> of(String sign) {
            for (Comparison c : values()) {
                if (c.sign.equals(sign)) {
                    return Optional.of(c);
                }
            }
            return Optional.empty();
        }

        /** True if it holds where the left side is less (below 0), the same (0) or more (above 0). */
        boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case UNEQUAL -> order != 0;
                case LESS -> order < 0;
                case AT_MOST -> order <= 0;
                case MORE -> order > 0;
                case AT_LEAST -> order >= 0;
            };
        }
    }

    /** True if the event's field fulfils it. */
    boolean holds(Observation event) {
        String found = event.field(path);
        if (found == null) {
            return false;
        }
        if (found.equals(value)) {
            return comparison.holds(0);
        }
        BigDecimal left = Decimals.parse(found);
        BigDecimal right = left == null ? null : Decimals.parse(value);
        if (right != null) {
            return comparison.holds(left.compareTo(right));
        }
        return comparison == Comparison.UNEQUAL;
    }
}
