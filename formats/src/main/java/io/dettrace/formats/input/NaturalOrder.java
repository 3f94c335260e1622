package io.dettrace.formats.input;

import java.util.Comparator;

/** Orders names as people do: digits as numbers, everything else by code unit, whatever the locale. */
final class NaturalOrder implements Comparator<String> {
    static final NaturalOrder INSTANCE = new NaturalOrder();

    private NaturalOrder() {}

    @Override
    public int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            if (digit(a.charAt(i)) && digit(b.charAt(j))) {
                int endA = digits(a, i);
                int endB = digits(b, j);
                int order = number(a, i, endA, b, j, endB);
                if (order != 0) {
                    return order;
                }
                i = endA;
                j = endB;
            } else if (a.charAt(i) != b.charAt(j)) {
                return weight(a.charAt(i)) - weight(b.charAt(j));
            } else {
                i++;
                j++;
            }
        }
        int rest = (a.length() - i) - (b.length() - j);
        return rest != 0 ? rest : a.compareTo(b);
    }

    /** The folder separator comes first, so that a folder stands before names that it is a prefix of. */
    private static int weight(char c) {
        return c == '/' ? -1 : c;
    }

    private static int number(String a, int i, int endA, String b, int j, int endB) {
        int startA = significant(a, i, endA);
        int startB = significant(b, j, endB);
        int order = (endA - startA) - (endB - startB);
        for (int k = 0; order == 0 && startA + k < endA; k++) {
            order = a.charAt(startA + k) - b.charAt(startB + k);
        }
        return order;
    }

    private static int significant(String s, int from, int to) {
        int i = from;
        while (i < to - 1 && s.charAt(i) == '0') {
            i++;
        }
        return i;
    }

    private static int digits(String s, int from) {
        int i = from;
        while (i < s.length() && digit(s.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
