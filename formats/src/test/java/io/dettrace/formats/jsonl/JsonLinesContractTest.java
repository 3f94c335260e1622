package io.dettrace.formats.jsonl;

import io.dettrace.formats.EventFormat;
import io.dettrace.formats.EventFormatContract;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import java.util.Random;

class JsonLinesContractTest extends EventFormatContract {
    @Override
    protected EventFormat format() {
        return new JsonLinesFormat();
    }

    @Override
    protected Mapping mapping() {
        return Mapping.builder()
                .field(Role.LANE, "host")
                .field(Role.KIND, "event")
                .field(Role.TIME, "ts")
                .field(Role.EVENT, "span")
                .field(Role.LINK, "causes")
                .field(Role.ID, "request")
                .field(Role.IGNORE, "note")
                .build();
    }

    @Override
    protected String text(Random random) {
        StringBuilder out = new StringBuilder("\n");
        for (int i = 0; i < EVENTS; i++) {
            String odd = random.nextInt(3) > 0 ? "" : ",\"text\":\"a \\\"b\\\" \\u00e9\"";
            out.append("{\"ts\":")
                    .append(1_700_000_000_000L + i)
                    .append(", \"host\":\"n\u00F6de")
                    .append(random.nextInt(5));
            out.append("\",\"event\":\"step\",\"span\":\"s")
                    .append(i)
                    .append("\",\"causes\":[\"s")
                    .append(random.nextInt(i + 1));
            out.append("\"],\"request\":\"r")
                    .append(random.nextInt(50))
                    .append("\",\"meta\":{\"n\":")
                    .append(random.nextInt());
            out.append(",\"list\":[1, 2.0],\"none\":{}},\"note\":\"\u6F22")
                    .append(random.nextInt())
                    .append('"')
                    .append(odd);
            out.append(random.nextInt(9) == 0 ? "}\n\n" : "}\n");
        }
        return out.toString();
    }
}
