package org.etcdmedic.practice;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.springframework.stereotype.Component;

@AnalyzeClasses(packages = "org.etcdmedic", importOptions = ImportOption.DoNotIncludeTests.class)
class PracticeRoomTest {
    @ArchTest
    static final ArchRule isNeverFoundByTheComponentScanOfTheProduct = noClasses()
            .that()
            .resideInAPackage("org.etcdmedic.practice..")
            .should()
            .beMetaAnnotatedWith(Component.class)
            .orShould()
            .beAnnotatedWith(Component.class);

    @ArchTest
    static final ArchRule isKnownToNobody = noClasses()
            .that()
            .resideOutsideOfPackage("org.etcdmedic.practice..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.etcdmedic.practice..");
}
