package io.dettrace.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dettrace.compare.EventPoint;
import io.dettrace.compare.Side;
import io.dettrace.timing.DelayLimits;
import io.dettrace.timing.DelayRules;
import io.dettrace.timing.LateRoot;
import io.dettrace.timing.PeriodChange;
import io.dettrace.timing.Periodic;
import io.dettrace.timing.PeriodicLane;
import io.dettrace.timing.TimingVerdict;
import io.dettrace.timing.Violation;
import java.io.IOException;
import java.util.Optional;

/** The timing verdict in {@code divergence_report.json}: the object {@code timing}, null if none was asked for. */
final class TimingJson {
    static final int SHOWN_ROOTS = 100;
    static final int SHOWN_PERIODIC = 100;

    private final Explanation explanation;
    private final JsonGenerator json;

    TimingJson(Explanation explanation, JsonGenerator json) {
        this.explanation = explanation;
        this.json = json;
    }

    void write() throws IOException {
        if (explanation.timing().isEmpty()) {
            json.writeNullField("timing");
            return;
        }
        TimingVerdict t = explanation.timing().get();
        json.writeObjectFieldStart("timing");
        json.writeStringField("verdict", t.outcome().key());
        json.writeBooleanField("noisy", t.noisy());
        json.writeObjectFieldStart("held_against");
        json.writeNumberField("budgets", t.budgets());
        json.writeNumberField("tolerance_ns", t.tolerance().absolute());
        json.writeNumberField("tolerance_share", t.tolerance().relative());
        json.writeNumberField("passing_runs", t.learnt().map(DelayLimits::runs).orElse(0));
        json.writeNumberField("ranges", t.learnt().map(DelayLimits::size).orElse(0));
        json.writeNumberField("delays", t.learnt().map(DelayLimits::events).orElse(0L));
        DelayRules profile = t.learnt().orElse(null) instanceof DelayRules rules ? rules : null;
        json.writeFieldName("profile");
        if (profile == null) {
            json.writeNull();
        } else {
            json.writeStartObject();
            json.writeNumberField("tested_ranges", profile.tested());
            json.writeNumberField("false_alarm_bound", profile.falseAlarmBound());
            json.writeEndObject();
        }
        json.writeNumberField("rate", t.rate());
        json.writeNumberField("resolution_ns", t.rounding());
        json.writeEndObject();
        counts(t.counts());
        json.writeArrayFieldStart("roots");
        for (LateRoot r : t.roots().stream().limit(SHOWN_ROOTS).toList()) {
            root(r);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("broken_budgets");
        for (Violation v : t.violations()) {
            violation(v);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("periodic");
        for (PeriodicLane p : t.periodic().stream().limit(SHOWN_PERIODIC).toList()) {
            periodic(p);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void counts(TimingVerdict.Counts c) throws IOException {
        json.writeObjectFieldStart("counts");
        json.writeNumberField("judged", c.judged());
        json.writeNumberField("late_roots", c.roots() - c.early());
        json.writeNumberField("early_roots", c.early());
        json.writeNumberField("inherited", c.inherited());
        json.writeNumberField("repeated", c.repeated());
        json.writeNumberField("caught_up", c.caughtUp());
        json.writeNumberField("without_time", c.untimed());
        json.writeNumberField("behind_differences", c.disturbed());
        json.writeNumberField("before_predecessors", c.backwards());
        json.writeNumberField("starts", c.starts());
        json.writeNumberField("too_far_back", c.forgotten());
        json.writeNumberField("not_learnt", c.unlearnt());
        json.writeNumberField("expected_outside_ranges", c.chance());
        json.writeNumberField("typical_difference_ns", c.typical());
        json.writeNumberField("after_unknown_clocks", c.anotherClock());
        json.writeNumberField("within_clock_error", c.withinClocks());
        json.writeNumberField("clock_error_ns", c.clockError());
        json.writeNumberField("not_tracked", c.untracked());
        json.writeEndObject();
    }

    private void root(LateRoot r) throws IOException {
        json.writeStartObject();
        json.writeStringField("class", r.isEarly() ? "early" : "late");
        json.writeNumberField("excess_ns", r.excess());
        json.writeNumberField("expected_delay_ns", r.expected());
        json.writeNumberField("actual_delay_ns", r.actual());
        json.writeFieldName("learnt");
        if (r.range().isPresent()) {
            json.writeStartObject();
            json.writeNumberField("low_ns", r.range().get().low());
            json.writeNumberField("high_ns", r.range().get().high());
            json.writeNumberField("delays", r.range().get().events());
            json.writeEndObject();
        } else {
            json.writeNull();
        }
        json.writeNumberField("inherited_ns", r.inherited());
        json.writeNumberField("lateness_ns", r.lateness());
        point("baseline_at", Side.BASELINE, Optional.of(r.baseline()));
        point("candidate_at", Side.CANDIDATE, Optional.of(r.candidate()));
        point("enabled_by", Side.CANDIDATE, r.enabling());
        json.writeNumberField("inherited_events", r.inheritedEvents());
        json.writeNumberField("inherited_in_own_lane", r.homeEvents());
        json.writeNumberField("repeated", r.repeats());
        json.writeArrayFieldStart("reached");
        for (LateRoot.Step s : r.reached()) {
            json.writeStartObject();
            if (s.from() < 0) {
                json.writeNullField("from");
            } else {
                json.writeNumberField("from", s.from());
            }
            point("baseline_at", Side.BASELINE, Optional.of(s.baseline()));
            point("candidate_at", Side.CANDIDATE, Optional.of(s.candidate()));
            json.writeNumberField("inherited_ns", s.lateness());
            json.writeNumberField("greatest_ns", s.greatest());
            json.writeNumberField("events", s.events());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeBooleanField("more_lanes", r.lanesLeftOut());
        json.writeEndObject();
    }

    private void violation(Violation v) throws IOException {
        json.writeStartObject();
        json.writeStringField("budget", v.budget().text());
        json.writeNumberField("budget_line", v.budget().line());
        json.writeNumberField("count", v.count());
        json.writeNumberField("actual_ns", v.actual());
        json.writeNumberField("worst_ns", v.worst());
        json.writeBooleanField("never", v.never());
        point("first_at", Side.CANDIDATE, Optional.of(v.first()));
        point("since", Side.CANDIDATE, v.since());
        json.writeEndObject();
    }

    private void periodic(PeriodicLane p) throws IOException {
        json.writeStartObject();
        json.writeStringField("lane", p.first().lane());
        json.writeStringField("event", explanation.brief(explanation.expected(p.first())));
        json.writeBooleanField("broken", p.isBroken());
        json.writeBooleanField("steady", p.isSteady());
        json.writeBooleanField("lost", p.lost());
        json.writeNumberField(
                "drift_ppm", p.drift(explanation.timing().orElseThrow().rate()));
        regular("baseline", Side.BASELINE, Optional.of(p.baseline()));
        regular("candidate", Side.CANDIDATE, p.candidate());
        json.writeEndObject();
    }

    private void regular(String name, Side side, Optional<Periodic> of) throws IOException {
        if (of.isEmpty()) {
            json.writeNullField(name);
            return;
        }
        Periodic p = of.get();
        json.writeObjectFieldStart(name);
        json.writeNumberField("period_ns", p.period());
        json.writeNumberField("phase_ns", p.phase());
        json.writeNumberField("jitter_ns", p.jitter());
        json.writeNumberField("greatest_jitter_ns", p.greatest());
        json.writeNumberField("activations", p.activations());
        json.writeNumberField("missed", p.missed());
        point("first_missed", side, p.firstMissed());
        json.writeNumberField("double", p.doubled());
        point("first_double", side, p.firstDoubled());
        json.writeNumberField("changes", p.changes());
        point("first_change", side, p.firstChange().map(PeriodChange::at));
        json.writeNumberField(
                "changed_period_ns", p.firstChange().map(PeriodChange::to).orElse(p.period()));
        json.writeEndObject();
    }

    private void point(String name, Side side, Optional<EventPoint> at) throws IOException {
        if (at.isEmpty()) {
            json.writeNullField(name);
            return;
        }
        EventPoint p = at.get();
        json.writeObjectFieldStart(name);
        json.writeStringField("lane", p.lane());
        json.writeNumberField("index", p.index());
        json.writeNumberField("lane_position", p.ordinal());
        json.writeStringField("file", explanation.original(side, p).file());
        json.writeNumberField("line", p.source().line());
        json.writeNumberField("time_ns", p.time());
        json.writeStringField("event", explanation.brief(explanation.original(side, p)));
        json.writeEndObject();
    }
}
