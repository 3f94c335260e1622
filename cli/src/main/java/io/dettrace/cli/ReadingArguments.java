package io.dettrace.cli;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadOptions;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingFile;
import io.dettrace.normalize.Role;
import io.dettrace.normalize.TimeScale;
import io.dettrace.profile.Profile;
import io.dettrace.profile.ProfileFile;
import io.dettrace.timing.DelayRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** The options that say how inputs are read, shared by the commands that read runs. */
final class ReadingArguments {
    enum Order {
        AUTO,
        RECORDED
    }

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "Use the mapping in FILE (written by --explain-mapping or by hand) and infer nothing.")
    private Path mapping;

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "Use the profile in FILE (written by dettrace learn): what its rules call noise is no"
                    + " difference.")
    private Path profile;

    @Option(
            names = "--lane",
            paramLabel = "FIELD",
            split = ",",
            description = "Field(s) that name the lane, the sequential entity that an event belongs to.")
    private List<String> lane = List.of();

    @Option(names = "--kind", paramLabel = "FIELD", split = ",", description = "Field(s) that say what happened.")
    private List<String> kind = List.of();

    @Option(
            names = "--key",
            paramLabel = "FIELD",
            split = ",",
            description = "Compare only these fields; * is a wildcard.")
    private List<String> key = List.of();

    @Option(
            names = "--ignore",
            paramLabel = "FIELD",
            split = ",",
            description = "Leave these fields out of the comparison; * is a wildcard (metadata.*).")
    private List<String> ignore = List.of();

    @Option(
            names = "--id",
            paramLabel = "FIELD",
            split = ",",
            description = "Fields whose values are renamed from run to run; compared up to renaming.")
    private List<String> id = List.of();

    @Option(names = "--time", paramLabel = "FIELD", split = ",", description = "Field that holds the time.")
    private List<String> time = List.of();

    @Option(
            names = "--event",
            paramLabel = "FIELD",
            split = ",",
            description = "Field that names an event, so that --link fields can refer to it.")
    private List<String> event = List.of();

    @Option(
            names = "--link",
            paramLabel = "FIELD",
            split = ",",
            description = "Fields that name events which came before (parent, cause).")
    private List<String> link = List.of();

    @Option(
            names = "--message",
            paramLabel = "FIELD",
            split = ",",
            description = "Field that names a message; its first event sends, later ones receive.")
    private List<String> message = List.of();

    @Option(names = "--clock", paramLabel = "FIELD", split = ",", description = "Field that holds a vector clock.")
    private List<String> clock = List.of();

    @Option(
            names = "--resource",
            paramLabel = "FIELD",
            split = ",",
            description = "Fields that name a shared resource (lock, queue) whose order across lanes matters.")
    private List<String> resource = List.of();

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            defaultValue = "auto",
            description = "auto: lanes as mapped or inferred; recorded: the whole run is one lane.")
    private Order order = Order.AUTO;

    @Option(
            names = "--regex",
            paramLabel = "PATTERN",
            description = "Read a text log: a regular expression for one event, with named groups as fields;"
                    + " host is the lane, clock the vector clock. \\n joins several lines.")
    private String regex;

    @Option(
            names = "--delimiter",
            paramLabel = "PATTERN",
            description = "Regular expression that parts several executions in one text log.")
    private String delimiter;

    @Option(names = "--split", paramLabel = "FIELD", description = "Field that tells several runs in one input apart.")
    private String split;

    @Option(
            names = {"--baseline-run", "--run"},
            paramLabel = "NAME",
            description = "The run to take, as baseline where two are compared, where an input holds several.")
    private String baselineRun;

    @Option(
            names = "--candidate-run",
            paramLabel = "NAME",
            description = "The run to take as candidate where an input holds several.")
    private String candidateRun;

    @Option(
            names = "--time-unit",
            paramLabel = "UNIT",
            description = "Unit of numbers in the time field: s, ms, us, ns.")
    private TimeScale timeUnit = TimeScale.AUTO;

    @Option(
            names = "--as",
            paramLabel = "FORMAT",
            description =
                    "Read the inputs as FORMAT instead of telling it from their content; dettrace inspect --formats"
                            + " lists the formats and their options.")
    private String format;

    @Option(names = "--with", paramLabel = "NAME=VALUE", description = "An option of the inputs' format; repeatable.")
    private Map<String, String> formatOptions = new TreeMap<>();

    @Option(
            names = "--lenient",
            description = "Leave records that cannot be read out, and count them, instead of stopping.")
    private boolean lenient;

    /** The options as the reader takes them; a pack may bring a mapping of its own. */
    ReadOptions toOptions(Optional<Path> packMapping) throws IOException {
        Mapping.Builder declared = Mapping.builder();
        declare(declared, Role.LANE, lane, "--lane");
        declare(declared, Role.KIND, kind, "--kind");
        declare(declared, Role.COMPARE, key, "--key");
        declare(declared, Role.IGNORE, ignore, "--ignore");
        declare(declared, Role.ID, id, "--id");
        declare(declared, Role.TIME, time, "--time");
        declare(declared, Role.EVENT, event, "--event");
        declare(declared, Role.LINK, link, "--link");
        declare(declared, Role.MESSAGE, message, "--message");
        declare(declared, Role.CLOCK, clock, "--clock");
        declare(declared, Role.RESOURCE, resource, "--resource");
        declared.timeScale(timeUnit);
        if (regex != null) {
            declared.pattern(regex);
            patternDefaults(declared);
        }
        if (delimiter != null) {
            declared.delimiter(delimiter);
        }
        if (split != null) {
            declared.split(split);
        }
        if (profile != null && mapping != null) {
            throw new InputException("--profile and --mapping exclude each other: a profile has a mapping of its own");
        }
        Optional<Path> file = Optional.ofNullable(mapping).or(() -> packMapping);
        return new ReadOptions(
                profile != null
                        ? Optional.of(readProfile(profile).ruled(profile.toString(), Optional.empty()))
                        : file.isPresent() ? Optional.of(read(file.get())) : Optional.empty(),
                declared.build(),
                order == Order.RECORDED,
                lenient,
                Optional.ofNullable(baselineRun),
                Optional.ofNullable(candidateRun),
                Optional.ofNullable(format),
                formatOptions);
    }

    /** True if a profile is given. */
    boolean hasProfile() {
        return profile != null;
    }

    /**
     * What the profile says of delays; empty without one, and where it says nothing.
     *
     * @param mapping how the runs are read
     */
    Optional<DelayRules> delayRules(Mapping mapping) throws IOException {
        return profile == null ? Optional.empty() : readProfile(profile).delayRules(profile.toString(), mapping);
    }

    /** Reads a profile. */
    static Profile readProfile(Path file) throws IOException {
        return ProfileFile.parse(file.toString(), text(file, "profile"));
    }

    private static void declare(Mapping.Builder mapping, Role role, List<String> paths, String option) {
        paths.forEach(p -> mapping.field(role, p.strip(), "declared by " + option));
    }

    /** The groups that vector-clock logs name by convention. */
    private void patternDefaults(Mapping.Builder declared) {
        if (lane.isEmpty() && regex.contains("(?<host>")) {
            declared.field(Role.LANE, "host", "the pattern's group host");
        }
        if (clock.isEmpty() && regex.contains("(?<clock>")) {
            declared.field(Role.CLOCK, "clock", "the pattern's group clock");
        }
        for (String name : List.of("date", "timestamp", "time")) {
            if (time.isEmpty() && regex.contains("(?<" + name + ">")) {
                declared.field(Role.TIME, name, "the pattern's group " + name);
                return;
            }
        }
    }

    private static Mapping read(Path file) throws IOException {
        return MappingFile.parse(file.toString(), text(file, "mapping"));
    }

    private static String text(Path file, String what) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + ": there is no such " + what + " file");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
