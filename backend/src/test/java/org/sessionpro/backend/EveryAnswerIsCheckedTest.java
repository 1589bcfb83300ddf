package org.sessionpro.backend;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.http.Contract;
import org.sessionpro.backend.http.JsonHandler;
import org.sessionpro.backend.http.RawClient;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.clients.Caller;
import org.sessionpro.backend.http.clients.ClientEndpoints;
import org.sessionpro.backend.http.clients.OpenApiStatusTest;
import org.sessionpro.backend.http.clients.StrictClients;
import org.sessionpro.backend.http.v0.V0Endpoint;
import org.sessionpro.backend.http.v1.V1Endpoint;
import org.sessionpro.protocol.ByteString;

/// No test sees an answer of a protocol that strict clients have not seen: whoever asks, asks through
/// [StrictClients] or [Caller], which do find what is wrong.
class EveryAnswerIsCheckedTest {
  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.OnlyIncludeTests())
          .importPackages("org.sessionpro.backend");

  /// Where the endpoints of the protocols can be reached.
  private static final Set<Class<?>> SERVERS =
      Set.of(Backend.class, RunningBackend.class, PackagedServer.class, ClientEndpoints.class);

  /// Those that hand on what they read, to [StrictClients] themselves, and who asks what no client does
  /// and looks at statuses.
  private static final Set<Class<?>> READERS =
      Set.of(StrictClients.class, Caller.class, ServeIT.class, OpenApiStatusTest.class);

  /// What plays a store without a socket, and what hands the server the client that it posts to webhooks
  /// with.
  private static final String NO_CLIENTS =
      "org\\.sessionpro\\.backend\\.(store\\.apple\\.DeskClient|telemetry\\.WebhooksTest)(\\$.*)?";

  @Test
  void endpointsAreAskedThroughTheClients() {
    noClasses()
        .that(areNot(Set.of(StrictClients.class)))
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "ask an endpoint",
                access ->
                    calls(access, JsonHandler.class, "replyTo")
                        || calls(access, V0Endpoint.class, "answer")
                        || calls(access, V1Endpoint.class, "answer")))
        .check(TESTS);
  }

  @Test
  void serversAreAskedThroughTheClients() {
    noClasses()
        .that(areNot(READERS))
        .and(reachAServer())
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "read an answer",
                access ->
                    calls(access, RawClient.class, "ask")
                        || calls(access, RawClient.class, "read")
                        || calls(access, RawClient.class, "readToEnd")))
        .check(TESTS);
  }

  @Test
  void noTestHasAnotherClient() {
    noClasses()
        .that()
        .haveNameNotMatching(NO_CLIENTS)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.net.http..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.HttpURLConnection")
        .check(TESTS);
  }

  @Test
  void theClientsFindWhatIsWrongInEitherProtocol() {
    List<String> broken =
        List.of(
            "{\"status\":0,\"result\":{\"version\":0,\"ticket\":-1,\"items\":[],\"retry_in_s\":86400}}",
            "{\"status\":\"ok\",\"result\":{\"ticket\":1,\"items\":[],\"retry_in\":86400}}",
            "{\"status\":null}");

    for (String answer : broken) {
      JsonHandler endpoint =
          (_, _) -> Reply.json(ByteString.of(answer.getBytes(UTF_8)), Contract.V1);
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> StrictClients.ask("/get_pro_revocations", endpoint, "{}", false));
    }
  }

  private static DescribedPredicate<JavaClass> areNot(Set<Class<?>> others) {
    return DescribedPredicate.describe(
        "are not " + others,
        type -> others.stream().map(Class::getName).noneMatch(type.getFullName()::equals));
  }

  private static DescribedPredicate<JavaClass> reachAServer() {
    return DescribedPredicate.describe(
        "reach a server of the protocols",
        type ->
            Stream.concat(Stream.of(type), type.getAllRawSuperclasses().stream())
                .flatMap(it -> it.getDirectDependenciesFromSelf().stream())
                .anyMatch(it -> SERVERS.stream().anyMatch(it.getTargetClass()::isEquivalentTo)));
  }

  private static boolean calls(JavaAccess<?> access, Class<?> owner, String method) {
    return access.getTargetOwner().isAssignableTo(owner) && access.getName().equals(method);
  }
}
