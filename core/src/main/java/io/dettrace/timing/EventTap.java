package io.dettrace.timing;

import io.dettrace.compare.EventPoint;
import io.dettrace.event.EventBlock;
import io.dettrace.event.EventCursor;
import io.dettrace.event.InputNote;
import io.dettrace.event.LaneTable;
import io.dettrace.event.Original;
import io.dettrace.event.Run;
import io.dettrace.event.SourceRef;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** A run that shows each of its events to a watcher while somebody else reads it. */
final class EventTap implements Run {
    /** Is shown every event in recorded order. */
    interface Watcher {
        void event(EventTap at, int lane, int kind, long time);
    }

    private final Run run;
    private final Watcher watcher;
    private LaneTable lanes;
    private EventBlock block;
    private int row;
    private long index = -1;
    private long[] read = new long[16];

    EventTap(Run run, Watcher watcher) {
        this.run = run;
        this.watcher = watcher;
    }

    /** Name of a lane. */
    String laneName(int lane) {
        return lanes.name(lane);
    }

    /** The event that is being shown. */
    EventPoint point() {
        int lane = block.lane[row];
        SourceRef source = new SourceRef(block.file[row], block.line[row], block.offset[row], block.length[row]);
        return new EventPoint(lanes.name(lane), index, read[lane] - 1, block.time[row], source);
    }

    @Override
    public EventCursor events(LaneTable table) throws IOException {
        lanes = table;
        EventCursor cursor = run.events(table);
        return new EventCursor() {
            @Override
            public boolean next(EventBlock to) throws IOException {
                boolean more = cursor.next(to);
                if (more) {
                    show(to);
                }
                return more;
            }

            @Override
            public void close() throws IOException {
                cursor.close();
            }
        };
    }

    private void show(EventBlock shown) {
        block = shown;
        for (row = 0; row < shown.size; row++) {
            int lane = shown.lane[row];
            if (lane >= read.length) {
                read = Arrays.copyOf(read, Math.max(lane + 1, 2 * read.length));
            }
            read[lane]++;
            index++;
            watcher.event(this, lane, shown.kind[row], shown.time[row]);
        }
    }

    @Override
    public String name() {
        return run.name();
    }

    @Override
    public List<Original> originals(List<SourceRef> refs) throws IOException {
        return run.originals(refs);
    }

    @Override
    public List<InputNote> notes() {
        return run.notes();
    }

    @Override
    public long sizeHint() {
        return run.sizeHint();
    }

    @Override
    public boolean hasLines() {
        return run.hasLines();
    }

    @Override
    public List<String> files() {
        return run.files();
    }

    @Override
    public String digest(int file) throws IOException {
        return run.digest(file);
    }

    @Override
    public void close() throws IOException {
        run.close();
    }
}
