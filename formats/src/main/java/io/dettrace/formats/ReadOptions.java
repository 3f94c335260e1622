package io.dettrace.formats;

import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.normalize.TimeScale;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How inputs are to be read.
 *
 * @param mapping a complete mapping, which switches inference off; empty to infer
 * @param declared single declarations (lanes, ignored fields, a pattern) that win over the mapping and over inference
 * @param recordedOrder true to take the whole run as one lane in its recorded order
 * @param lenient true to leave broken records out and count them
 * @param baselineRun name of the run to take where the baseline holds several, empty for the whole
 * @param candidateRun name of the run to take where the candidate holds several, empty for the whole
 * @param format name of the format that the inputs have, empty to tell it from their content
 * @param formatOptions options of that format by name
 */
public record ReadOptions(
        Optional<Mapping> mapping,
        Mapping declared,
        boolean recordedOrder,
        boolean lenient,
        Optional<String> baselineRun,
        Optional<String> candidateRun,
        Optional<String> format,
        Map<String, String> formatOptions) {
    /** Everything inferred, nothing tolerated. */
    public static final ReadOptions DEFAULT = new ReadOptions(
            Optional.empty(),
            Mapping.builder().build(),
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of());

    /** The same with single declarations. */
    public ReadOptions withDeclared(Mapping declarations) {
        return new ReadOptions(
                mapping, declarations, recordedOrder, lenient, baselineRun, candidateRun, format, formatOptions);
    }

    /** The same with a complete mapping. */
    public ReadOptions withMapping(Mapping complete) {
        return new ReadOptions(
                Optional.of(complete),
                declared,
                recordedOrder,
                lenient,
                baselineRun,
                candidateRun,
                format,
                formatOptions);
    }

    /** The same with the name of the run to take from the baseline. */
    public ReadOptions withBaselineRun(Optional<String> name) {
        return new ReadOptions(mapping, declared, recordedOrder, lenient, name, candidateRun, format, formatOptions);
    }

    /** The same in recorded order. */
    public ReadOptions inRecordedOrder() {
        return new ReadOptions(mapping, declared, true, lenient, baselineRun, candidateRun, format, formatOptions);
    }

    /** The same, with broken records left out and counted. */
    public ReadOptions tolerant() {
        return new ReadOptions(
                mapping, declared, recordedOrder, true, baselineRun, candidateRun, format, formatOptions);
    }

    /** The same with the format and its options. */
    public ReadOptions withFormat(Optional<String> name, Map<String, String> its) {
        return new ReadOptions(mapping, declared, recordedOrder, lenient, baselineRun, candidateRun, name, its);
    }

    /** What must be about fields that the runs have; a profile may name fields of events that come now and then. */
    Mapping meantForEveryRun() {
        return mapping.filter(Mapping::isRuled).isPresent()
                ? declared
                : start(Mapping.builder().build());
    }

    /** True if a regular expression says how a text log is read. */
    boolean hasPattern() {
        return declared.pattern().isPresent()
                || mapping.flatMap(Mapping::pattern).isPresent();
    }

    /** What is known before anything is inferred: the mapping if there is one, else {@code base}; declarations on top. */
    Mapping start(Mapping base) {
        Mapping.Builder b = mapping.orElse(base).toBuilder();
        for (Role role : Role.values()) {
            List<String> paths = declared.fields(role);
            boolean replaces = role == Role.LANE || role == Role.KIND || role == Role.TIME || role == Role.COMPARE;
            if (replaces && !paths.isEmpty()) {
                b.clear(role);
            }
            for (String path : paths) {
                b.field(role, path, declared.reasons().getOrDefault(role.key() + " " + path, "declared"));
            }
        }
        if (declared.timeScale() != TimeScale.AUTO) {
            b.timeScale(declared.timeScale());
        }
        declared.split().ifPresent(b::split);
        declared.pattern().ifPresent(b::pattern);
        declared.delimiter().ifPresent(b::delimiter);
        return b.build();
    }
}
