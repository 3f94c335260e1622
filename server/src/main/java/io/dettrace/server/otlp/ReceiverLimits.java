package io.dettrace.server.otlp;

/**
 * Limits of what is received.
 *
 * @param request bytes of one export request at most, as sent and decompressed
 * @param underWay bytes of all export requests that are being read or taken at a time at most
 * @param connections connections at a time at most
 */
public record ReceiverLimits(int request, long underWay, int connections) {
    /** 16 MiB a request, 64 MiB under way, 1,000 connections. */
    public static final ReceiverLimits DEFAULT = new ReceiverLimits(16 << 20, 64 << 20, 1000);
}
