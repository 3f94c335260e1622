package io.dettrace.replay.schedule;

/** Names of threads by descent: {@code 0} is the first thread, {@code 0.2} the second thread that it started. */
final class ThreadPaths {
    private ThreadPaths() {}

    /** Checks a path. */
    static void check(String path) {
        if (!isPath(path)) {
            throw new IllegalArgumentException("not a thread's path: '" + path + "'");
        }
    }

    /** True for numbers without leading zeros, joined by single points. */
    static boolean isPath(String text) {
        int length = text.length();
        if (length == 0 || length > Schedule.MAX_THREAD_PATH) {
            return false;
        }
        int start = 0;
        for (int i = 0; i <= length; i++) {
            char c = i == length ? '.' : text.charAt(i);
            if (c == '.') {
                if (i == start || text.charAt(start) == '0' && i > start + 1) {
                    return false;
                }
                start = i + 1;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }
}
