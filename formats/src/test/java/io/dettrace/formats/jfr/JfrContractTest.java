package io.dettrace.formats.jfr;

import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordFormatContract;

class JfrContractTest extends RecordFormatContract {
    @Override
    protected RecordFormat format() {
        return new JfrFormat();
    }

    @Override
    protected byte[] bytes() {
        TinyRecording recording = new TinyRecording();
        for (int i = 0; i < 24; i++) {
            recording.step(TinyRecording.START + (i ^ 3) * 1000L, "thread-" + i % 3, i);
        }
        return recording.bytes();
    }
}
