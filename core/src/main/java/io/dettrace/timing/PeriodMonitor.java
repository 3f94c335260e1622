package io.dettrace.timing;

import io.dettrace.event.EventBlock;
import java.util.HashMap;
import java.util.Map;
import org.agrona.collections.Long2ObjectHashMap;

/** Looks for periodic events in one run, by lane and kind. */
final class PeriodMonitor implements EventTap.Watcher {
    /** Lanes times kinds that are looked at; later ones are counted. */
    static final int MAX_TRACKS = 4_096;

    private final Long2ObjectHashMap<PeriodTrack> tracks = new Long2ObjectHashMap<>();
    private long begun = EventBlock.NO_TIME;
    private long leftOut;

    /** Names a track in both runs. */
    record Key(String lane, int kind) {}

    @Override
    public void event(EventTap at, int lane, int kind, long time) {
        if (time == EventBlock.NO_TIME) {
            return;
        }
        begun = begun == EventBlock.NO_TIME ? time : begun;
        long key = (long) lane << 32 | kind & 0xffff_ffffL;
        PeriodTrack track = tracks.get(key);
        if (track == null) {
            if (tracks.size() == MAX_TRACKS) {
                leftOut++;
                return;
            }
            track = new PeriodTrack(at.point());
            tracks.put(key, track);
        }
        if (!track.isDone()) {
            track.add(at.point());
        }
    }

    /** Events that were not looked at as there were too many lanes and kinds. */
    long leftOut() {
        return leftOut;
    }

    long begun() {
        return begun;
    }

    /** The tracks by lane and kind. */
    Map<Key, PeriodTrack> tracks() {
        Map<Key, PeriodTrack> named = new HashMap<>();
        tracks.forEachLong((key, track) -> named.put(new Key(track.first.lane(), (int) key), track));
        return named;
    }
}
