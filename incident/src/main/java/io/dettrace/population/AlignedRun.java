package io.dettrace.population;

import io.dettrace.event.Field;
import io.dettrace.event.Run;
import io.dettrace.learn.RunTable;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingInference;
import io.dettrace.normalize.Role;
import java.util.List;
import java.util.Map;

/**
 * A run as it is compared with others of its population.
 *
 * @param table its events
 * @param mapping what fields mean, with the rules about noise
 * @param aliases its lanes that go by another name in the others
 */
record AlignedRun(RunTable table, Mapping mapping, Map<String, String> aliases) {
    Run run() {
        return table.run(mapping, aliases);
    }

    /** Lane and kind of an event. */
    String what(int event) {
        List<Field> fields = table.fields(event);
        String lane = MappingInference.lane(fields, mapping.fields(Role.LANE));
        return aliases.getOrDefault(lane, lane) + " '" + RunTable.kind(fields, mapping.fields(Role.KIND)) + "'";
    }
}
