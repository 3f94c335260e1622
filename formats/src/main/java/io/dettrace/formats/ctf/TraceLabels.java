package io.dettrace.formats.ctf;

import io.dettrace.formats.ctf.TraceFiles.Trace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Gives the traces of one input names that stay the same from run to run: host if there are several, the tracer's domain
 * ({@code kernel}, {@code ust}), and the process that the trace is of.
 */
final class TraceLabels {
    private TraceLabels() {}

    static void label(List<Trace> traces) {
        if (traces.size() == 1) {
            return;
        }
        boolean hosts = traces.stream()
                        .map(t -> env(t, "hostname"))
                        .collect(Collectors.toSet())
                        .size()
                > 1;
        Map<String, Integer> counts = new HashMap<>();
        for (Trace trace : traces) {
            StringBuilder label = new StringBuilder(hosts ? env(trace, "hostname") + "/" : "");
            String domain = env(trace, "domain");
            label.append(domain.isEmpty() ? "trace" : domain);
            String process = env(trace, "procname");
            label.append(process.isEmpty() ? "" : "/" + process);
            int n = counts.merge(label.toString(), 1, Integer::sum);
            trace.prefix = label + (n == 1 ? "" : "#" + n) + "/";
        }
    }

    private static String env(Trace trace, String key) {
        return trace.layouts().trace.env.getOrDefault(key, "");
    }
}
