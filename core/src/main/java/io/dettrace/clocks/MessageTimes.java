package io.dettrace.clocks;

/**
 * When a message was sent and received, each by the clock of its own side, in nanoseconds.
 *
 * @param sender clock domain of the sender
 * @param sent when it was sent
 * @param receiver clock domain of the receiver
 * @param received when it was received
 */
public record MessageTimes(String sender, long sent, String receiver, long received) {}
