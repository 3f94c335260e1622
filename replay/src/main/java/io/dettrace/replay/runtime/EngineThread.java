package io.dettrace.replay.runtime;

/** A thread of the scheduler's own: a daemon, never under control. */
class EngineThread extends Thread {
    EngineThread(String name) {
        super(null, null, name, 0, false);
        setDaemon(true);
    }
}
