package io.dettrace.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappingInferenceTest {
    private static List<Field> record(String... pathsAndValues) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < pathsAndValues.length; i += 2) {
            String v = pathsAndValues[i + 1];
            Field.Type type = v.matches("-?\\d+") ? Field.Type.NUMBER : Field.Type.STRING;
            fields.add(new Field(pathsAndValues[i], type, v));
        }
        return fields;
    }

    private static Mapping infer(List<List<Field>> a, List<List<Field>> b) {
        return MappingInference.infer(a, b, Mapping.builder().build(), false).mapping();
    }

    private static List<List<Field>> components(int... order) {
        List<List<Field>> records = new ArrayList<>();
        int[] next = new int[3];
        for (int component : order) {
            records.add(record(
                    "seq", "" + records.size(), "component", "c" + component, "action", "step" + next[component]++));
        }
        return records;
    }

    @Test
    void componentsInTheSameRecordedOrderAreOneLane() {
        Mapping m = infer(components(0, 1, 2, 0, 1, 2), components(0, 1, 2, 0, 1, 2));
        assertThat(m.isRecordedOrder()).isTrue();
        assertThat(m.fields(Role.IGNORE)).contains("seq");
    }

    @Test
    void oneEventOutOfPlaceIsAFaultAndNoConcurrency() {
        Mapping m = infer(components(0, 1, 0, 2), components(0, 0, 1, 2));
        assertThat(m.isRecordedOrder()).isTrue();
    }

    @Test
    void oneBlockOutOfPlaceIsAFaultAndNoConcurrency() {
        Mapping m = infer(components(0, 0, 0, 1, 1, 1, 2), components(0, 1, 1, 1, 0, 0, 2));
        assertThat(m.isRecordedOrder()).isTrue();
    }

    @Test
    void aNumberOfSomeEventsOnlyIsNoPositionInTheRun() {
        List<List<Field>> a = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            a.add(i == 3 ? record("event", "e", "line", "145") : record("event", "e"));
        }
        assertThat(infer(a, a).plan("line").roles()).containsExactly(Role.COMPARE);
    }

    @Test
    void aTypeThatMongoDbPutsAroundAValueIsNoName() {
        List<List<Field>> a = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            a.add(record("msg", "e", "t.$date", "2022-01-07T08:28:14.40" + i + "+00:00"));
        }
        assertThat(infer(a, a).fields(Role.TIME)).containsExactly("t.$date");
    }

    @Test
    void aValueThatAgreesAtFirstIsNoIdentifier() {
        List<List<Field>> a = new ArrayList<>();
        List<List<Field>> b = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            a.add(record("event", "e", "order_id", "" + (1_000 + i)));
            b.add(record("event", "e", "order_id", "" + (1_000 + i + (i < 3 ? 0 : 100))));
        }
        assertThat(infer(a, b).plan("order_id").roles()).containsExactly(Role.COMPARE);
    }

    @Test
    void aWordOfTimeInANameIsNoTimeByItself() {
        List<List<Field>> a = new ArrayList<>();
        List<List<Field>> b = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            a.add(record(
                    "event", "e", "rows_updated", "5", "range_end", "" + i, "expires_at", "2026-01-01T00:00:0" + i));
            b.add(record(
                    "event",
                    "e",
                    "rows_updated",
                    "7",
                    "range_end",
                    "" + i * 2,
                    "expires_at",
                    "2026-01-01T00:00:0" + i));
        }
        Mapping m = infer(a, b);
        for (String path : List.of("rows_updated", "range_end", "expires_at")) {
            assertThat(m.plan(path).roles()).as(path).containsExactly(Role.COMPARE);
        }
    }

    @Test
    void aTimeIsNoDifferenceEvenIfTheRunsShareMostOfThem() {
        List<List<Field>> a = new ArrayList<>();
        List<List<Field>> b = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            a.add(record("event", "e", "start_ms", "" + 10 * i, "ts", "" + i, "created_at", "" + 7 * i));
            b.add(record(
                    "event", "e", "start_ms", "" + (10 * i + i / 9), "ts", "" + (i + i / 8), "created_at", "" + 7 * i));
        }
        Mapping m = infer(a, b);
        for (String path : List.of("start_ms", "ts", "created_at")) {
            assertThat(m.plan(path).roles()).as(path).doesNotContain(Role.COMPARE);
        }
    }

    @Test
    void theHostOfAWholeRunIsNoDifference() {
        List<List<Field>> a =
                List.of(record("event", "x", "hostname", "alpha"), record("event", "y", "hostname", "alpha"));
        List<List<Field>> b =
                List.of(record("event", "x", "hostname", "beta"), record("event", "y", "hostname", "beta"));
        assertThat(infer(a, b).fields(Role.IGNORE)).contains("hostname");
    }

    @Test
    void threadsThatGotEachOthersNamesArePairedByContent() {
        List<List<Field>> a = new ArrayList<>();
        List<List<Field>> b = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            a.add(record("thread", "Thread-" + i % 3, "event", "work" + i % 3 + "-" + i));
            b.add(record("thread", "Thread-" + (i + 1) % 3, "event", "work" + i % 3 + "-" + i));
        }
        assertThat(MappingInference.infer(a, b, Mapping.builder().build(), false)
                        .laneAliases())
                .containsEntry("Thread-1", "Thread-0")
                .containsEntry("Thread-2", "Thread-1")
                .containsEntry("Thread-0", "Thread-2");
    }

    @Test
    void aFaultInAThreadIsNoReasonToRenameIt() {
        List<List<Field>> a = new ArrayList<>();
        List<List<Field>> b = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            a.add(record("thread", "Thread-" + i % 3, "event", "step" + i / 3));
            b.add(record("thread", "Thread-" + i % 3, "event", i == 1 ? "crash" : "step" + i / 3));
        }
        assertThat(MappingInference.infer(a, b, Mapping.builder().build(), false)
                        .laneAliases())
                .isEmpty();
    }

    @Test
    void anotherNodeInPlaceOfOneIsNoRenaming() {
        List<List<Field>> a = new ArrayList<>();
        List<List<Field>> b = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            a.add(record("node", "node" + (1 + i % 3), "event", "e" + i));
            b.add(record("node", "node" + (i % 3 == 2 ? 4 : 1 + i % 3), "event", "e" + i));
        }
        assertThat(MappingInference.infer(a, b, Mapping.builder().build(), false)
                        .laneAliases())
                .isEmpty();
    }

    @Test
    void componentsThatInterleaveDifferentlyAreLanes() {
        Mapping m = infer(components(0, 1, 2, 0, 1, 2, 0, 1), components(1, 0, 1, 2, 0, 0, 1, 2));
        assertThat(m.fields(Role.LANE)).containsExactly("component");
    }

    @Test
    void identifiersThatChangeFromRunToRunAreComparedUpToRenaming() {
        List<List<Field>> a =
                List.of(record("op", "x", "request_id", "req-1"), record("op", "y", "request_id", "req-1"));
        List<List<Field>> b =
                List.of(record("op", "x", "request_id", "req-7"), record("op", "y", "request_id", "req-7"));
        assertThat(infer(a, b).fields(Role.ID)).containsExactly("request_id");
    }

    @Test
    void identifiersThatAreTheSameInBothRunsAreComparedAsValues() {
        List<List<Field>> a = List.of(record("op", "x", "task_id", "1"), record("op", "y", "task_id", "2"));
        assertThat(infer(a, a).fields(Role.ID)).isEmpty();
    }

    @Test
    void aFieldThatIsNoTimeInSpiteOfItsNameIsCompared() {
        List<List<Field>> a = List.of(
                record("event", "x", "timeout", "30"),
                record("event", "y", "timeout", "10"),
                record("event", "z", "timeout", "20"));
        assertThat(infer(a, a).plan("timeout").roles()).containsExactly(Role.COMPARE);
    }

    @Test
    void declaredRolesAreNeverChanged() {
        Mapping declared = Mapping.builder()
                .field(Role.LANE, "action")
                .field(Role.COMPARE, "seq")
                .build();
        Mapping m = MappingInference.infer(components(0, 1, 0), components(0, 1, 0), declared, false)
                .mapping();
        assertThat(m.fields(Role.LANE)).containsExactly("action");
        assertThat(m.plan("seq").roles()).containsExactly(Role.COMPARE);
    }

    @Test
    void everyDecisionHasItsReason() {
        Mapping m = infer(components(0, 1, 2, 0, 1, 2, 0, 1), components(1, 0, 1, 2, 0, 0, 1, 2));
        for (Role role : Role.values()) {
            for (String path : m.fields(role)) {
                assertThat(m.reasons()).containsKey(role.key() + " " + path);
            }
        }
    }

    @Test
    void lanesThatAreRenamedFromRunToRunArePairedByContent() {
        List<List<Field>> a = new ArrayList<>();
        List<List<Field>> b = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            a.add(record("thread", "pool-1-thread-" + i % 3, "event", "work" + i % 3 + i));
            b.add(record("thread", "pool-9-thread-" + (20 + i % 3), "event", "work" + i % 3 + i));
        }
        MappingInference.Inferred inferred =
                MappingInference.infer(a, b, Mapping.builder().build(), false);
        assertThat(inferred.laneAliases())
                .containsEntry("pool-9-thread-20", "pool-1-thread-0")
                .containsEntry("pool-9-thread-22", "pool-1-thread-2");
    }

    @Test
    void timesOfARunByItselfMayGoBackFromHostToHost() {
        List<List<Field>> run = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            long nanos = 1_700_000_000_000_000_000L + i * 1_000 + (i % 2) * -5_000_000_000L;
            run.add(record("host", "h" + i % 2, "ts", "" + nanos, "event", "e"));
        }
        assertThat(infer(run, run).fields(Role.TIME)).containsExactly("ts");
    }

    @Test
    void smallNumbersThatGoBackAreNoTimesOfARunByItself() {
        List<List<Field>> run = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            run.add(record("event", "e", "ts", "" + (20 - i)));
        }
        assertThat(infer(run, run).fields(Role.TIME)).isEmpty();
    }
}
