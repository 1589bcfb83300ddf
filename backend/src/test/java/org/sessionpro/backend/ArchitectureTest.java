package org.sessionpro.backend;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.crypto.SigningKey;

/// The house rules: who may know whom.
class ArchitectureTest {
  private static final JavaClasses PROJECT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .withImportOption(location -> !location.contains("protocol/target/test-classes"))
          .importPackages("org.sessionpro");

  private static final String BACKEND = "org.sessionpro.backend";

  @Test
  void eachFloorKnowsOnlyTheFloorsBelow() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("org.sessionpro.backend..")
        .withOptionalLayers(true)
        .layer("entitlement")
        .definedBy(BACKEND + ".entitlement..")
        .layer("config")
        .definedBy(BACKEND + ".config..")
        .layer("telemetry")
        .definedBy(BACKEND + ".telemetry..")
        .layer("db")
        .definedBy(BACKEND + ".db..")
        .layer("ledger")
        .definedBy(BACKEND + ".ledger..")
        .layer("proof")
        .definedBy(BACKEND + ".proof..")
        .layer("revocation")
        .definedBy(BACKEND + ".revocation..")
        .layer("inbox")
        .definedBy(BACKEND + ".inbox..")
        .layer("store")
        .definedBy(BACKEND + ".store..")
        .layer("report")
        .definedBy(BACKEND + ".report..")
        .layer("jobs")
        .definedBy(BACKEND + ".jobs..")
        .layer("takeover")
        .definedBy(BACKEND + ".takeover..")
        .layer("http")
        .definedBy(BACKEND + ".http..")
        .layer("cli")
        .definedBy(BACKEND + ".cli..")
        .layer("wiring")
        .definedBy(BACKEND)
        .whereLayer("wiring")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("cli")
        .mayOnlyBeAccessedByLayers("wiring")
        .whereLayer("http")
        .mayOnlyBeAccessedByLayers("cli", "wiring")
        .whereLayer("jobs")
        .mayOnlyBeAccessedByLayers("http", "cli", "wiring")
        .whereLayer("takeover")
        .mayOnlyBeAccessedByLayers("cli", "wiring")
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("jobs", "http", "cli", "wiring")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers("report", "jobs", "http", "cli", "wiring")
        .whereLayer("inbox")
        .mayOnlyBeAccessedByLayers("store", "report", "takeover", "jobs", "http", "cli", "wiring")
        .whereLayer("revocation")
        .mayOnlyBeAccessedByLayers(
            "inbox", "store", "report", "takeover", "jobs", "http", "cli", "wiring")
        .whereLayer("proof")
        .mayOnlyBeAccessedByLayers(
            "revocation", "inbox", "store", "report", "takeover", "jobs", "http", "cli", "wiring")
        .whereLayer("ledger")
        .mayOnlyBeAccessedByLayers(
            "proof",
            "revocation",
            "inbox",
            "store",
            "report",
            "takeover",
            "jobs",
            "http",
            "cli",
            "wiring")
        .whereLayer("db")
        .mayOnlyBeAccessedByLayers(
            "ledger",
            "proof",
            "revocation",
            "inbox",
            "store",
            "report",
            "takeover",
            "jobs",
            "http",
            "cli",
            "wiring")
        .check(PROJECT);
  }

  @Test
  void theDomainIsPure() {
    classes()
        .that()
        .resideInAPackage(BACKEND + ".entitlement..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java.lang..",
            "java.time..",
            "java.util..",
            "java.nio",
            "java.security",
            "org.jspecify.annotations",
            "org.sessionpro.protocol",
            BACKEND + ".entitlement..")
        .check(PROJECT);
  }

  @Test
  void onlyTheRoomsOfTheTablesSpeakSql() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            BACKEND + ".ledger..",
            BACKEND + ".inbox..",
            BACKEND + ".jobs..",
            BACKEND + ".db..",
            BACKEND + ".takeover.source..")
        .and()
        .resideInAPackage("org.sessionpro.backend..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..", "javax.sql..", "org.jdbi..", "com.zaxxer..", "org.sqlite..")
        .check(PROJECT);
  }

  @Test
  void onlyTheHttpFloorSeesJetty() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BACKEND + ".http..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.jetty..")
        .check(PROJECT);
  }

  @Test
  void metricsAreWrittenDownInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BACKEND + ".http.ops..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.prometheus..")
        .check(PROJECT);
  }

  @Test
  void onlyTheRoomOfGooglePlaySeesGoogle() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BACKEND + ".store.google..")
        .and()
        .resideInAPackage("org.sessionpro.backend..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.google.api..", "com.google.auth..", "com.google.common..", "com.google.gson..")
        .check(PROJECT);
  }

  @Test
  void onlyTheRoomOfTheAppStoreSeesApple() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BACKEND + ".store.apple..")
        .and()
        .resideInAPackage("org.sessionpro.backend..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.apple..", "com.auth0..", "com.fasterxml.jackson.databind..")
        .check(PROJECT);
  }

  @Test
  void privateKeysAreReachableFromWhereTheyAreUsedOnly() {
    noClasses()
        .that()
        .resideInAPackage("org.sessionpro.backend..")
        .and()
        .resideOutsideOfPackages(
            BACKEND + ".proof..", BACKEND + ".http.onion..", BACKEND + ".cli..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(SigningKey.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Seed.class)
        .check(PROJECT);
  }

  @Test
  void theTwoProtocolsDoNotKnowEachOther() {
    slices().matching(BACKEND + ".http.(v0|v1)..").should().notDependOnEachOther().check(PROJECT);
    slices()
        .matching("org.sessionpro.protocol.(v0|v1|onion)..")
        .should()
        .notDependOnEachOther()
        .check(PROJECT);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.sessionpro.backend.(*)..").should().beFreeOfCycles().check(PROJECT);
    slices().matching("org.sessionpro.protocol.(*)..").should().beFreeOfCycles().check(PROJECT);
  }

  @Test
  void onlyTheWiringReadsTheClock() {
    DescribedPredicate<JavaMethodCall> readingTheClock =
        DescribedPredicate.describe(
            "read the system's clock",
            call ->
                Stream.of(
                        isCall(call, Instant.class, "now"),
                        isCall(call, Clock.class, "systemUTC"),
                        isCall(call, InstantSource.class, "system"),
                        isCall(call, System.class, "currentTimeMillis"))
                    .anyMatch(Boolean::booleanValue));
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(BACKEND + ".Main")
        .and()
        .resideInAnyPackage("org.sessionpro.protocol..", "org.sessionpro.backend..")
        .should()
        .callMethodWhere(readingTheClock)
        .check(PROJECT);
  }

  private static boolean isCall(JavaMethodCall call, Class<?> owner, String method) {
    return call.getTargetOwner().isEquivalentTo(owner) && call.getName().equals(method);
  }

  @Test
  void theSimulatorNeverSeesTheBackend() {
    noClasses()
        .that()
        .resideInAPackage("org.sessionpro.simulator..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.sessionpro.backend..")
        .check(PROJECT);
  }

  @Test
  void noRoomIsCalledAfterNothing() {
    noClasses()
        .should()
        .resideInAnyPackage("..util..", "..common..", "..helper..", "..impl..", "..manager..")
        .check(PROJECT);
  }

  @Test
  void everyPackageIsNullMarked() {
    classes()
        .that(
            new DescribedPredicate<JavaClass>("are not package descriptions") {
              @Override
              public boolean test(JavaClass type) {
                return !type.getSimpleName().equals("package-info");
              }
            })
        .should(HouseRules.resideInANullMarkedPackage())
        .check(PROJECT);
  }
}
