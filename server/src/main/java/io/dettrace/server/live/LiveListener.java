package io.dettrace.server.live;

/** What hears of closed windows. Called by one thread at a time. */
public interface LiveListener {
    /** A window was closed and judged. */
    void window(WindowReport report);

    /** Something that an operator should know, as a sentence. */
    void note(String text);
}
