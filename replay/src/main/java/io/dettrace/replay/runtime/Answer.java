package io.dettrace.replay.runtime;

/**
 * What the outside answered: a number, bytes, or an exception.
 *
 * @param count the number of bytes that went over, or another number that the call returned
 * @param data the bytes that came, or that went; for other answers their text in UTF-8
 * @param thrown the exception's class, or null
 * @param digest a digest of the data
 */
record Answer(long count, byte[] data, String thrown, long digest) {
    private static final byte[] NOTHING = {};

    /** An answer with bytes. */
    static Answer of(long count, byte[] data) {
        return new Answer(count, data, null, digest(data));
    }

    /** An exception with its message, which may be null. */
    static Answer thrown(Throwable thrown) {
        String message = thrown.getMessage();
        byte[] data = message == null ? NOTHING : Text.bytes(message);
        return new Answer(message == null ? 0 : 1, data, thrown.getClass().getName(), digest(data));
    }

    /** FNV-1a with 64 bits (Fowler, Noll and Vo), and a last mix so that short texts differ in all bits. */
    static long digest(byte[] data) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : data) {
            hash = (hash ^ b & 0xff) * 0x100000001b3L;
        }
        return SplitMix.mix(hash);
    }

    static String hex(long digest) {
        char[] digits = new char[16];
        for (int i = 0; i < 16; i++) {
            digits[i] = Character.forDigit((int) (digest >>> 60 - 4 * i) & 15, 16);
        }
        return new String(digits);
    }

    /** What the log says of it. */
    String json() {
        if (thrown != null) {
            return ",\"thrown\":" + Text.quoted(thrown) + ",\"digest\":\"" + hex(digest) + "\"";
        }
        return ",\"count\":" + count + ",\"digest\":\"" + hex(digest) + "\"";
    }

    /** In a sentence. */
    String text() {
        return thrown != null ? thrown : count + " (digest " + hex(digest) + ")";
    }

    /** The exception that was recorded, with its class if that has a constructor with a message. */
    Throwable exception() {
        String message = count == 0 ? null : new String(data, java.nio.charset.StandardCharsets.UTF_8);
        switch (thrown) {
            case "java.net.ConnectException":
                return new java.net.ConnectException(message);
            case "java.net.SocketException":
                return new java.net.SocketException(message);
            case "java.net.SocketTimeoutException":
                return new java.net.SocketTimeoutException(message);
            case "java.net.UnknownHostException":
                return new java.net.UnknownHostException(message);
            case "java.io.FileNotFoundException":
                return new java.io.FileNotFoundException(message);
            case "java.io.IOException":
                return new java.io.IOException(message);
            case "java.lang.InterruptedException":
                return new InterruptedException(message);
            case "java.nio.channels.AsynchronousCloseException":
                return new java.nio.channels.AsynchronousCloseException();
            case "java.nio.channels.ClosedByInterruptException":
                return new java.nio.channels.ClosedByInterruptException();
            case "java.nio.channels.ClosedChannelException":
                return new java.nio.channels.ClosedChannelException();
            default:
                return byName(message);
        }
    }

    private Throwable byName(String message) {
        try {
            Class<?> type = Class.forName(thrown);
            if (message == null) {
                return (Throwable) type.getDeclaredConstructor().newInstance();
            }
            return (Throwable) type.getDeclaredConstructor(String.class).newInstance(message);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return new java.io.IOException(thrown + (message == null ? "" : ": " + message));
        }
    }
}
