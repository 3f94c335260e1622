package io.dettrace.formats.csv;

/** Numbers as tables have them. */
final class CsvNumber {
    private CsvNumber() {}

    static boolean isNumber(String cell) {
        return json(cell, false) != null;
    }

    /**
     * The number as JSON writes it, or null if the cell is none. What begins with needless zeros is none, but a code.
     *
     * @param comma true if a comma stands before the decimals
     */
    static String json(String cell, boolean comma) {
        String t = cell.strip();
        int n = t.length();
        int i = n > 0 && (t.charAt(0) == '-' || t.charAt(0) == '+') ? 1 : 0;
        int whole = i;
        while (i < n && isDigit(t.charAt(i))) {
            i++;
        }
        int wholeEnd = i;
        boolean point = i < n && t.charAt(i) == (comma ? ',' : '.');
        int fraction = point ? ++i : i;
        while (point && i < n && isDigit(t.charAt(i))) {
            i++;
        }
        int fractionEnd = i;
        if (wholeEnd == whole && fractionEnd == fraction) {
            return null;
        }
        if (wholeEnd - whole > 1 && t.charAt(whole) == '0') {
            return null;
        }
        String exponent = "";
        if (i < n && (t.charAt(i) == 'e' || t.charAt(i) == 'E')) {
            int from = ++i;
            i += i < n && (t.charAt(i) == '-' || t.charAt(i) == '+') ? 1 : 0;
            int digits = i;
            while (i < n && isDigit(t.charAt(i))) {
                i++;
            }
            if (i == digits) {
                return null;
            }
            exponent = "e" + t.substring(from, i);
        }
        if (i != n) {
            return null;
        }
        String decimals = fractionEnd > fraction ? "." + t.substring(fraction, fractionEnd) : "";
        return (t.charAt(0) == '-' ? "-" : "")
                + (wholeEnd == whole ? "0" : t.substring(whole, wholeEnd))
                + decimals
                + exponent;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
