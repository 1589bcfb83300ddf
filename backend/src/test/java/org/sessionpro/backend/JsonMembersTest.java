package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.PromisedMembers;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.backend.store.apple.LoopbackApple;
import org.sessionpro.backend.store.apple.TestPki;
import org.sessionpro.backend.store.google.work.SimulatedGoogle;
import org.sessionpro.backend.takeover.PythonDatabase;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.notice.Notice;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// Every command prints with `--json` what its help says, on a ledger and an inbox in which there is
/// something to print.
class JsonMembersTest {
  private static final MasterKey ALICE = MasterKey.fromHex("a1".repeat(32));
  private static final String KEY = ALICE.hex();
  private static final String OTHER = "b2".repeat(32);

  /// What prints the answers of a server as its protocol has them.
  private static final Set<String> OF_A_PROTOCOL =
      Set.of(
          "pro client add",
          "pro client payments",
          "pro client proof",
          "pro client refund-requested",
          "pro client revocations",
          "pro client status");

  /// What only fails.
  private static final Set<String> NOTHING = Set.of("pro revocations delete");

  /// What needs more than a test of its own should; that test compares its members, too.
  private static final Map<String, String> ELSEWHERE =
      Map.of("pro client verify", "cli/client/VerifyCommandTest.java");

  private static final CommandLine WHOLE =
      Main.program(new CapturedShell(Map.of()).shell()).commandLine();

  private static final List<String> ALL = names(speaking());

  @TempDir Path folder;
  private final Set<String> ran = new HashSet<>();

  private static Stream<CommandLine> leaves(CommandLine command) {
    return command.getSubcommands().isEmpty()
        ? Stream.of(command)
        : command.getSubcommands().values().stream().flatMap(JsonMembersTest::leaves);
  }

  /// What prints something of its own with `--json`.
  private static List<CommandSpec> speaking() {
    return leaves(WHOLE)
        .map(CommandLine::getCommandSpec)
        .filter(spec -> spec.findOption("--json") != null)
        .filter(spec -> !OF_A_PROTOCOL.contains(spec.qualifiedName()))
        .filter(spec -> !NOTHING.contains(spec.qualifiedName()))
        .toList();
  }

  private static List<String> names(List<CommandSpec> commands) {
    return commands.stream().map(spec -> spec.qualifiedName()).toList();
  }

  @Test
  void everyHelpSaysWhatIsPrinted() {
    assertThat(names(speaking().stream().filter(it -> PromisedMembers.of(it).isEmpty()).toList()))
        .isEmpty();
  }

  @Test
  void everyCommandPrintsWhatItsHelpSays() throws Exception {
    ownLedger(Map.of("SESH_PRO_BACKEND_DB_URL", "sqlite:///" + folder.resolve("pro.db")));
    takeover();
    try (LoopbackApple apple = new LoopbackApple(folder);
        SimulatedGoogle google = new SimulatedGoogle(folder, Instant.now())) {
      stores(apple, google);
    }
    for (Map.Entry<String, String> one : ELSEWHERE.entrySet()) {
      assertThat(Path.of("src/test/java/org/sessionpro/backend", one.getValue()))
          .content()
          .contains("PromisedMembers.run(", "\"--json\"");
    }

    ran.addAll(ELSEWHERE.keySet());
    assertThat(ran).containsExactlyInAnyOrderElementsOf(ALL);
  }

  /// What a command prints that succeeds.
  private JsonNode run(Map<String, String> environment, String line) {
    return run(new CapturedShell(environment), line);
  }

  private JsonNode run(CapturedShell shell, String line) {
    String[] words = (line + " --json").split(" ", -1);
    int status = promised(shell, words);
    assertThat(status).as("%s: %s%s", line, shell.out(), shell.err()).isZero();
    String name = "pro " + words[0];
    String longer = name + " " + words[1];
    ran.add(ALL.contains(longer) ? longer : name);
    try {
      return new ObjectMapper().readTree(shell.out());
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(shell.out(), malformed);
    }
  }

  private static int promised(CapturedShell shell, String... words) {
    return PromisedMembers.run(shell, Main.program(shell.shell()), () -> WHOLE, words);
  }

