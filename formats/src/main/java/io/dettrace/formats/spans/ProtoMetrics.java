package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Metrics in protobuf ({@code metrics.proto}): each point's count, sum or value, without its buckets. */
final class ProtoMetrics {
    /** Field numbers in a kind of data points. */
    private record Layout(int data, boolean distribution, int attributes, int flags) {}

    private static final List<Layout> LAYOUTS = List.of(
            new Layout(5, false, 7, 8),
            new Layout(7, false, 7, 8),
            new Layout(9, true, 9, 10),
            new Layout(10, true, 1, 10),
            new Layout(11, true, 7, 8));

    private static final int GAUGE = 5;
    private static final int SUMMARY = 11;
    private static final int DELTA = 1;
    private static final int NO_RECORDED_VALUE = 1;

    private final ProtoAttributes attributes;
    private String name;
    private String unit;

    ProtoMetrics(ProtoAttributes attributes) {
        this.attributes = attributes;
    }

    /** Adds the points of the {@code Metric} that is in the reader. */
    void read(ProtoReader r, int origin, Place place, SpanSink sink) throws IOException {
        name = "";
        unit = "";
        List<MetricPoint> points = new ArrayList<>();
        while (r.next()) {
            if (r.is(1, ProtoReader.LENGTH)) {
                name = attributes.text(r);
            } else if (r.is(3, ProtoReader.LENGTH)) {
                unit = attributes.text(r);
            } else {
                Layout layout = layout(r);
                if (layout != null) {
                    data(r, layout, origin, place, points);
                }
            }
        }
        for (MetricPoint p : points) {
            sink.add(new MetricPoint(
                    p.place(), origin, p.shape(), name, unit, p.attributes(), p.start(), p.time(), p.count(), p.sum()));
        }
    }

    private static Layout layout(ProtoReader r) {
        for (Layout layout : LAYOUTS) {
            if (r.is(layout.data, ProtoReader.LENGTH)) {
                return layout;
            }
        }
        return null;
    }

    /** Points stand before what says how they count, so that is looked up first. */
    private void data(ProtoReader r, Layout layout, int origin, Place place, List<MetricPoint> points)
            throws ProtoReader.Malformed {
        long temporality = 0;
        boolean monotonic = false;
        int from = r.from();
        int outer = r.enter();
        int end = r.end();
        while (r.next()) {
            if (r.is(2, ProtoReader.VARINT)) {
                temporality = r.number();
            } else if (r.is(3, ProtoReader.VARINT)) {
                monotonic = r.number() != 0;
            }
        }
        boolean delta = temporality == DELTA && layout.data != SUMMARY;
        MetricPoint.Shape shape = layout.distribution
                ? MetricPoint.ofDistribution(delta)
                : layout.data == GAUGE ? MetricPoint.Shape.VALUE : MetricPoint.ofSum(delta, monotonic);
        r.reset(r.bytes(), from, end);
        while (r.next()) {
            if (r.is(1, ProtoReader.LENGTH)) {
                point(r, layout, shape, origin, place, points);
            }
        }
        r.leave(outer);
    }

    private void point(
            ProtoReader r, Layout layout, MetricPoint.Shape shape, int origin, Place place, List<MetricPoint> points)
            throws ProtoReader.Malformed {
        List<Field> of = new ArrayList<>();
        long start = Moment.UNKNOWN;
        long time = Moment.UNKNOWN;
        double count = 0;
        double sum = Double.NaN;
        boolean recorded = true;
        int outer = r.enter();
        while (r.next()) {
            if (r.is(layout.attributes, ProtoReader.LENGTH)) {
                of.add(attributes.attribute(r));
            } else if (r.is(2, ProtoReader.FIXED64)) {
                start = JsonTimes.scale(r.number(), 1);
            } else if (r.is(3, ProtoReader.FIXED64)) {
                time = JsonTimes.scale(r.number(), 1);
            } else if (r.is(4, ProtoReader.FIXED64)) {
                if (layout.distribution) {
                    count = unsigned(r.number());
                } else {
                    sum = Double.longBitsToDouble(r.number());
                }
            } else if (r.is(5, ProtoReader.FIXED64) && layout.distribution) {
                sum = Double.longBitsToDouble(r.number());
            } else if (r.is(6, ProtoReader.FIXED64) && !layout.distribution) {
                sum = r.number();
            } else if (r.is(layout.flags, ProtoReader.VARINT)) {
                recorded = (r.number() & NO_RECORDED_VALUE) == 0;
            }
        }
        r.leave(outer);
        if (recorded) {
            points.add(new MetricPoint(place, origin, shape, "", "", List.copyOf(of), start, time, count, sum));
        }
    }

    private static double unsigned(long number) {
        return number >= 0 ? number : (number >>> 1) * 2.0;
    }
}
