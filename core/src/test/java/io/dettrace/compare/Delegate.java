package io.dettrace.compare;

import io.dettrace.event.EventCursor;
import io.dettrace.event.InputNote;
import io.dettrace.event.LaneTable;
import io.dettrace.event.Original;
import io.dettrace.event.Run;
import io.dettrace.event.SourceRef;
import java.io.IOException;
import java.util.List;

/** A run that is another run. */
class Delegate implements Run {
    private final Run run;

    Delegate(Run run) {
        this.run = run;
    }

    @Override
    public String name() {
        return run.name();
    }

    @Override
    public EventCursor events(LaneTable lanes) throws IOException {
        return run.events(lanes);
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
