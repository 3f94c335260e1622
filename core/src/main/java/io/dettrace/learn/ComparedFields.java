package io.dettrace.learn;

import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Which fields enter labels under a mapping: compared as they are, or up to renaming. */
final class ComparedFields {
    private final Mapping mapping;
    private final Map<String, Set<Role>> roles = new HashMap<>();

    ComparedFields(Mapping mapping) {
        this.mapping = mapping;
    }

    boolean isCompared(String path) {
        Set<Role> of = roles(path);
        return of.contains(Role.COMPARE) || isId(path);
    }

    /** True of identifiers, and of links to them. */
    boolean isId(String path) {
        Set<Role> of = roles(path);
        return (of.contains(Role.ID) || of.contains(Role.LINK)) && !of.contains(Role.IGNORE);
    }

    private Set<Role> roles(String path) {
        return roles.computeIfAbsent(path, p -> mapping.plan(p).roles());
    }
}
