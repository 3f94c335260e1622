package io.dettrace.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.dettrace.event.EventBlock;
import io.dettrace.event.EventCursor;
import io.dettrace.event.LaneTable;
import io.dettrace.event.Original;
import io.dettrace.event.Run;
import io.dettrace.event.SourceRef;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * The artifacts {@code expected.jsonl} and {@code actual.jsonl}: the events of a run as JSON lines, in recorded order. A
 * run of up to {@value #WHOLE} events is written whole, of a larger one the {@value #AROUND} events on either side of the
 * first divergence.
 */
public final class EventExport {
    static final long WHOLE = 20_000;
    static final long AROUND = 1_000;

    private EventExport() {}

    /** Writes events of {@code run} around position {@code index}. */
    public static void write(Run run, long index, Writer to) throws IOException {
        List<SourceRef> first = new ArrayList<>();
        List<SourceRef> near = new ArrayList<>();
        long events = 0;
        try (EventCursor cursor = run.events(new LaneTable())) {
            EventBlock block = new EventBlock();
            while ((events <= WHOLE || events <= index + AROUND) && cursor.next(block)) {
                for (int i = 0; i < block.size; i++, events++) {
                    SourceRef ref = new SourceRef(block.file[i], block.line[i], block.offset[i], block.length[i]);
                    if (events < WHOLE) {
                        first.add(ref);
                    }
                    if (Math.abs(events - index) <= AROUND) {
                        near.add(ref);
                    }
                }
            }
        }
        JsonFactory json = new JsonFactory();
        for (Original event : run.originals(events <= WHOLE ? first : near)) {
            try (JsonGenerator line = json.createGenerator(to).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
                JsonCopy.event(event, line);
            }
            to.write('\n');
        }
    }
}
