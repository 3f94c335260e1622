package io.dettrace.normalize;

import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/** What to do with one field, worked out once from the {@link Mapping}. Immutable. */
public final class FieldPlan {
    private final String path;
    private final Set<Role> roles;
    final long seed;
    final int laneSlot;
    final boolean lane;
    final boolean kind;
    final boolean time;
    final boolean id;
    final boolean event;
    final boolean link;
    final boolean message;
    final boolean clock;
    final boolean resource;
    final boolean compare;
    final boolean split;
    final boolean renamed;
    /** Rules of a profile for the field, null if there are none. */
    final NoiseRules.ByKind rules;

    private final boolean inert;
    private final boolean digested;

    FieldPlan(String path, Set<Role> roles, int laneSlot, boolean split, NoiseRules.ByKind rules) {
        this.rules = rules;
        this.path = path;
        this.roles = EnumSet.copyOf(roles);
        this.laneSlot = laneSlot;
        this.split = split;
        this.seed = Hashing.xxh3_64().hashBytesToLong(path.getBytes(StandardCharsets.UTF_8));
        lane = roles.contains(Role.LANE);
        kind = roles.contains(Role.KIND);
        time = roles.contains(Role.TIME);
        id = roles.contains(Role.ID);
        event = roles.contains(Role.EVENT);
        link = roles.contains(Role.LINK);
        message = roles.contains(Role.MESSAGE);
        clock = roles.contains(Role.CLOCK);
        resource = roles.contains(Role.RESOURCE);
        compare = roles.contains(Role.COMPARE);
        renamed = (id || event || link) && !roles.contains(Role.IGNORE);
        digested = split || lane || kind || id || event || link || message || resource || compare || rules != null;
        inert = roles.equals(EnumSet.of(Role.IGNORE)) && !split && rules == null;
    }

    /** Dotted path of the field. */
    public String path() {
        return path;
    }

    /** The roles that the field plays, at least one. */
    public Set<Role> roles() {
        return EnumSet.copyOf(roles);
    }

    /** True if nothing at all is done with the value, so that a reader may skip it. */
    public boolean isIgnored() {
        return inert;
    }

    /** True if the value's digest is used; a reader may give 0 for it otherwise. */
    public boolean needsDigest() {
        return digested;
    }

    /** True if the field says what happened. */
    public boolean isKind() {
        return kind;
    }

    /** True if the value has to be handed over whole even where it is an object. */
    public boolean isWhole() {
        return clock;
    }
}
