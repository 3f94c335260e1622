package io.dettrace.formats.ctf;

import io.dettrace.event.InputException;
import io.dettrace.formats.ctf.FieldType.Array;
import io.dettrace.formats.ctf.FieldType.Enumeration;
import io.dettrace.formats.ctf.FieldType.FieldPath;
import io.dettrace.formats.ctf.FieldType.Label;
import io.dettrace.formats.ctf.FieldType.Member;
import io.dettrace.formats.ctf.FieldType.Order;
import io.dettrace.formats.ctf.FieldType.Real;
import io.dettrace.formats.ctf.FieldType.Sequence;
import io.dettrace.formats.ctf.FieldType.Struct;
import io.dettrace.formats.ctf.FieldType.Text;
import io.dettrace.formats.ctf.FieldType.Variant;
import io.dettrace.formats.ctf.FieldType.Whole;
import io.dettrace.formats.ctf.Layouts.Root;
import io.dettrace.formats.ctf.TraceClass.StreamClass;
import io.dettrace.formats.record.EventRecord;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes nodes of types. A type that is used twice gives two trees of nodes, because lengths and tags are found from the
 * place of use (CTF 1.8.3, section 7.3.2): first in the structures around, innermost first, then in the roots before.
 */
final class LayoutBuilder {
    /** Nodes of a trace. */
    static final int MAX_NODES = 250_000;

    private final String file;
    private final TraceClass trace;
    private final EventRecord out;
    private final FieldMeanings meanings;
    private final Map<Root, StructNode> roots = new EnumMap<>(Root.class);
    private final Deque<StructNode> open = new ArrayDeque<>();
    private final Map<String, Integer> headPaths = new LinkedHashMap<>();
    private final Map<WholeNode, List<Label>> labels = new IdentityHashMap<>();
    private int slots = Meaning.COUNT;
    private int nodes;

    private ClockClass clock;

    /** True if no field names the stream's clock, so that timestamps by their name do. */
    private boolean clockByName;

    private Root root;
    private Scheduling scheduling;
    private Set<String> paths;

    LayoutBuilder(String file, TraceClass trace, EventRecord out, FieldMeanings meanings) {
        this.file = file;
        this.trace = trace;
        this.out = out;
        this.meanings = meanings;
    }

    int slots() {
        return slots;
    }

    ClockClass clock() {
        return clock;
    }

    private InputException error(FieldPath at, String what) {
        return InputException.at(file, at.at().line(), at.at().column(), at.at().offset(), what);
    }

    // ---- roots -----------------------------------------------------------------------------------------------------

    /** Begins a stream class: finds its clock. */
    void startStream(StreamClass stream) throws InputException {
        for (Root r : Root.values()) {
            if (r != Root.PACKET_HEADER) {
                roots.remove(r);
            }
        }
        Set<FieldType> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        String name = clockOf(stream.eventHeader, seen);
        if (name == null) {
            name = clockOf(stream.packetContext, seen);
        }
        clockByName = name == null;
        if (name != null) {
            clock = trace.clock(name);
            if (clock == null) {
                throw InputException.at(
                        file, 1, 0, 0, "a field is mapped to the clock \"" + name + "\", which is not declared");
            }
        } else {
            clock = switch (trace.clocks.size()) {
                case 0 -> new ClockClass("default", 1_000_000_000L, 0, 0);
                case 1 -> trace.clocks.get(0);
                default -> null;
            };
        }
    }

    /** Name of the first clock that a field in here is mapped to, or null. */
    private static String clockOf(FieldType type, Set<FieldType> seen) {
        if (type instanceof Whole whole) {
            return whole.clock();
        }
        if (type == null || !seen.add(type)) {
            return null;
        }
        List<Member> members =
                type instanceof Struct s ? s.members() : type instanceof Variant v ? v.options() : List.of();
        for (Member m : members) {
            String name = clockOf(m.type(), seen);
            if (name != null) {
                return name;
            }
        }
        return null;
    }

    /** Begins an event class of the stream class. */
    void startEvent() {
        roots.remove(Root.EVENT_CONTEXT);
        roots.remove(Root.FIELDS);
    }

    /** Lays out a root; null stays null. {@code taken} are the paths that the event has before, and is added to. */
    StructNode root(Root at, Struct type, Set<String> taken, Scheduling event) throws InputException {
        if (type == null) {
            return null;
        }
        root = at;
        paths = taken;
        scheduling = event;
        StructNode node = new StructNode(type.align());
        roots.put(at, node);
        fill(node, type, at.prefix, true);
        return node;
    }

    private void fill(StructNode node, Struct type, String prefix, boolean top) throws InputException {
        open.push(node);
        for (Member m : type.members()) {
            String shown = Layouts.shown(m.name(), type);
            String path = prefix == null || top && hidden(shown) ? null : unique(prefix + shown);
            if (path != null) {
                meanings.look(root, shown, path, m.type());
            }
            FieldNode field = top && isUuid(shown, m.type()) ? new UuidNode() : node(m.type(), path);
            node.add(m.name(), shown, field);
            if (top || root == Root.EVENT_HEADER) {
                give(field, shown, type);
            }
            tick(field, shown, m.type());
        }
        node.close();
        open.pop();
    }

    private boolean isUuid(String name, FieldType type) {
        return root == Root.PACKET_HEADER
                && name.equals("uuid")
                && type instanceof Array array
                && array.count() == 16
                && array.element() instanceof Whole octet
                && octet.size() == 8
                && octet.align() == 8;
    }

    private boolean hidden(String name) {
        return switch (root) {
            case PACKET_HEADER -> true;
            case PACKET_CONTEXT -> FieldMeanings.describesPacket(name);
            case EVENT_HEADER -> name.equals("id") || name.equals("timestamp") || name.equals("v");
            default -> false;
        };
    }

