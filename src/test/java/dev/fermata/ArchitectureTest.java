package dev.fermata;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The walls between the rooms. */
class ArchitectureTest {

  private static final String[] WORDS = rooms("job", "scope");
  private static final String[] PORTS = rooms("journal", "session", "kind", "directory");
  private static final String[] ENGINE = rooms("lane", "feed", "retention");
  private static final String[] EDGES = rooms("web", "store", "tool", "ops", "security");
  private static final String[] WIRING = rooms("wiring");
  private static final String[] FRAMEWORKS = {
    "org.springframework..", "tools.jackson..", "io.micrometer..", "io.opentelemetry.."
  };

  private static final JavaClasses FERMATA =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.fermata");

  @Test
  void wordsKnowNobody() {
    assertNeverKnow(
        WORDS,
        "a word that knows a room can't be understood without it",
        PORTS,
        ENGINE,
        EDGES,
        WIRING);
  }

  @Test
  void portsKnowWordsOnly() {
    assertNeverKnow(
        PORTS,
        "a port says what is needed, and not who needs it or who gives it",
        ENGINE,
        EDGES,
        WIRING);
  }

  @Test
  void engineKnowsNoEdge() {
    assertNeverKnow(
        ENGINE, "the engine is tested and understood without HTTP, SQL or programs", EDGES, WIRING);
  }

  @Test
  void nobodyKnowsTheWiring() {
    assertNeverKnow(EDGES, "only the wiring knows everyone", WIRING);
  }

  @Test
  void edgesNeverSeeEachOther() {
    slices()
        .matching("dev.fermata.(web|store|ops|security)..")
        .should()
        .notDependOnEachOther()
        .because("an edge can then be replaced, or read, alone")
        .check(FERMATA);
    slices()
        .matching("dev.fermata.tool.(*)..")
        .should()
        .notDependOnEachOther()
        .because("a sort of handler is one folder, which can be added or removed alone")
        .check(FERMATA);
    for (String edge : new String[] {"web", "store", "ops", "security"}) {
      assertNeverKnow(rooms(edge), "handlers are reached by their port", rooms("tool"));
      assertNeverKnow(rooms("tool"), "handlers are called, and call nobody back", rooms(edge));
    }
  }

  @Test
  void storeAndToolsNeverSeeTheEngine() {
    assertNeverKnow(
        rooms("store", "tool"), "they implement ports and are used by the engine", ENGINE);
  }

  @Test
  void insideIsPlainJava() {
    noClasses()
        .that()
        .resideInAnyPackage(join(WORDS, PORTS, ENGINE))
        .and()
        .doNotHaveFullyQualifiedName("dev.fermata.kind.JsonText")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(FRAMEWORKS)
        .because("what the server promises must outlive its frameworks, and is tested without them")
        .check(FERMATA);
  }

  @Test
  void oneClassReadsJsonWithAParser() {
    noClasses()
        .that()
        .haveFullyQualifiedName("dev.fermata.kind.JsonText")
        .should()
        .dependOnClassesThat(
            resideInAPackage("tools.jackson..").and(not(resideInAPackage("tools.jackson.core.."))))
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..")
        .because("a parser of our own would have to be proven; binding to objects is not needed")
        .check(FERMATA);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("dev.fermata.(**)")
        .should()
        .beFreeOfCycles()
        .because("rooms that need each other are one room")
        .check(FERMATA);
  }

  private static void assertNeverKnow(String[] rooms, String reason, String[]... others) {
    noClasses()
        .that()
        .resideInAnyPackage(rooms)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(join(others))
        .because(reason)
        .check(FERMATA);
  }

  private static String[] rooms(String... names) {
    return Arrays.stream(names).map(name -> "dev.fermata." + name + "..").toArray(String[]::new);
  }

  private static String[] join(String[]... all) {
    return Arrays.stream(all).flatMap(Arrays::stream).toArray(String[]::new);
  }
}
