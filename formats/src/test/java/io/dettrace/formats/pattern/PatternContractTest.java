package io.dettrace.formats.pattern;

import io.dettrace.formats.EventFormat;
import io.dettrace.formats.EventFormatContract;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import java.util.Random;

class PatternContractTest extends EventFormatContract {
    @Override
    protected EventFormat format() {
        return new PatternFormat();
    }

    @Override
    protected Mapping mapping() {
        return Mapping.builder()
                .pattern("^(?<host>\\S+) (?<clock>\\{.*\\}) *\\n(?<event>\\S+) (?<note>.*)$")
                .field(Role.LANE, "host")
                .field(Role.CLOCK, "clock")
                .field(Role.IGNORE, "note")
                .build();
    }

    @Override
    protected String text(Random random) {
        StringBuilder out = new StringBuilder();
        int[] clocks = new int[4];
        for (int i = 0; i < EVENTS; i++) {
            int host = random.nextInt(clocks.length);
            int other = (host + 1) % clocks.length;
            clocks[host]++;
            out.append("n\u00F6de")
                    .append(host)
                    .append(" {\"n\u00F6de")
                    .append(host)
                    .append("\": ")
                    .append(clocks[host]);
            out.append(", \"n\u00F6de")
                    .append(other)
                    .append("\": ")
                    .append(clocks[other])
                    .append("}\n");
            out.append("step")
                    .append(random.nextInt(9))
                    .append(" \u6F22")
                    .append(random.nextInt())
                    .append('\n');
            out.append(random.nextInt(9) == 0 ? "\n" : "").append(random.nextInt(50) == 0 ? "a foreign line\n" : "");
        }
        return out.toString();
    }
}
