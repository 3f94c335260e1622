package io.dettrace.formats.json;

import io.dettrace.formats.EventFormat;
import io.dettrace.formats.EventFormatContract;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import java.util.Random;

class JsonDocumentContractTest extends EventFormatContract {
    @Override
    protected EventFormat format() {
        return new JsonDocumentFormat();
    }

    @Override
    protected Mapping mapping() {
        return Mapping.builder()
                .field(Role.LANE, "host")
                .field(Role.CLOCK, "clock")
                .field(Role.IGNORE, "note")
                .build();
    }

    @Override
    protected String text(Random random) {
        StringBuilder out =
                new StringBuilder("{\n \"about\": {\"by\": \"\u00E9\", \"numbers\": [1, 2]},\n \"events\": [\n");
        int[] clocks = new int[4];
        for (int i = 0; i < EVENTS; i++) {
            int host = random.nextInt(clocks.length);
            int other = (host + 1) % clocks.length;
            clocks[host]++;
            out.append(i == 0 ? "  " : random.nextBoolean() ? ", " : ",\n  ");
            out.append("{\"host\": \"n\u00F6de")
                    .append(host)
                    .append("\", \"clock\": {\"n\u00F6de")
                    .append(host)
                    .append("\": ");
            out.append(clocks[host])
                    .append(", \"n\u00F6de")
                    .append(other)
                    .append("\": ")
                    .append(clocks[other]);
            out.append("},\n   \"note\": \"\u6F22\", \"meta\": {\"a\": [{\"b\": ")
                    .append(random.nextInt(9))
                    .append("}]}}");
        }
        return out.append("\n ]\n}\n").toString();
    }
}
