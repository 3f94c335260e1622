package io.dettrace.formats.ctf;

import io.dettrace.formats.ctf.FieldType.Real;
import io.dettrace.formats.record.EventRecord;
import java.io.IOException;
import java.math.BigInteger;

/** A floating-point number as IEEE 754 lays it out: sign, exponent, fraction. Beyond 64 bits it is rounded to them. */
final class RealNode extends FieldNode {
    private final int exponent;
    private final int fraction;
    private final boolean big;

    RealNode(Real type, boolean big) {
        super(type.align());
        exponent = type.exponent();
        fraction = type.mantissa() - 1;
        this.big = big;
    }

    @Override
    long minBits() {
        return 1 + exponent + fraction;
    }

    private double value(Decoding d) throws IOException {
        d.in.align(align);
        int size = 1 + exponent + fraction;
        if (exponent == 8 && fraction == 23) {
            return Float.intBitsToFloat((int) d.in.unsigned(32, big));
        }
        if (exponent == 11 && fraction == 52) {
            return Double.longBitsToDouble(d.in.unsigned(64, big));
        }
        return decode(d.in.wide(size, false, big));
    }

    private double decode(BigInteger bits) {
        BigInteger low = bits.and(BigInteger.ONE.shiftLeft(fraction).subtract(BigInteger.ONE));
        int power = bits.shiftRight(fraction).intValue() & (1 << exponent) - 1;
        int bias = (1 << exponent - 1) - 1;
        double magnitude;
        if (power == (1 << exponent) - 1) {
            magnitude = low.signum() == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else if (power == 0) {
            magnitude = scaled(low, 1 - bias - fraction);
        } else {
            magnitude = scaled(low.setBit(fraction), power - bias - fraction);
        }
        return bits.testBit(exponent + fraction) ? -magnitude : magnitude;
    }

    /** {@code mantissa} times two to the {@code power}; the mantissa fits a double's range. */
    private static double scaled(BigInteger mantissa, int power) {
        return Math.scalb(mantissa.doubleValue(), power);
    }

    @Override
    void read(Decoding d, EventRecord out) throws IOException {
        double value = value(d);
        if (shown(d, out)) {
            out.number(path, value);
        }
    }

    @Override
    void json(Decoding d, StringBuilder out) throws IOException {
        double value = value(d);
        if (Double.isFinite(value)) {
            out.append(value);
        } else {
            out.append('"').append(value).append('"');
        }
    }
}
