package io.agencyos;

import java.net.http.HttpClient;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.agencyos.db.Db;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The floors of the house: a room imports only from lower ones, and rooms on one floor do not see each other. */
class ArchitectureTest {

    private static final String ROOT = "io.agencyos";
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** From the ground up; the root package and dev stand above all. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("telemetry"),
            List.of("security", "storage", "sockets"),
            List.of("db"),
            List.of("realtime"),
            List.of("graphql"),
            List.of("profiles"),
            List.of("clients"),
            List.of("requests"),
            List.of("assets"),
            List.of("comments", "tags", "tasks", "videos", "activity", "notifications", "monitoring"),
            List.of("review", "metrics"),
            List.of("slack"),
            List.of("automation"));

    @TestFactory
    Stream<DynamicTest> aRoomImportsOnlyFromLowerFloors() {
        return FLOORS.stream()
                .flatMap(List::stream)
                .map(room -> DynamicTest.dynamicTest(room, () -> noClasses()
                        .that()
                        .resideInAPackage(in(room))
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage(ROOT + "..").and(DescribedPredicate.not(reachableFrom(room))))
                        .allowEmptyShould(true)
                        .check(HOUSE)));
    }

    @Test
    void noStaticHoldsWhatBelongsToOneProcess() {
        // a native image runs static initializers while it is built, and every process would have the same
        noFields()
                .that()
                .areStatic()
                .should()
                .haveRawType(assignableTo(Random.class)
                        .or(assignableTo(Temporal.class))
                        .or(assignableTo(Executor.class))
                        .or(assignableTo(Thread.class))
                        .or(assignableTo(HttpClient.class))
                        .or(assignableTo(Vertx.class)))
                .check(HOUSE);
    }

    @Test
    void everyPackageIsARoomOfTheHouse() {
        var rooms = FLOORS.stream().flatMap(List::stream).toList();
        for (var type : HOUSE) {
            var name = type.getPackageName();
            var room = name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
            assertTrue(room.isEmpty() || room.equals("dev") || rooms.contains(room), name + " is on no floor");
        }
    }

    @Test
    void nobodySeesDev() {
        noClasses()
                .that()
                .resideOutsideOfPackage(in("dev"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(in("dev"))
                .check(HOUSE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void onlyTheDoorOpensSessions() {
        noClasses()
                .that()
                .resideOutsideOfPackage(in("db"))
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "opens a session bound to the context",
                        call -> call.getTargetOwner().getName().startsWith("io.quarkus.hibernate.reactive.panache")
                                && call.getName().startsWith("with")))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(".*\\.(WithSession|WithTransaction|ReactiveTransactional|WithSessionOnDemand)")
                .check(HOUSE);
    }

    @Test
    void onlyTheDoorHoldsThePool() {
        noClasses()
                .that()
                .resideOutsideOfPackage(in("db"))
                .should()
                .dependOnClassesThat()
                .haveNameMatching("io\\.vertx\\.(mutiny\\.)?(sqlclient|pgclient)\\..*Pool")
                .check(HOUSE);
    }

    @Test
    void noResolverBlocks() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(GraphQLApi.class)
                .and()
                .arePublic()
                .should()
                .haveRawReturnType(Uni.class)
                .orShould()
                .haveRawReturnType(Multi.class)
                .check(HOUSE);
    }

    @Test
    void noUniIsDroppedByAMethodThatReturnsNothing() {
        // a Uni that nobody subscribes to does nothing: whoever asks the door for one hands it on, or subscribes
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(
                        in("profiles"),
                        in("clients"),
                        in("requests"),
                        in("assets"),
                        in("comments"),
                        in("tasks"),
                        in("videos"),
                        in("activity"),
                        in("review"),
                        in("slack"))
                .and()
                .haveRawReturnType(void.class)
                .should(new CallTheDoor())
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    /** A call of {@link Db} that gives a Uni. */
    private static final class CallTheDoor extends ArchCondition<JavaMethod> {
        CallTheDoor() {
            super("call the door");
        }

        @Override
        public void check(JavaMethod method, ConditionEvents events) {
            for (var call : method.getMethodCallsFromSelf())
                if (call.getTarget().getOwner().isEquivalentTo(Db.class)
                        && call.getTarget().getRawReturnType().isEquivalentTo(Uni.class))
                    events.add(SimpleConditionEvent.satisfied(method, call.getDescription()));
        }
    }

    @Test
    void onlyDevKnowsTheEmbeddedDatabase() {
        noClasses()
                .that()
                .resideOutsideOfPackage(in("dev"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.zonky..")
                .check(HOUSE);
    }

    @Test
    void aNameSaysWhatAClassIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Helper|Util|Utils|Manager|Impl)")
                .check(HOUSE);
    }

    private static DescribedPredicate<JavaClass> reachableFrom(String room) {
        var open = FLOORS.stream()
                .takeWhile(floor -> !floor.contains(room))
                .flatMap(List::stream)
                .map(ArchitectureTest::in);
        return resideInAnyPackage(Stream.concat(open, Stream.of(in(room))).toArray(String[]::new));
    }

    private static String in(String room) {
        return ROOT + "." + room + "..";
    }
}
