package io.dettrace.formats.commit;

import io.dettrace.event.InputException;
import io.dettrace.formats.record.RecordInput;
import java.util.List;
import java.util.Optional;

/**
 * What {@code --with} says about an instruction log.
 *
 * @param compare the fields to compare, empty for the default
 * @param narrow true to take the lower 32 bits of pc and values, for cores of 32 bits that are logged sign-extended
 */
record CommitOptions(Optional<List<String>> compare, boolean narrow) {
    /** What {@code compare} may name. */
    static final List<String> FIELDS = List.of("pc", "insn", "rd", "mem", "csr", "priv", "cause", "tval", "mnemonic");

    private static final int DIGITS = 8;

    static CommitOptions of(RecordInput input) throws InputException {
        String xlen = input.option("xlen").orElse("64");
        if (!xlen.equals("32") && !xlen.equals("64")) {
            throw new InputException(input.name() + ": --with xlen= takes 32 or 64, not \"" + xlen + "\"");
        }
        Optional<List<String>> compare =
                input.option("compare").map(list -> List.of(list.strip().split("\\s*,\\s*")));
        for (String field : compare.orElse(List.of())) {
            if (!FIELDS.contains(field)) {
                throw new InputException(input.name() + ": --with compare= takes " + String.join(", ", FIELDS)
                        + ", not \"" + field + "\"");
            }
        }
        return new CommitOptions(compare, xlen.equals("32"));
    }

    void narrow(Commit commit) {
        if (narrow) {
            commit.pc = lower(commit.pc);
            StringBuilder values = new StringBuilder();
            for (String value : commit.value.toString().split(",")) {
                values.append(values.length() == 0 ? "" : ",").append(value.isEmpty() ? "" : lower(value));
            }
            commit.value.setLength(0);
            commit.value.append(values);
        }
    }

    private static String lower(String hex) {
        return hex == null || hex.length() <= DIGITS + 2 ? hex : Commit.hex(hex.substring(hex.length() - DIGITS));
    }
}
