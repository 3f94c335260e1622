package io.dettrace.incident.blast;

import java.util.List;
import java.util.Set;

/**
 * How far an incident reached.
 *
 * @param root service that it began at
 * @param direct services hit that call the root or that it calls
 * @param upstream services hit that call the root, directly or not
 * @param downstream services hit that the root calls, directly or not
 * @param elsewhere services hit that are neither
 * @param effects effects on the services that are hit, the root's first, then by name
 * @param near effects on neighbours of hit services that are not hit themselves
 * @param requests share of the incident's requests that are answered otherwise or more slowly, 0 to 1
 * @param entries entry points that are hit, as {@code service operation}
 * @param entryShare share of all entry points that are hit, 0 to 1
 */
public record BlastRadius(
        String root,
        Set<String> direct,
        Set<String> upstream,
        Set<String> downstream,
        Set<String> elsewhere,
        List<ServiceEffect> effects,
        List<ServiceEffect> near,
        double requests,
        Set<String> entries,
        double entryShare) {}