    private String unique(String path) {
        String free = path;
        for (int n = 2; !paths.add(free); n++) {
            free = path + "#" + n;
        }
        return free;
    }

    private void give(FieldNode field, String name, Struct in) {
        Meaning meaning = FieldMeanings.of(root, scheduling, name, in);
        boolean named = meaning != null && meaning.compareTo(Meaning.PROCESS_NAME) >= 0;
        if (named && field instanceof TextNode text) {
            text.meaning = meaning;
        } else if (!named && field instanceof WholeNode whole && whole.type.size() <= 64) {
            whole.meaning = meaning;
        }
    }

    private void tick(FieldNode field, String name, FieldType type) {
        if (field instanceof WholeNode whole
                && whole.type.size() <= 64
                && clock != null
                && root != Root.PACKET_HEADER) {
            boolean end = root == Root.PACKET_CONTEXT && name.equals("timestamp_end");
            boolean byName = root == Root.EVENT_HEADER && name.equals("timestamp")
                    || root == Root.PACKET_CONTEXT && name.equals("timestamp_begin");
            whole.ticks = clockByName ? byName : !end && clock.name.equals(whole.type.clock());
        }
    }

    // ---- fields ----------------------------------------------------------------------------------------------------

    private boolean big(Order order) {
        return (order == Order.NATIVE ? trace.order : order) == Order.BIG;
    }

    /** The node of a field with this path in events, or null if it is not shown there. */
    private FieldNode node(FieldType type, String path) throws InputException {
        if (++nodes > MAX_NODES) {
            throw InputException.at(file, 1, 0, 0, "the metadata lays out more than " + MAX_NODES + " fields");
        }
        FieldNode node = make(type, path);
        if (path != null && !(node instanceof StructNode) && !(node instanceof VariantNode)) {
            node.path = pathNumber(path);
            if (node instanceof EnumNode e) {
                e.numberPath = pathNumber(path + ".number");
            }
        }
        return node;
    }

    /** Number of the path in the record that the root is read into. */
    private int pathNumber(String path) {
        return root == Root.PACKET_CONTEXT || root == Root.EVENT_HEADER
                ? headPaths.computeIfAbsent(path, p -> headPaths.size())
                : out.path(path);
    }

    /** The paths of packet contexts and event headers in the order of their numbers. */
    List<String> headPaths() {
        return List.copyOf(headPaths.keySet());
    }

    private FieldNode make(FieldType type, String path) throws InputException {
        if (type instanceof Whole whole) {
            return new WholeNode(whole, big(whole.order()));
        } else if (type instanceof Enumeration e) {
            EnumNode node = new EnumNode(e, big(e.container().order()));
            labels.put(node, e.labels());
            return node;
        } else if (type instanceof Real real) {
            return new RealNode(real, big(real.order()));
        } else if (type instanceof Text) {
            return new TextNode(8, null);
        } else if (type instanceof Struct struct) {
            StructNode node = new StructNode(struct.align());
            fill(node, struct, path == null ? null : path + ".", false);
            return node;
        } else if (type instanceof Array array) {
            return array(array.element(), path, new Length(array.count(), null));
        } else if (type instanceof Sequence sequence) {
            return array(sequence.element(), path, new Length(0, number(sequence.count())));
        }
        return variant((Variant) type, path);
    }

    private FieldNode array(FieldType element, String path, Length length) throws InputException {
        if (element instanceof Whole c && c.text() && c.size() == 8 && c.align() == 8) {
            return new TextNode(8, length);
        }
        return new ArrayNode(node(element, null), length);
    }

    private FieldNode variant(Variant type, String path) throws InputException {
        if (type.tag() == null) {
            throw InputException.at(file, 1, 0, 0, "a variant has no tag where it is used");
        }
        WholeNode tag = number(type.tag());
        List<Label> names = labels.get(tag);
        if (names == null) {
            throw error(type.tag(), "expected the tag \"" + type.tag() + "\" to be an enumeration");
        }
        VariantNode node = new VariantNode(tag, names);
        for (Member option : type.options()) {
            String its = path == null ? null : path + "." + Layouts.shown(option.name());
            node.add(option.name(), node(option.type(), its == null ? null : unique(its)));
        }
        return node;
    }

    // ---- references ------------------------------------------------------------------------------------------------

    private WholeNode number(FieldPath path) throws InputException {
        FieldNode found = resolve(path.names());
        if (!(found instanceof WholeNode whole) || whole.type.size() > 64) {
            throw error(
                    path,
                    found == null
                            ? "expected the path of a field that comes before, found \"" + path + "\""
                            : "expected \"" + path + "\" to be an integer or enumeration of at most 64 bits");
        }
        if (whole.slot < 0) {
            whole.slot = slots++;
        }
        return whole;
    }

    private FieldNode resolve(List<String> names) {
        for (Root r : Root.values()) {
            List<String> of = List.of(r.path.split("\\."));
            if (names.size() > of.size() && names.subList(0, of.size()).equals(of)) {
                return roots.containsKey(r) ? below(roots.get(r), names.subList(of.size(), names.size())) : null;
            }
        }
        for (StructNode around : open) {
            FieldNode found = below(around, names);
            if (found != null) {
                return found;
            }
        }
        for (int i = root.ordinal() - 1; i >= 0; i--) {
            FieldNode found = below(roots.get(Root.values()[i]), names);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static FieldNode below(FieldNode from, List<String> names) {
        FieldNode at = from;
        for (String name : names) {
            if (at == null) {
                return null;
            }
            FieldNode exact = at.child(name);
            at = exact != null ? exact : at.child(name.startsWith("_") ? name.substring(1) : "_" + name);
        }
        return at;
    }
}
