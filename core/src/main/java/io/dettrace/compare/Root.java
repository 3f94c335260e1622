package io.dettrace.compare;

/** A root while the comparison runs; its number in order of discovery. */
final class Root {
    final int number;

    /** The later root that turned out to explain this one, and by which step; else null. */
    Root explainedBy;

    Divergence.PathStep explainedStep;

    Root(int number) {
        this.number = number;
    }

    /** The root that stands in the result for this one. */
    Root resolved() {
        Root r = this;
        while (r.explainedBy != null) {
            r = r.explainedBy;
        }
        return r;
    }
}
