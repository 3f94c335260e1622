package io.dettrace.formats.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.compare.Divergence;
import io.dettrace.compare.DivergenceClass;
import io.dettrace.event.InputException;
import io.dettrace.event.InputNote;
import io.dettrace.formats.DetTrace;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.report.Explanation;
import io.dettrace.report.TextReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemporalFormatTest {
    @TempDir
    Path folder;

    private int files;

    // ---- helpers ---------------------------------------------------------------------------------------------------

    private static String resource(String name) throws IOException {
        try (InputStream in = TemporalFormatTest.class.getResourceAsStream("/temporal/" + name + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("history" + files++ + ".json"), text);
    }

    private List<Map<String, String>> events(String text, ReadContext context, Map<String, String> options)
            throws IOException {
        RecordInput input = new RecordInput("h.json", List.of(new InputFile(file(text), "h.json")), options);
        List<Map<String, String>> events = new ArrayList<>();
        try (RecordReader reader = new TemporalFormat().open(input, context)) {
            while (reader.next()) {
                Map<String, String> event = new TreeMap<>();
                reader.record().fields().forEach(f -> event.put(f.path(), f.text()));
                events.add(event);
            }
        }
        return events;
    }

    private List<Map<String, String>> events(String text) throws IOException {
        return events(text, new ReadContext(false, -1), Map.of());
    }

    private Explanation compare(String baseline, String candidate) throws IOException {
        return DetTrace.compare(file(baseline), file(candidate));
    }

    private static String history(String... events) {
        return "{\"events\":[" + String.join(",", events) + "]}";
    }

    private static String event(int id, String type, String attributes) {
        String name = Character.toLowerCase(type.charAt(0)) + type.substring(1) + "EventAttributes";
        return "{\"eventId\":\"" + id + "\",\"eventTime\":\"2024-05-01T10:00:0" + id % 10 + "Z\",\"eventType\":\""
                + type + "\",\"" + name + "\":{" + attributes + "}}";
    }

    private static String payload(String encoding, String data) {
        return "{\"metadata\":{\"encoding\":\"" + base64(encoding) + "\"},\"data\":\"" + base64(data) + "\"}";
    }

    private static String base64(String text) {
        return java.util.Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    // ---- truths that are known independently -----------------------------------------------------------------------

    @Test
    void twoFaultsOfOnePairAreTwoRoots() throws IOException {
        Explanation found = compare(resource("continue-as-new"), resource("bad-continue-as-new"));
        assertThat(found.comparison().roots())
                .extracting(Divergence::index, Divergence::type)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0L, DivergenceClass.VALUE),
                        org.assertj.core.groups.Tuple.tuple(4L, DivergenceClass.VALUE));
        assertThat(found.sentence()).contains("WorkflowExecutionStarted: input[0] is false, expected true");
        assertThat(TextReport.render(found, false))
                .contains("WorkflowExecutionContinuedAsNew: workflowType.name is BadWorkflow, expected"
                        + " ContinueAsNewWorkflow");
    }

    @Test
    void anotherEndIsTheOnlyRoot() throws IOException {
        Explanation found = compare(resource("continue-as-new"), resource("bad-continue-as-new-2"));
        assertThat(found.comparison().roots()).extracting(Divergence::index).containsExactly(4L);
        assertThat(found.sentence())
                .contains("expected WorkflowExecutionContinuedAsNew, got WorkflowExecutionCompleted");
    }

    @Test
    void aTimerThatFiresBeforeTheTaskIsTheOnlyRoot() throws IOException {
        Explanation found =
                compare(resource("replay-tests-cancel-order"), resource("replay-tests-cancel-order-timer-resolved"));
        assertThat(found.comparison().roots()).extracting(Divergence::index).containsExactly(6L);
        assertThat(found.sentence().orElseThrow()).contains("TimerFired");
    }

    // ---- encodings -------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "continue-as-new",
                "bad-continue-as-new-2",
                "replay-tests-cancel-order",
                "mutable-side-effect",
                "workflow2",
                "cancellationScopeDeterminism",
                "complexHistory1"
            })
    void everyEncodingOfOneHistoryGivesTheSameEvents(String name) throws IOException {
        String text = resource(name);
        Object history = JsonTree.parse(text).value();
        List<Map<String, String>> expected = events(text);
        assertThat(expected).isNotEmpty();
        Map<String, UnaryOperator<Object>> encodings = new LinkedHashMap<>();
        encodings.put("enumerations", Encodings::newEnumerations);
        encodings.put("numbers", Encodings::numbers);
        encodings.put("snake case", Encodings::snakeCase);
        encodings.put("attributes", Encodings::attributesWithType);
        encodings.put("shorthand", Encodings::shorthand);
        encodings.put("plain payloads", Encodings::plainPayloads);
        encodings.put("times", Encodings::objectTimes);
        encodings.put("durations", Encodings::goDurations);
        encodings.put("defaults", Encodings::defaults);
        encodings.put("array", h -> ((Map<?, ?>) h).get("events"));
        encodings.put("page", h -> Map.of("nextPageToken", "", "history", h));
        encodings.put("archive", h -> List.of(Map.of("histories", List.of(h))));
        for (Map.Entry<String, UnaryOperator<Object>> e : encodings.entrySet()) {
            String other = Encodings.json(e.getValue().apply(history));
            assertThat(new TemporalFormat().claims(Head.of(List.of(new InputFile(file(other), "h")))))
                    .as(e.getKey())
                    .isTrue();
            assertThat(events(other)).as(e.getKey()).isEqualTo(expected);
        }
        StringBuilder lines = new StringBuilder();
        ((List<?>) ((Map<?, ?>) history).get("events"))
                .forEach(event -> lines.append(Encodings.json(event)).append('\n'));
        assertThat(events(lines.toString())).as("an event a line").isEqualTo(expected);
    }

    @Test
    void cadencesTimesAreNanoseconds() throws IOException {
        String event = "[{\"eventId\":1,\"timestamp\":1679436624595488420,\"eventType\":\"WorkflowExecutionStarted\","
                + "\"workflowExecutionStartedEventAttributes\":{\"workflowType\":{\"name\":\"timer\"}}}]";
        assertThat(events(event).get(0)).containsEntry("eventTime", "2023-03-21T22:10:24.595488420Z");
    }

    @Test
    void whatTheServerAndTheWorkerAddIsNoDifference() throws IOException {
        String text = resource("replay-tests-cancel-order");
        String other = text.replaceAll("\"taskId\": \"\\d+\"", "\"taskId\": \"1\", \"version\": \"77\"")
                .replaceAll(
                        "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
                        "00000000-1111-2222-3333-444444444444")
                .replace("99286@Quinn-Klassens-MacBook-Pro.local", "1@elsewhere")
                .replace("Quinn-Klassens-MacBook-Pro.local:", "elsewhere:")
                .replace("\"replay-test\"", "\"another-queue\"")
                .replaceAll("\"workerBuildId\": \"\\w+\"", "\"workerBuildId\": \"b\"")
                .replaceAll(
                        "\"historySizeBytes\": \"\\d+\"", "\"historySizeBytes\": \"9\",\"suggestContinueAsNew\":true")
                .replace("2023-07-27T13:17", "2024-01-02T03:04");
        assertThat(compare(text, other).comparison().isEqual()).isTrue();
    }

    // ---- payloads --------------------------------------------------------------------------------------------------

    @Test
    void aDifferenceInsideAPayloadIsNamedByItsPath() throws IOException {
        String a = history(
                event(1, "WorkflowExecutionStarted", "\"workflowType\":{\"name\":\"W\"}"),
                event(
                        2,
                        "ActivityTaskScheduled",
                        "\"activityType\":{\"name\":\"GetGreeting\"},\"input\":{\"payloads\":["
                                + payload("json/plain", "{\"name\":\"a\",\"tags\":[1,2]}") + "]}"));
        String b = a.replace(
                payload("json/plain", "{\"name\":\"a\",\"tags\":[1,2]}"),
                payload("json/plain", "{\"tags\":[1,2],\"name\":\"b\"}"));
        assertThat(compare(a, b).sentence())
                .contains("ActivityTaskScheduled (GetGreeting): input[0].name is b, expected a");
    }

    @Test
    void payloadsInPayloadsAndJsonInTextsAreFields() throws IOException {
        String inner = payload("json/plain", "{\"x\":1}");
        String data = "{\"p\":" + inner + ",\"text\":\"{\\\"y\\\":2}\",\"b\":\"" + base64("{\"z\":3}") + "\"}";
        Map<String, String> event = events(history(event(
                        1,
                        "WorkflowExecutionSignaled",
                        "\"input\":{\"payloads\":[" + payload("json/plain", data) + "]}")))
                .get(0);
        assertThat(event)
                .containsEntry("input[0].p.x", "1")
                .containsEntry("input[0].text.y", "2")
                .containsEntry("input[0].b.z", "3");
    }

    @Test
    void otherEncodingsAreNullTextOrADigest() throws IOException {
        Map<String, String> event = events(history(event(
                        1,
                        "WorkflowExecutionCompleted",
                        "\"result\":{\"payloads\":[{\"metadata\":{\"encoding\":\"" + base64("binary/null") + "\"}},"
                                + payload("binary/plain", "hello") + "," + payload("binary/protobuf", "\u0001\u0002")
                                + "," + payload("binary/encrypted", "secret") + "]}")))
                .get(0);
        assertThat(event)
                .containsEntry("result[0]", "null")
                .containsEntry("result[1]", "hello")
                .containsEntry("result[3]", "<encrypted>")
                .containsKey("value.result[3]");
        assertThat(event.get("result[2]")).startsWith("binary/protobuf, 2 bytes, SHA-256 ");
    }

    @Test
    void timesNearTheEventAndUuidsAreNotComparedButOthersAre() throws IOException {
        String input = "[\"2024-05-01T09:59:58.123Z\",1714557600123,\"2020-01-01T00:00:00Z\",1577836800000,"
                + "\"id-6512a843-5d1c-44c2-929e-57c452996e47\"]";
        String text = history(event(1, "WorkflowExecutionSignaled", "\"input\":[" + input + "]"));
        assertThat(events(text).get(0))
                .containsEntry("input[0][0]", "<time>")
                .containsEntry("input[0][1]", "<time>")
                .containsEntry("value.input[0][1]", "1714557600123")
                .containsEntry("input[0][2]", "2020-01-01T00:00:00Z")
                .containsEntry("input[0][3]", "1577836800000")
                .containsEntry("input[0][4]", "id-<uuid>")
                .containsEntry("uuid.input[0][4]", "6512a843-5d1c-44c2-929e-57c452996e47");
    }

    @Test
    void withExactPayloadsEveryValueIsCompared() throws IOException {
        String text = history(event(
                1,
                "WorkflowExecutionSignaled",
                "\"input\":[[1714557600123,\"6512a843-5d1c-44c2-929e-57c452996e47\"]]"));
        assertThat(events(text, new ReadContext(false, -1), Map.of("payloads", "exact"))
                        .get(0))
                .containsEntry("input[0][0]", "1714557600123")
                .containsEntry("input[0][1]", "6512a843-5d1c-44c2-929e-57c452996e47");
        assertThatThrownBy(
                        () -> new TemporalFormat().mapping(new RecordInput("h", List.of(), Map.of("payloads", "some"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected stable or exact");
    }

    // ---- order -----------------------------------------------------------------------------------------------------

    private static String twoActivities(boolean firstFirst) {
        String one = "\"scheduledEventId\":\"3\"";
        String two = "\"scheduledEventId\":\"4\"";
        return history(
                event(1, "WorkflowExecutionStarted", ""),
                event(2, "WorkflowTaskCompleted", ""),
                event(
                        3,
                        "ActivityTaskScheduled",
                        "\"activityType\":{\"name\":\"A\"},\"workflowTaskCompletedEventId\":\"2\""),
                event(
                        4,
                        "ActivityTaskScheduled",
                        "\"activityType\":{\"name\":\"B\"},\"workflowTaskCompletedEventId\":\"2\""),
                event(5, "ActivityTaskStarted", firstFirst ? one : two),
                event(6, "ActivityTaskStarted", firstFirst ? two : one),
                event(7, "ActivityTaskCompleted", one),
                event(8, "WorkflowTaskStarted", ""),
                event(9, "ActivityTaskCompleted", two));
    }

    @Test
    void inWhichOrderWorkersTakeActivitiesIsNoDifference() throws IOException {
        assertThat(compare(twoActivities(true), twoActivities(false))
                        .comparison()
                        .isEqual())
                .isTrue();
    }

    @Test
    void whatATaskTellsTheCodeOfIsADifference() throws IOException {
        String late = history(
                event(1, "WorkflowExecutionStarted", ""),
                event(2, "WorkflowExecutionSignaled", "\"signalName\":\"go\""),
                event(3, "WorkflowTaskStarted", ""),
                event(4, "WorkflowExecutionSignaled", "\"signalName\":\"stop\""));
        String early = history(
                event(1, "WorkflowExecutionStarted", ""),
                event(2, "WorkflowExecutionSignaled", "\"signalName\":\"go\""),
                event(3, "WorkflowExecutionSignaled", "\"signalName\":\"stop\""),
                event(4, "WorkflowTaskStarted", ""));
        Explanation found = compare(late, early);
        assertThat(found.comparison().roots()).hasSize(1);
        assertThat(found.sentence().orElseThrow())
                .contains("WorkflowTaskStarted")
                .contains("delivers")
                .contains("signal stop");
    }

    /** Every kind of outcome stands in the lane of what it is the outcome of. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ActivityTaskScheduled | 'activityType':{'name':'A'} | scheduledEventId | activity A"
                        + " | ActivityTaskStarted ActivityTaskCompleted ActivityTaskFailed ActivityTaskTimedOut ActivityTaskCanceled",
                "TimerStarted | 'timerId':'1' | startedEventId | timer | TimerFired",
                "NexusOperationScheduled | 'service':'s','operation':'o' | scheduledEventId | nexus s.o"
                        + " | NexusOperationStarted NexusOperationCompleted NexusOperationFailed NexusOperationTimedOut"
                        + " NexusOperationCanceled NexusOperationCancelRequestCompleted NexusOperationCancelRequestFailed",
                "StartChildWorkflowExecutionInitiated | 'workflowType':{'name':'W'} | initiatedEventId | child W"
                        + " | StartChildWorkflowExecutionFailed ChildWorkflowExecutionStarted ChildWorkflowExecutionCompleted"
                        + " ChildWorkflowExecutionFailed ChildWorkflowExecutionTimedOut ChildWorkflowExecutionCanceled"
                        + " ChildWorkflowExecutionTerminated",
                "SignalExternalWorkflowExecutionInitiated | 'signalName':'go' | initiatedEventId | signal to other go"
                        + " | SignalExternalWorkflowExecutionFailed ExternalWorkflowExecutionSignaled",
                "RequestCancelExternalWorkflowExecutionInitiated | 'control':'' | initiatedEventId | cancel other"
                        + " | RequestCancelExternalWorkflowExecutionFailed ExternalWorkflowExecutionCancelRequested"
            })
    void anOutcomeIsInTheLaneOfWhatWasStarted(
            String opener, String attributes, String reference, String lane, String outcomes) throws IOException {
        for (String outcome : outcomes.split(" ")) {
            List<Map<String, String>> events = events(history(
                    event(1, "WorkflowExecutionStarted", ""),
                    event(2, opener, attributes.replace('\'', '"')),
                    event(3, outcome, "\"" + reference + "\":\"2\"")));
            assertThat(events.get(1)).containsEntry("lane", "workflow");
            assertThat(events.get(2)).as(outcome).containsEntry("lane", lane);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "WorkflowExecutionSignaled, true",
        "WorkflowExecutionCancelRequested, true",
        "WorkflowExecutionUpdateAdmitted, true",
        "WorkflowExecutionOptionsUpdated, false",
        "WorkflowExecutionPaused, false",
        "ActivityTaskStarted, false"
    })
    void aTaskTellsOfOutsideEventsThatTheCodeHears(String outside, boolean heard) throws IOException {
        List<Map<String, String>> events = events(history(
                event(1, "WorkflowExecutionStarted", ""), event(2, outside, ""), event(3, "WorkflowTaskStarted", "")));
        assertThat(events.get(2).containsKey("delivers")).isEqualTo(heard);
        assertThat(events.get(2).getOrDefault("delivered", "").contains("\"2\""))
                .isEqualTo(heard);
    }

    @Test
    void theNextWorkflowOfADocumentCountsItsLanesAnew() throws IOException {
        String one = history(
                event(1, "WorkflowExecutionStarted", ""),
                event(2, "TimerStarted", ""),
                event(3, "TimerFired", "\"startedEventId\":\"2\""));
        assertThat(events("[" + one + "," + one + "]"))
                .extracting(e -> e.get("lane"))
                .containsExactly("start", "workflow", "timer", "2/start", "2/workflow", "2/timer");
    }

    @Test
    void anInsertedActivityDoesNotMakeTheIdsBehindItADifference() throws IOException {
        String base = twoActivities(true);
        String renumbered = base;
        for (int id = 9; id >= 5; id--) {
            renumbered = renumbered.replace("\"eventId\":\"" + id + "\"", "\"eventId\":\"" + (id + 1) + "\"");
        }
        String inserted = renumbered.replace(
                event(6, "ActivityTaskStarted", "\"scheduledEventId\":\"3\"").replace("00:06", "00:05"),
                event(5, "MarkerRecorded", "\"markerName\":\"SideEffect\"")
                        + ","
                        + event(6, "ActivityTaskStarted", "\"scheduledEventId\":\"3\"")
                                .replace("00:06", "00:05"));
        Explanation found = compare(base, inserted);
        assertThat(found.comparison().roots()).hasSize(1);
        assertThat(found.comparison().effectCount()).isZero();
        assertThat(found.comparison().first().orElseThrow().type()).isEqualTo(DivergenceClass.EXTRA);
    }

    @Test
    void severalWorkflowsInOneDocumentAreApart() throws IOException {
        String one = history(event(1, "WorkflowExecutionStarted", ""), event(2, "TimerStarted", ""));
        List<Map<String, String>> events = events("[" + one + "," + one + "]");
        assertThat(events).extracting(e -> e.get("lane")).containsExactly("start", "workflow", "2/start", "2/workflow");
        assertThat(events).extracting(e -> e.get("eventId")).containsExactly("1", "2", "2:1", "2:2");
    }

    @Test
    void pagesOfOneHistoryAreOneHistory() throws IOException {
        String first = history(event(1, "WorkflowExecutionStarted", ""));
        String second = history(event(2, "TimerStarted", ""));
        assertThat(events("[" + first + "," + second + "]"))
                .extracting(e -> e.get("lane"))
                .containsExactly("start", "workflow");
    }

    // ---- what is wrong ---------------------------------------------------------------------------------------------

    @Test
    void brokenEventsAreRefusedWithTheirPlaceOrLeftOutAndCounted() throws IOException {
        String text = history(event(1, "WorkflowExecutionStarted", "")).replace("]}", ",\n7,\n{\"eventId\":\"x\"}]}");
        assertThatThrownBy(() -> events(text))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("h.json:2:1: expected an object as the next event");
        ReadContext lenient = new ReadContext(true, -1);
        assertThat(events(text, lenient, Map.of())).hasSize(1);
        assertThat(lenient.notes())
                .extracting(InputNote::code, InputNote::count)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("broken_events", 2L));
    }

    @Test
    void aFileWithoutEventsIsRefused() {
        assertThatThrownBy(() -> events("{\"events\":[]}"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected the events of a workflow history");
    }

    @Test
    void nestingIsReadUpToTheLimitAndRefusedBeyond() throws IOException {
        int free = JsonTree.MAX_DEPTH - 4;
        String fits = history(event(1, "WorkflowExecutionSignaled", "\"more\":" + "[".repeat(free) + "]".repeat(free)));
        assertThat(events(fits)).hasSize(1);
        int over = JsonTree.MAX_DEPTH + 2;
        String tooDeep =
                history(event(1, "WorkflowExecutionSignaled", "\"more\":" + "[".repeat(over) + "]".repeat(over)));
        assertThatThrownBy(() -> events(tooDeep))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("limit of " + JsonTree.MAX_DEPTH);
        int around = HistoryReader.MAX_AROUND + 1;
        assertThatThrownBy(() -> events("[".repeat(around) + "]".repeat(around)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("limit of " + HistoryReader.MAX_AROUND);
    }

    @Test
    void fieldsBeyondTheLimitAreOneDigestThatStillTellsADifference() throws IOException {
        StringBuilder list = new StringBuilder("[0");
        for (int i = 1; i < FieldWriter.MAX_FIELDS + 100; i++) {
            list.append(',').append(i);
        }
        String last = "," + (FieldWriter.MAX_FIELDS + 99) + "]";
        String a = history(event(1, "WorkflowExecutionSignaled", "\"input\":[" + list + "]]"));
        String b = a.replace(last, ",7]");
        assertThat(a).isNotEqualTo(b);
        assertThat(events(a).get(0)).containsKey("<rest>");
        assertThat(compare(a, a + " ").comparison().isEqual()).isTrue();
        assertThat(compare(a, b).comparison().isEqual()).isFalse();
    }

    @Test
    void logsThatAreNotHistoriesAreNotTaken() throws IOException {
        for (String other : List.of(
                "{\"Records\":[{\"eventID\":\"1\",\"eventTime\":\"2024-01-01T00:00:00Z\",\"eventType\":\"AwsApiCall\"}]}",
                "[{\"eventId\":1,\"eventType\":\"x\",\"attributes\":{\"type\":\"y\"}}]",
                "{\"event_id\":1,\"event_type\":\"x\",\"my_event_attributes\":{}}")) {
            assertThat(new TemporalFormat().claims(Head.of(List.of(new InputFile(file(other), "h")))))
                    .as(other)
                    .isFalse();
        }
    }
}
