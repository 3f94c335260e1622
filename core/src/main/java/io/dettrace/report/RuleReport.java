package io.dettrace.report;

import io.dettrace.event.InputNote;
import io.dettrace.oracle.rules.RuleResult;
import java.util.List;

/**
 * What there is to say of a run whose rules were checked.
 *
 * @param name the run
 * @param files its files
 * @param rules the files with the rules
 * @param kind fields that said what happened
 * @param merged true if events were put into the order of times
 * @param maxKeys keys that rules were allowed to hold open
 * @param found the answer
 * @param notes what was tolerated
 */
public record RuleReport(
        String name,
        List<String> files,
        List<String> rules,
        List<String> kind,
        boolean merged,
        long maxKeys,
        RuleResult found,
        List<InputNote> notes) {}
