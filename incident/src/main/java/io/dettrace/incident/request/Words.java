package io.dettrace.incident.request;

/** Words of reports. */
final class Words {
    private Words() {}

    /** A count with its noun. */
    static String count(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
