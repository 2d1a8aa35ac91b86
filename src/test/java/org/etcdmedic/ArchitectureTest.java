package org.etcdmedic;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.modulith.core.ApplicationModules;

/** The walls of the house: which room may know which, and what may not be inside. */
class ArchitectureTest {
    private static final String BASE = "org.etcdmedic";

    /** From the top of the staircase to its foot. A room knows rooms below it only. */
    private static final List<String> STAIRCASE = List.of(
            "practice",
            "cli",
            "page",
            "api",
            "access",
            "ticketing",
            "alarm",
            "handover",
            "report",
            "memory",
            "replay",
            "diagnosis",
            "bundle",
            "verdict",
            "knowledge",
            "veil",
            "evidence",
            "outside",
            "probe",
            "inventory",
            "audit",
            "platform");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(BASE);

    @Test
    void everyRoomKnowsOnlyWhatItDeclaresAndOnlyThroughDoors() {
        ApplicationModules.of(EtcdMedic.class).verify();
    }

    @Test
    void everyRoomStandsOnTheStaircase() {
        List<String> rooms = CLASSES.stream()
                .map(ArchitectureTest::room)
                .filter(room -> !room.isEmpty())
                .distinct()
                .sorted()
                .toList();
        assertThat(STAIRCASE).containsAll(rooms);
    }

    @Test
    void noRoomLooksUpTheStairs() {
        var wrong = new ArrayList<String>();
        for (JavaClass from : CLASSES) {
            for (var dependency : from.getDirectDependenciesFromSelf()) {
                int here = STAIRCASE.indexOf(room(from));
                int there = STAIRCASE.indexOf(room(dependency.getTargetClass()));
                if (here >= 0 && there >= 0 && there < here) {
                    wrong.add(from.getName() + " knows "
                            + dependency.getTargetClass().getName());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    static List<ArchRule> bans() {
        return List.of(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(BASE + ".probe.ssh..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("com.jcraft.jsch..")
                        .because("JSch is seen behind one wall only"),
                noClasses()
                        .that()
                        .resideInAPackage(BASE + ".verdict..")
                        .and()
                        .haveSimpleNameNotEndingWith("package-info")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "org.springframework..", "org.slf4j..", "java.sql..", "jakarta..", "tools.jackson..")
                        .because("the brain does no IO"),
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                BASE + ".evidence..", BASE + ".knowledge", BASE + ".inventory", BASE + ".bundle..")
                        .and()
                        .haveSimpleNameNotEndingWith("Configuration")
                        .and()
                        .haveSimpleNameNotEndingWith("package-info")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("org.springframework..", "java.sql..", "jakarta..")
                        .because("values and pure logic know no framework"),
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("com.fasterxml.jackson.databind..")
                        .because("Jackson 3 is the mapper; version 2 is only on the class path because of springdoc"),
                noClasses()
                        .that()
                        .resideOutsideOfPackage(BASE + ".practice..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("org.apache.sshd..", "io.zonky..")
                        .because("nothing of the practice start reaches a production start"),
                noClasses()
                        .should()
                        .callMethod(java.time.Instant.class, "now")
                        .because("time arrives as a parameter or from the clock bean"),
                classes()
                        .that()
                        .haveSimpleNameEndingWith("Row")
                        .should()
                        .bePackagePrivate()
                        .because("rows never leave their room"),
                noClasses()
                        .should()
                        .haveSimpleNameEndingWith("Impl")
                        .orShould()
                        .haveSimpleNameEndingWith("Service")
                        .orShould()
                        .haveSimpleNameEndingWith("Manager")
                        .orShould()
                        .haveSimpleNameEndingWith("Helper")
                        .orShould()
                        .haveSimpleNameEndingWith("Util")
                        .orShould()
                        .haveSimpleNameEndingWith("Utils")
                        .orShould()
                        .haveSimpleNameEndingWith("Dto")
                        .orShould()
                        .haveSimpleNameEndingWith("Entity")
                        .because("a name says what a thing is, not which layer it is in"));
    }

    @ParameterizedTest
    @MethodSource("bans")
    void keepsTheBans(ArchRule ban) {
        ban.check(CLASSES);
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(BASE + ".")) {
            return "";
        }
        String rest = name.substring(BASE.length() + 1);
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}
