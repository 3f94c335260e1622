package io.dettrace.formats.ctf;

import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordFormatContract;
import io.dettrace.formats.record.RecordInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class CtfContractTest extends RecordFormatContract {
    /** A trace of this seed has {@code bytes()} as its stream. */
    private static final RandomTrace TRACE = new RandomTrace(226, false);

    @Override
    protected RecordFormat format() {
        return new CtfFormat();
    }

    @Override
    protected byte[] bytes() {
        return TRACE.stream;
    }

    @Override
    protected RecordInput input(byte[] bytes) throws IOException {
        Path trace = Files.createTempDirectory(folder, "trace");
        Files.writeString(trace.resolve("metadata"), TRACE.metadata);
        Path path = trace.resolve("run.bin");
        Files.write(path, bytes);
        return new RecordInput("run.bin", List.of(new InputFile(path, "run.bin")), options());
    }
}
