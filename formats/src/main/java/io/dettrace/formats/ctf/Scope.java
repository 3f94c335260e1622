package io.dettrace.formats.ctf;

import java.util.HashMap;
import java.util.Map;

/** Names of types as they are seen in one block of the metadata and the blocks inside it (CTF 1.8.3, section 7.2). */
final class Scope {
    private final Scope around;
    private final Map<String, FieldType> types = new HashMap<>();

    Scope(Scope around) {
        this.around = around;
    }

    /** The type of this name, or null. Tags are asked for with their keyword, such as {@code struct point}. */
    FieldType find(String name) {
        for (Scope s = this; s != null; s = s.around) {
            FieldType type = s.types.get(name);
            if (type != null) {
                return type;
            }
        }
        return null;
    }

    /** Declares a name; false if this very block has it already. */
    boolean declare(String name, FieldType type) {
        return types.putIfAbsent(name, type) == null;
    }
}
