package org.sessionpro.backend.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sessionpro.backend.config.ConfigurationError;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.config.SettingSource;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.config.SettingsReader;
import org.sessionpro.backend.entitlement.AccountFact;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.fuzz.Allowed;
import org.sessionpro.protocol.fuzz.FuzzTarget;

/// What the service is told by its own tables and by its operator. The first byte of an input says
/// what the rest is:
///
/// | byte | rest |
/// |---|---|
/// | `f`, `a`, `b` | a stored fact about a payment, an account, a subscription: its kind, and in the next line its body |
/// | `u` | a database URL |
/// | `s` | settings, `NAME=value` a line |
/// | `p` | a plan |
public final class StoredFuzz {
  /// What damage in the tables is told by.
  private static final Allowed DAMAGE =
      new Allowed(
          Set.of(
              BadRequest.class,
              IllegalStateException.class,
              IllegalArgumentException.class,
              NumberFormatException.class,
              ArithmeticException.class));

  private static final Allowed BROKEN_RULE = Allowed.only(IllegalArgumentException.class);
  private static final Allowed MISTAKES = Allowed.only(ConfigurationError.class);

  public static final FuzzTarget TARGET =
      new FuzzTarget(
          "stored",
          StoredFuzz.class,
          StoredFuzz::fuzzerTestOneInput,
          DAMAGE.or(BROKEN_RULE).or(MISTAKES));

  private StoredFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    String text = new String(input, 1, input.length - 1, UTF_8);
    switch (input[0]) {
      case 'a' -> checkAccountFact(kind(text), body(text));
      case 'b' -> checkSubscriptionFact(kind(text), body(text));
      case 'u' -> checkUrl(text);
      case 's' -> checkSettings(text);
      case 'p' -> checkPlan(text);
      default -> checkPaymentFact(kind(text), body(text));
    }
  }

  private static String kind(String text) {
    return text.substring(0, Math.max(0, text.indexOf('\n')));
  }

  private static String body(String text) {
    return text.substring(text.indexOf('\n') + 1);
  }

  /// A fact that is read is written, and read again, as the same.
  private static void checkPaymentFact(String kind, String body) {
    Optional<PaymentFact> read = DAMAGE.read(() -> PaymentFactCodec.read(kind, body));
    read.ifPresent(fact -> {
      WrittenFact written = PaymentFactCodec.write(fact);
      assertThat(written.kind()).isEqualTo(kind);
      assertThat(PaymentFactCodec.read(kind, written.body())).isEqualTo(fact);
    });
  }

  private static void checkAccountFact(String kind, String body) {
    Optional<AccountFact> read = DAMAGE.read(() -> AccountFactCodec.read(kind, body));
    read.ifPresent(fact -> {
      WrittenFact written = AccountFactCodec.write(fact);
      assertThat(written.kind()).isEqualTo(kind);
      assertThat(AccountFactCodec.read(kind, written.body())).isEqualTo(fact);
    });
  }

  private static void checkSubscriptionFact(String kind, String body) {
    Optional<SubscriptionFact> read = DAMAGE.read(() -> SubscriptionFactCodec.read(kind, body));
    read.ifPresent(fact -> {
      WrittenFact written = SubscriptionFactCodec.write(fact);
      assertThat(written.kind()).isEqualTo(kind);
      assertThat(SubscriptionFactCodec.read(kind, written.body())).isEqualTo(fact);
    });
  }

  /// Neither a message nor the text form tells credentials.
  private static void checkUrl(String text) {
    Optional<DatabaseUrl> read =
        BROKEN_RULE.read(() -> {
          try {
            return DatabaseUrl.parse(text);
          } catch (IllegalArgumentException broken) {
            assertThat(broken).hasMessageStartingWith("must ");
            throw broken;
          }
        });
    if (read.orElse(null) instanceof DatabaseUrl.Postgres server) {
      assertThat(server.port()).isBetween(1, 65_535);
      assertThat(server.host()).isNotEmpty();
      assertThat(withOtherCredentials(server)).hasToString(server.toString());
    }
  }

  private static DatabaseUrl withOtherCredentials(DatabaseUrl.Postgres server) {
    return new DatabaseUrl.Postgres(
        server.host(),
        server.port(),
        server.database(),
        server.user() == null ? null : server.user() + "x",
        server.password() == null ? null : server.password() + "x",
        server.properties());
  }

  private static void checkSettings(String text) {
    Map<String, String> variables = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        variables.put("SESH_PRO_BACKEND_" + line.substring(0, equals), line.substring(equals + 1));
      }
    }
    List<SettingSource> sources = List.of(SettingSource.environment(variables));
    Optional<Settings> read =
        MISTAKES.read(() -> {
          try {
            return SettingsReader.read(sources);
          } catch (ConfigurationError mistakes) {
            checkProblems(mistakes);
            throw mistakes;
          }
        });
    read.ifPresent(settings -> assertThat(SettingsReader.read(sources)).isEqualTo(settings));
  }

  /// Every problem names a variable, one of ours unless that is the problem, and a rule.
  private static void checkProblems(ConfigurationError mistakes) {
    List<String> names = Arrays.stream(Setting.values()).map(Setting::variable).toList();
    assertThat(mistakes.problems())
        .isNotEmpty()
        .allSatisfy(problem -> {
          assertThat(problem.expected()).startsWith("must ");
          if (!problem.expected().contains(": this server has no such setting")) {
            assertThat(names).contains(problem.name());
          }
        });
  }

  private static void checkPlan(String text) {
    Optional<Plan> constructed = BROKEN_RULE.read(() -> new Plan(text));
    assertThat(Plan.ofCode(text)).isEqualTo(constructed);
    assertThat(constructed.isPresent()).isEqualTo(text.matches("[1-9]\\d{0,14}[smdwy]|lifetime"));
    Plan.ofLabel(text).ifPresent(plan -> assertThat(Plan.ofCode(plan.code())).contains(plan));
  }
}
