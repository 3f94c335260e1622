package io.dettrace.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of the map: which package may know which, who may open files, who may print. */
class ArchitectureTest {
    /** Core's packages in the order of the data's way; each may use those before it, never one after it. */
    private static final List<String> WAY = List.of("event", "normalize", "compare", "timing", "report");

    private static JavaClasses shipped;

    @BeforeAll
    static void readShippedClasses() {
        shipped = new ClassFileImporter()
                .withImportOption(ArchitectureTest::isShipped)
                .importPackages("io.dettrace");
    }

    /** Leaves out test classes, be they in a folder or in core's test kit. */
    private static boolean isShipped(Location location) {
        return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }

    @Test
    void theRulesLookAtShippedClassesOnly() {
        assertThat(shipped.contain("io.dettrace.cli.Main")).isTrue();
        assertThat(shipped.contain(ArchitectureTest.class)).isFalse();
    }

    @Test
    void corePackagesUseOnlyThoseBeforeThem() {
        for (int i = 0; i < WAY.size() - 1; i++) {
            String[] later =
                    WAY.stream().skip(i + 1).map(ArchitectureTest::inside).toArray(String[]::new);
            hold(noClasses()
                    .that()
                    .resideInAPackage(inside(WAY.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later)
                    .because("the data's way goes one way: " + String.join(" -> ", WAY)));
        }
    }

    @Test
    void clocksUseTheModelAloneAndOnlyReportsOfCoreUseThem() {
        hold(noClasses()
                .that()
                .resideInAPackage(inside("clocks"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(inside("normalize"), inside("compare"), inside("report")));
        hold(noClasses()
                .that()
                .resideInAnyPackage(inside("event"), inside("normalize"), inside("compare"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(inside("clocks")));
    }

    @Test
    void nothingOnTheDatasWayKnowsHowProfilesAreLearntOrWritten() {
        hold(noClasses()
                .that()
                .resideInAnyPackage(WAY.stream().map(ArchitectureTest::inside).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(inside("profile"), inside("learn")));
        hold(noClasses()
                .that()
                .resideInAPackage(inside("profile"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(inside("learn")));
    }

    @Test
    void coreKnowsNeitherFormatsNorCommandLine() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.dettrace.formats..", "io.dettrace.replay..", "io.dettrace.server..", "io.dettrace.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.dettrace.formats..", "io.dettrace.replay..", "io.dettrace.server..", "io.dettrace.cli.."));
        hold(noClasses()
                .that()
                .resideInAPackage("io.dettrace.formats..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.dettrace.cli.."));
    }

    @Test
    void incidentsKnowCoreAlone() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackages("io.dettrace.population..", "io.dettrace.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.dettrace.population.."));
        hold(noClasses()
                .that()
                .resideInAPackage("io.dettrace.population..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.dettrace.formats..", "io.dettrace.replay..", "io.dettrace.cli..", "java.nio.file.."));
    }

    @Test
    void onlyTheCommandLineKnowsTheServer() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackages("io.dettrace.server..", "io.dettrace.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.dettrace.server.."));
        hold(noClasses()
                .that()
                .resideInAPackage("io.dettrace.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.dettrace.replay..", "io.dettrace.cli.."));
    }

    @Test
    void receiversKnowNothingOfWhatIsDoneWithTelemetry() {
        hold(noClasses()
                .that()
                .resideInAPackage("io.dettrace.server.otlp..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.dettrace.server.live..", "io.dettrace.incident.."));
        hold(noClasses()
                .that()
                .resideOutsideOfPackage("io.dettrace.server.otlp..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty.."));
    }

    @Test
    void liveWindowsTakeTheirTimeFromOutside() {
        hold(noClasses()
                .that()
                .resideInAPackage("io.dettrace.server.live..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Instant.class, "now")
                .because("a restart goes through what was received again, at the times of then"));
    }

    @Test
    void eventAndCompareNeverOpenFiles() {
        hold(noClasses()
                .that()
                .resideInAnyPackage(
                        "io.dettrace.event..",
                        "io.dettrace.compare..",
                        "io.dettrace.clocks..",
                        "io.dettrace.oracle..",
                        "io.dettrace.profile..",
                        "io.dettrace.learn..")
                .should()
                .dependOnClassesThat(resideInAPackage("java.nio.file..")
                        .or(nameMatching("java\\.io\\.(File|RandomAccessFile).*"))
                        .or(nameMatching("java\\.nio\\.channels\\..*FileChannel.*")))
                .because("files come from the caller"));
    }

    @Test
    void onlyTheFacadeOfFormatsKnowsTheComparison() {
        hold(noClasses()
                .that()
                .resideInAPackage("io.dettrace.formats..")
                .and()
                .haveNameNotMatching("io\\.dettrace\\.formats\\.DetTrace(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.dettrace.compare..")
                .because("a reader never decides what is wrong"));
    }

    @Test
    void onlyTheCommandLinePrints() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.dettrace.cli..", "io.dettrace.replay.runtime..", "io.dettrace.replay.agent..")
                .should(ACCESS_STANDARD_STREAMS)
                .because("nothing but the command line writes to the terminal, and what runs inside the program"));
    }

    @Test
    void whatRunsInsideTheProgramNeedsNothingOfOurs() {
        hold(noClasses()
                .that()
                .resideInAnyPackage(
                        "io.dettrace.replay.runtime..", "io.dettrace.replay.agent..", "io.dettrace.replay.schedule..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.dettrace..")
                        .and(not(resideInAnyPackage(
                                "io.dettrace.replay.runtime..",
                                "io.dettrace.replay.agent..",
                                "io.dettrace.replay.schedule..")))));
    }

    @Test
    void packagesHaveNoCycles() {
        hold(slices().matching("io.dettrace.(*)..").should().beFreeOfCycles());
    }

    private static String inside(String name) {
        return "io.dettrace." + name + "..";
    }

    private static void hold(ArchRule rule) {
        rule.allowEmptyShould(true).check(shipped);
    }
}
