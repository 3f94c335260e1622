package io.dettrace.event;

/**
 * Where an event stands in its source.
 *
 * @param file number of the file in the run, from 0
 * @param line line of the first byte, from 1, or the event's number where {@link Run#hasLines} is false
 * @param offset byte offset of the first byte in the (decompressed) file, from 0
 * @param length length in bytes without the line end
 */
public record SourceRef(int file, long line, long offset, int length) {}
