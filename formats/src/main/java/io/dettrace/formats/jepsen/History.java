package io.dettrace.formats.jepsen;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordReader;
import java.io.IOException;

/** The operations of one file; each dialect finds the next one. */
abstract class History implements RecordReader {
    final InputFile file;
    final ReadContext context;
    private final int number;
    private final EventRecord record;
    private final Operation operation;

    /** @param record filled by this and the readers of the other files, so that a path has one number in all */
    History(InputFile file, int number, boolean independent, ReadContext context, EventRecord record) {
        this.file = file;
        this.record = record;
        this.number = number;
        this.context = context;
        operation = new Operation(file.name(), context, independent, record);
    }

    /** The next operation's text as a map, or null at the end; its place is told by {@link #place}. */
    abstract Edn.Dict read() throws IOException;

    long line;
    long offset;
    int length;

    /** Says where the operation stands that {@link #read} gives. */
    final void place(long line, long offset, long length) {
        this.line = line;
        this.offset = offset;
        this.length = (int) length;
    }

    @Override
    public EventRecord record() {
        return record;
    }

    @Override
    public final boolean next() throws IOException {
        for (Edn.Dict op = read(); op != null; op = read()) {
            try {
                operation.write(op, line);
                record.at(number, line, offset, length);
                return true;
            } catch (Operation.Incomplete e) {
                broken(e.getMessage());
            } catch (EventRecord.TooLarge e) {
                broken(e.getMessage());
            }
        }
        return false;
    }

    /** Refuses what stands at {@link #place}, or leaves it out. */
    final void broken(String what) throws InputException {
        if (!context.lenient()) {
            throw InputException.at(
                    file.name(), line, 0, offset, what + "; --lenient leaves such operations out and counts them");
        }
        context.note("broken_events", what, file.name() + ":" + line);
    }
}
