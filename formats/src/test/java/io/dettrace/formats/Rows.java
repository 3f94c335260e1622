package io.dettrace.formats;

import io.dettrace.event.EventBlock;
import io.dettrace.event.LaneTable;
import io.dettrace.formats.input.InputFile;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.Mapping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of event blocks in a form that tests can compare: lanes by name, links as text. */
public final class Rows {
    /** An event; {@code links} name lanes, not numbers. */
    public record Row(
            String lane,
            long label,
            int kind,
            long time,
            long clock,
            long defines,
            int file,
            long line,
            long offset,
            int length,
            List<String> links) {}

    private Rows() {}

    /** The rows of a block from {@code from} on. */
    public static List<Row> of(EventBlock block, int from, LaneTable lanes) {
        List<Row> rows = new ArrayList<>();
        for (int i = from; i < block.size; i++) {
            List<String> links = new ArrayList<>();
            for (int l = block.linkStart[i]; l < block.linkStart[i + 1]; l++) {
                int to = block.linkLane[l];
                links.add((to < 0 ? "kind " + to : lanes.name(to)) + ":" + block.linkRef[l]);
            }
            rows.add(new Row(
                    lanes.name(block.lane[i]),
                    block.label[i],
                    block.kind[i],
                    block.time[i],
                    block.clock[i],
                    block.defines[i],
                    block.file[i],
                    block.line[i],
                    block.offset[i],
                    block.length[i],
                    links));
        }
        return rows;
    }

    /** All events of a file, in blocks that are empty. */
    public static List<Row> read(EventFormat format, InputFile file, Mapping mapping, ReadContext context)
            throws IOException {
        return read(format, file, mapping, context, new LaneTable(), EventBlock.CAPACITY);
    }

    /**
     * All events of a file.
     *
     * @param room free rows of successive blocks, over and over
     */
    public static List<Row> read(
            EventFormat format, InputFile file, Mapping mapping, ReadContext context, LaneTable lanes, int... room)
            throws IOException {
        List<Row> rows = new ArrayList<>();
        EventAssembler assembler = new EventAssembler(mapping, lanes, Map.of(), Optional.empty());
        EventBlock block = new EventBlock();
        int turn = 0;
        try (EventFormat.FileReader reader = format.open(file, 3, mapping, assembler, context)) {
            boolean more = true;
            while (more) {
                int taken = take(block, room[turn++ % room.length]);
                more = reader.fill(block);
                rows.addAll(of(block, taken, lanes));
            }
        }
        boolean more = true;
        while (more) {
            int taken = take(block, room[turn++ % room.length]);
            more = assembler.flush(block);
            rows.addAll(of(block, taken, lanes));
        }
        return rows;
    }

    /** Leaves {@code room} free rows in the block; the others are foreign. */
    private static int take(EventBlock block, int room) {
        block.clear();
        while (block.size < EventBlock.CAPACITY - room) {
            block.commit(0);
        }
        return block.size;
    }
}
