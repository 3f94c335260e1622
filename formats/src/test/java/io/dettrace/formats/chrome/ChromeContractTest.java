package io.dettrace.formats.chrome;

import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordFormatContract;
import java.nio.charset.StandardCharsets;

class ChromeContractTest extends RecordFormatContract {
    @Override
    protected RecordFormat format() {
        return new ChromeFormat();
    }

    @Override
    protected byte[] bytes() {
        StringBuilder out = new StringBuilder("{\"traceEvents\": [\n");
        for (int i = 0; i < 5; i++) {
            int t = 100 - 10 * i;
            out.append("{\"ph\":\"X\",\"name\":\"é\",\"pid\":1,\"tid\":2,\"ts\":")
                    .append(t)
                    .append(".5,\"dur\":3,\"args\":{\"a\":{\"b\":[1,2.50]}}},\n");
            out.append("{\"ph\":\"s\",\"name\":\"m\",\"cat\":\"c\",\"id\":")
                    .append(i)
                    .append(",\"pid\":1,\"tid\":2,\"ts\":")
                    .append(t + 1)
                    .append("},\n");
            out.append("{\"ph\":\"f\",\"name\":\"m\",\"cat\":\"c\",\"id\":")
                    .append(i)
                    .append(",\"pid\":1,\"tid\":3,\"ts\":")
                    .append(t + 2)
                    .append("},\n");
            out.append("{\"ph\":\"C\",\"name\":\"n\",\"pid\":1,\"ts\":")
                    .append(t)
                    .append(",\"args\":{\"v\":")
                    .append(i)
                    .append("}},\n");
        }
        out.append(
                "{\"ph\":\"M\",\"name\":\"thread_name\",\"pid\":1,\"tid\":2,\"args\":{\"name\":\"main\"}}\n], \"displayTimeUnit\":\"ns\"}");
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
