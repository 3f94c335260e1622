package io.dettrace.formats.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Mines templates online with a tree of fixed depth (He, Zhu, Zheng, Lyu: Drain: An Online Log Parsing Approach with Fixed
 * Depth Tree, ICWS 2017). Messages go down by their number of tokens and their first tokens to a leaf, and there to the group
 * whose template agrees in the largest share of tokens, if that is at least {@link #SIMILARITY}; else they found a group.
 * Tokens in which the messages of a group differ become {@value Masker#HOLE}.
 */
final class Drain {
    /** Tokens by which messages go down the tree, besides their number. */
    static final int PREFIX = 2;

    /** Share of equal tokens from which on a message belongs to a group. */
    static final double SIMILARITY = 0.5;

    /** Branches of a node; further tokens share one. */
    static final int MAX_BRANCHES = 100;

    /** Groups of all; what founds none any more is its own template. */
    static final int MAX_GROUPS = 100_000;

    private final Map<Integer, Node> roots = new HashMap<>();
    private int groups;

    private static final class Node {
        final Map<String, Node> children = new HashMap<>();
        final List<Group> leaf = new ArrayList<>();
    }

    /** Messages of one template. */
    static final class Group {
        private final String[] template;

        private Group(String[] first) {
            template = first.clone();
        }

        /** The template as it is now. */
        String template() {
            return String.join(" ", template);
        }

        /** True if the messages differ in token {@code i}. */
        boolean varies(int i) {
            return template[i].equals(Masker.HOLE);
        }
    }

    /** Takes a message in; the group that it belongs to from then on. */
    Group add(String[] tokens) {
        Node node = roots.computeIfAbsent(tokens.length, n -> new Node());
        for (int i = 0; i < Math.min(PREFIX, tokens.length); i++) {
            node = child(node, tokens[i]);
        }
        Group best = best(node, tokens);
        if (best == null) {
            best = new Group(tokens);
            if (groups < MAX_GROUPS) {
                groups++;
                node.leaf.add(best);
            }
            return best;
        }
        for (int i = 0; i < tokens.length; i++) {
            if (!best.template[i].equals(tokens[i])) {
                best.template[i] = Masker.HOLE;
            }
        }
        return best;
    }

    /** The group of a message that was taken in. */
    Group of(String[] tokens) {
        Node node = roots.get(tokens.length);
        for (int i = 0; node != null && i < Math.min(PREFIX, tokens.length); i++) {
            Node next = node.children.get(key(tokens[i]));
            node = next == null ? node.children.get(Masker.HOLE) : next;
        }
        Group best = node == null ? null : best(node, tokens);
        return best == null ? new Group(tokens) : best;
    }

    private static String key(String token) {
        return token.contains(Masker.HOLE) ? Masker.HOLE : token;
    }

    private static Node child(Node node, String token) {
        String key = key(token);
        if (!node.children.containsKey(key) && node.children.size() >= MAX_BRANCHES) {
            key = Masker.HOLE;
        }
        return node.children.computeIfAbsent(key, k -> new Node());
    }

    private static Group best(Node leaf, String[] tokens) {
        Group best = null;
        double most = -1;
        int holes = -1;
        for (Group g : leaf.leaf) {
            int same = 0;
            int varying = 0;
            for (int i = 0; i < tokens.length; i++) {
                if (g.template[i].equals(Masker.HOLE)) {
                    varying++;
                } else if (g.template[i].equals(tokens[i])) {
                    same++;
                }
            }
            double share = tokens.length == 0 ? 1 : (double) same / tokens.length;
            if (share > most || share == most && varying > holes) {
                best = g;
                most = share;
                holes = varying;
            }
        }
        if (best == null) {
            return null;
        }
        return most + 0.0 >= SIMILARITY || allKept(best, tokens) ? best : null;
    }

    /** True if the message agrees with the template in every token that does not vary. */
    private static boolean allKept(Group g, String[] tokens) {
        for (int i = 0; i < tokens.length; i++) {
            if (!g.varies(i) && !g.template[i].equals(tokens[i])) {
                return false;
            }
        }
        return true;
    }
}
