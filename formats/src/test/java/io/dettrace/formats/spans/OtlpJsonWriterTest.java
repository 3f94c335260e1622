package io.dettrace.formats.spans;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.Field;
import io.dettrace.formats.DetTrace;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtlpJsonWriterTest {
    @TempDir
    Path folder;

    private List<List<Field>> written(RecordFormat format, Path file) throws Exception {
        Path back = folder.resolve("back.jsonl");
        RecordInput input = new RecordInput("in", List.of(new InputFile(file, "in")), Map.of());
        try (RecordReader reader = format.open(input, new ReadContext(false, -1));
                OutputStream out = Files.newOutputStream(back)) {
            OtlpJsonWriter.write(reader, out);
        }
        return Shop.read(new OtlpJsonFormat(), false, back).events();
    }

    @Test
    void whatIsWrittenReadsBackToTheSameEvents() throws Exception {
        for (String file : List.of("otlp/json/bad/traces.jsonl", "otlp/json/bad/logs.jsonl")) {
            Path path = Resources.path(file);
            assertThat(written(new OtlpJsonFormat(), path))
                    .as(file)
                    .isEqualTo(Shop.read(new OtlpJsonFormat(), false, path).events());
        }
        Path proto = Resources.path("otlp/proto/bad/traces.binpb");
        assertThat(written(new OtlpProtoFormat(), proto))
                .isEqualTo(Shop.read(new OtlpProtoFormat(), false, proto).events());
        Path jaeger = Resources.path("jaeger/testTrace.json");
        assertThat(written(new JaegerFormat(), jaeger))
                .isEqualTo(Shop.read(new JaegerFormat(), false, jaeger).events());
    }

    /** Calls of one name that start at one time are numbered in the order of the file, which is not compared. */
    @Test
    void parallelCallsThatNothingTellsApartAreStillTheSameRun() throws Exception {
        Path jaeger = Resources.path("jaeger/spansAmongEachOther.json");
        assertThat(written(new JaegerFormat(), jaeger)).hasSize(24);
        assertThat(DetTrace.compare(jaeger, folder.resolve("back.jsonl")).sentence())
                .isEmpty();
    }
}
