package io.dettrace.incident.request;

/**
 * The first incorrect hop, found by comparing the request with a good one.
 *
 * @param index number of the event in the baseline as recorded, from 0, or in the request where nothing was due
 * @param divergence stable name of the kind of difference
 * @param sentence what was expected and what came instead
 * @param place where the request has it, or the baseline if it is missing
 */
public record FirstIncorrect(long index, String divergence, String sentence, String place) {}
