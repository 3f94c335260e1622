package io.dettrace.formats.spans;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.Mapping;
import io.dettrace.telemetry.TelemetrySink;
import java.io.IOException;
import java.util.List;

/** What formats of distributed traces have in common: all but their names and how spans are found in a file. */
public abstract class SpanFormat implements RecordFormat {
    final SpanEvents.Parser parser;

    /** A format whose files this reads. */
    SpanFormat(SpanEvents.Parser parser) {
        this.parser = parser;
    }

    @Override
    public final String family() {
        return SpanMapping.FAMILY;
    }

    @Override
    public final List<FormatOption> options() {
        return List.of(SpanMapping.COMPARE_OPTION);
    }

    @Override
    public final Mapping mapping(RecordInput input) throws IOException {
        return SpanMapping.of(input);
    }

    @Override
    public final boolean isText() {
        return false;
    }

    @Override
    public boolean hasLines() {
        return true;
    }

    @Override
    public final RecordReader open(RecordInput input, ReadContext context) {
        return new SpanEvents(input, context, parser);
    }

    @Override
    public final RecordReader openSample(RecordInput input, ReadContext context, int limit) {
        return new SpanEvents(input, context, parser, limit);
    }

    /** True if a file that begins like this holds telemetry in this format; metrics alone are telemetry, but no events. */
    public boolean claimsTelemetry(Head head) throws IOException {
        return claims(head);
    }

    /**
     * Hands over all that files of this format hold as it was sent. Memory does not grow with the files, but for the
     * resources that follow what they sent.
     *
     * @throws InputException for broken records unless these are left out
     */
    public final void handOver(List<InputFile> files, ReadContext context, TelemetrySink sink) throws IOException {
        List<String> names = files.stream().map(InputFile::name).toList();
        Handover handover =
                new Handover(names, context, sharedIds(files, context), new KnownResources(), new MetricSeries(), sink);
        for (int i = 0; i < files.size(); i++) {
            parser.read(files.get(i), i, handover);
        }
    }

    /** Identifiers that several spans go by; in most formats none. */
    SharedIds sharedIds(List<InputFile> files, ReadContext context) throws IOException {
        return SharedIds.NONE;
    }
}
