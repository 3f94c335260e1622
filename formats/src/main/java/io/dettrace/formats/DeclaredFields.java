package io.dettrace.formats;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.normalize.FieldPlan;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks that fields which were declared are there. A misspelt lane would make one lane of the whole run, and a misspelt key
 * would make all events equal; both would be wrong answers in silence.
 */
final class DeclaredFields {
    private static final Set<Role> NEEDED =
            Set.of(Role.LANE, Role.COMPARE, Role.CLOCK, Role.LINK, Role.EVENT, Role.KIND);
    private static final int SHOWN = 12;

    private DeclaredFields() {}

    static void check(Mapping declared, List<List<Field>> baseline, List<List<Field>> candidate) throws InputException {
        Set<String> paths = new LinkedHashSet<>();
        baseline.forEach(r -> r.forEach(f -> paths.add(f.path())));
        candidate.forEach(r -> r.forEach(f -> paths.add(f.path())));
        for (Role role : NEEDED.stream().sorted().toList()) {
            List<String> fields = declared.fields(role);
            for (String field : role == Role.COMPARE ? List.<String>of() : fields) {
                if (paths.stream().noneMatch(p -> matches(field, p))) {
                    throw missing(role, field, paths);
                }
            }
            if (role == Role.COMPARE
                    && !fields.isEmpty()
                    && paths.stream().noneMatch(p -> fields.stream().anyMatch(f -> matches(f, p)))) {
                throw missing(role, String.join(", ", fields), paths);
            }
        }
    }

    /**
     * Checks that a profile is about such runs: fields that it names may be on events that come now and then, but those that
     * tell the kind, or else the lane, are on any of them. Nothing in a run of something else would break its rules.
     */
    static void checkProfile(Mapping ruled, List<List<Field>> baseline, List<List<Field>> candidate)
            throws InputException {
        Role role = ruled.fields(Role.KIND).isEmpty() ? Role.LANE : Role.KIND;
        List<String> fields = ruled.fields(role);
        Set<String> paths = new LinkedHashSet<>();
        baseline.forEach(r -> r.forEach(f -> paths.add(f.path())));
        candidate.forEach(r -> r.forEach(f -> paths.add(f.path())));
        if (!fields.isEmpty() && paths.stream().noneMatch(p -> fields.stream().anyMatch(f -> matches(f, p)))) {
            throw new InputException("the profile is about other runs: its field \"" + String.join(", ", fields)
                    + "\" (" + role.key() + ") is on none of the first events; fields are " + shown(paths));
        }
    }

    /** True if the declared path is that of a field or of an object that holds it. */
    private static boolean matches(String declared, String path) {
        FieldPlan plan = Mapping.builder().field(Role.LANE, declared).build().plan(path);
        return plan.roles().contains(Role.LANE) || path.startsWith(declared + ".");
    }

    private static InputException missing(Role role, String field, Set<String> paths) {
        return new InputException("the field \"" + field + "\", declared as " + role.key()
                + ", is on none of the first " + Runs.SAMPLE + " events; fields are " + shown(paths));
    }

    private static String shown(Set<String> paths) {
        return String.join(", ", paths.stream().limit(SHOWN).toList()) + (paths.size() > SHOWN ? ", …" : "");
    }
}
