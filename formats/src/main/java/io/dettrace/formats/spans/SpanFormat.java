package io.dettrace.formats.spans;

import io.dettrace.formats.ReadContext;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.Mapping;
import java.io.IOException;
import java.util.List;

/** What formats of distributed traces have in common: all but their names and how spans are found in a file. */
abstract class SpanFormat implements RecordFormat {
    private final SpanEvents.Parser parser;

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
}