  private void ownLedger(Map<String, String> where) {
    Map<String, String> mine = new HashMap<>(where);
    mine.put("SESH_PRO_BACKEND_DEV", "1");
    List.of(
            "db migrate --apply",
            "config check",
            "config show",
            "keys show",
            "keys check",
            "voucher mint --plan 1M --reason x --apply --master-key " + KEY)
        .forEach(line -> run(mine, line));
    try (Ledger ledger =
        Ledger.open(
            new DatabaseUrl.Sqlite(folder.resolve("pro.db")),
            RenewalAllowance.DEFAULT,
            new SecureRandom())) {
      ledger.belongTo(ServerKey.development(RunningBackend.CRYPTO).publicKey());
    }
    String order =
        run(mine, "voucher mint --plan 3M --reason x --apply --master-key " + KEY)
            .required("payment_id")
            .textValue();
    run(mine, "payment reattribute " + order + " --reason x --apply --to " + OTHER);
    run(mine, "account revoke --reason x --apply " + KEY);
    List.of("show ", "explain ", "payments ").forEach(verb -> run(mine, "account " + verb + KEY));
    Arrays.asList("daily", "weekly", "monthly").forEach(one -> run(mine, "report " + one));
    List.of(
            "revocations bump-ticket 7 --reason x --apply",
            "revocations list",
            "acts list",
            "clock check",
            "doctor",
            "db info",
            "db check",
            "client keygen --out " + folder.resolve("wallet.json"))
        .forEach(line -> run(mine, line));
    String copy = run(mine, "db backup").required("file").textValue();
    run(mine, "db backups");
    run(mine, "db restore " + copy);
    run(mine, "db restore --reason x --apply " + copy);
    keys(where);
  }

  private void keys(Map<String, String> where) {
    Path file = folder.resolve("new.key");
    run(where, "keys generate --out " + file);
    run(where, "keys rotate --reason x --apply --to " + file);
  }

  private void takeover() throws Exception {
    String from;
    try (PythonDatabase source = PythonDatabase.create(Engine.SQLITE, folder)) {
      long expiry = Instant.now().plusSeconds(86_400).toEpochMilli();
      source.add(
          source.voucher(PythonDatabase.key(1), "order", expiry),
          PythonDatabase.user(1, 7, expiry));
      from = Engine.text(source.url());
    }
    Path key = folder.resolve("old.key");
    String words =
        "import python --allow-writable-role --from %s --db sqlite:///%s --data %s"
            .formatted(
                from, folder.resolve("taken.db"), Files.createDirectory(folder.resolve("d")));
    run(Map.of(), words + " --write-key " + key);
    CapturedShell shell = new CapturedShell(Map.of());
    String rehearsal = words + " --json --key " + key;
    var _ = promised(shell, rehearsal.split(" ", -1));
    assertThat(shell.out()).startsWith("{\"verdict\":");
  }

  private Map<String, String> environment(LoopbackApple apple, SimulatedGoogle google)
      throws Exception {
    Map<String, String> all = new HashMap<>(google.environment());
    all.put("SESH_PRO_BACKEND_DEV", "1");
    all.put("SESH_PRO_BACKEND_DB_URL", "sqlite:///" + folder.resolve("stores.db"));
    all.put("SESH_PRO_BACKEND_WITH_PROVIDER_APP_STORE", "1");
    Map<String, String> ofApple =
        Map.of(
            "BUNDLE_ID",
            apple.settings().app().bundle().value(),
            "ENVIRONMENT",
            "Sandbox",
            "API_BASE_URL",
            apple.url().toString(),
            "ISSUER_ID",
            LoopbackApple.ISSUER,
            "KEY_ID",
            LoopbackApple.KEY_ID,
            "KEY_PATH",
            apple.key().toString(),
            "ALLOW_CUSTOM_ROOTS",
            "1",
            "ROOT_CERTIFICATES",
            Files.writeString(folder.resolve("root.pem"), TestPki.withoutResponder().rootAsPem())
                .toString());
    ofApple.forEach((name, value) -> all.put("SESH_PRO_BACKEND_APPLE_" + name, value));
    return all;
  }

  private void stores(LoopbackApple apple, SimulatedGoogle google) throws Exception {
    Map<String, String> both = environment(apple, google);
    run(both, "db migrate --apply");
    PurchaseToken token = google.buy(ALICE);
    google.store().announce(new Notice.OfRefundReview(token, google.order(token), 3));
    List.of(
            "google ping",
            "google pull-once",
            "google pull-once --apply",
            "google status",
            "google parked",
            "google review",
            "google reconcile --apply some-token",
            "google-purchase refund " + google.order(token).value(),
            "google-purchase revoke --back full " + token.value(),
            "google-purchase cancel --as developer " + token.value(),
            "google-purchase defer --days 3 " + token.value())
        .forEach(line -> run(both, line));
    String question =
        run(CapturedShell.watched(both), "google review --unmasked")
            .required("items")
            .required(0)
            .required("id")
            .textValue();
    run(both, "google review --preference decline " + question);
    apple
        .answers(200, "{'notificationHistory':[{'signedPayload':'nonsense'}],'hasMore':false}")
        .answers(200, "{'testNotificationToken':'t'}")
        .answers(200, "{'sendAttempts':[{'sendAttemptResult':'SUCCESS'}]}");
    List.of(
            "apple catch-up",
            "apple catch-up --apply",
            "apple ping",
            "apple status",
            "apple reconcile --apply 2000000000000001",
            "apple parked",
            "apple parked retry",
            "inbox list",
            "inbox show some-token",
            "inbox retry some-token",
            "inbox reconcile --provider google some-token",
            "inbox drop --reason x --apply some-token another")
        .forEach(line -> run(both, line));
  }
}
