package io.dettrace.learn;

import io.dettrace.event.Field;
import io.dettrace.normalize.FieldRule;
import io.dettrace.normalize.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** In which fields two events are apart, as far as a mapping and its rules compare them. */
final class FieldsApart {
    private final Mapping mapping;
    private final ComparedFields compared;

    FieldsApart(Mapping mapping) {
        this.mapping = mapping;
        compared = new ComparedFields(mapping);
    }

    /**
     * Paths of the fields that differ and are not allowed to; if every difference is allowed by itself, those about which
     * rules look at events before.
     */
    List<String> between(List<Field> a, List<Field> b) {
        Map<String, Field> left = byPath(a);
        Map<String, Field> right = byPath(b);
        List<String> apart = new ArrayList<>();
        List<String> looking = new ArrayList<>();
        Map<String, Field> all = new LinkedHashMap<>(left);
        right.forEach(all::putIfAbsent);
        for (String path : all.keySet()) {
            Field x = left.get(path);
            Field y = right.get(path);
            boolean same =
                    x != null && y != null && x.type() == y.type() && x.text().equals(y.text());
            if (!same) {
                boolean allowed = allows(a, path, x) && allows(b, path, y);
                (allowed ? looking : apart).add(path);
            }
        }
        if (apart.isEmpty()) {
            looking.removeIf(path -> rule(b, path).filter(FieldRule::looksBack).isEmpty());
            return looking;
        }
        return apart;
    }

    private Optional<FieldRule> rule(List<Field> event, String path) {
        return mapping.rule(event, path).map(r -> r.rule());
    }

    private boolean allows(List<Field> event, String path, Field field) {
        Optional<FieldRule> rule = rule(event, path);
        if (field == null) {
            return rule.filter(FieldRule::optional).isPresent();
        }
        return rule.isPresent() ? rule.get().allows(field) : compared.isId(path);
    }

    private Map<String, Field> byPath(List<Field> event) {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (Field f : event) {
            if (compared.isCompared(f.path())) {
                fields.put(f.path(), f);
            }
        }
        return fields;
    }
}
