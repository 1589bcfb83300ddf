package org.sessionpro.backend.cli.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.ExitCode;
import org.sessionpro.backend.cli.OutputOptions;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.onion.OnionClient;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.protocol.v0.V0Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pro client`: asks a server what a messenger would ask, and verifies proofs as a peer would.
@Command(
    name = "client",
    description = "A client of both protocols, for trying a server out.",
    footer = {"", "With --json the answers of a server are shown as its protocol writes them."})
public final class ClientCommands {
  private static final String KEYS = "Keys file made by keygen.";

  private final Shell shell;
  private final Supplier<Crypto> crypto;
  private final InstantSource clock;
  private final SecureRandom random;

  /// @param crypto asked when a command runs: it loads native libraries
  /// @param clock what requests are stamped with and proofs are judged by
  public ClientCommands(
      Shell shell, Supplier<Crypto> crypto, InstantSource clock, SecureRandom random) {
    this.shell = shell;
    this.crypto = crypto;
    this.clock = clock;
    this.random = random;
  }

  @Command(
      name = "keygen",
      description = "Makes the keys of a new account.",
      footer = {"", "Members with --json: file, master_pkey, rotating_pkey."})
  int keygen(
      @Option(
              names = "--out",
              paramLabel = "FILE",
              required = true,
              description = "File to make, readable by you only; never overwritten.")
          Path out,
      @Mixin OutputOptions output) {
    ClientKeys keys = ClientKeys.random(random);
    Crypto algorithms = crypto.get();
    keys.create(out);
    Report report =
        Report.empty()
            .text("file", out.toString())
            .text("master_pkey", keys.masterKey(algorithms).publicKey().hex())
            .text("rotating_pkey", keys.rotatingKey(algorithms).publicKey().hex());
    return shell.print(report, output);
  }

  @Command(name = "proof", description = "Asks for a proof for the rotating key.")
  int proof(
      @Option(names = "--keys", paramLabel = "FILE", required = true, description = KEYS) Path keys,
      @Option(
              names = "--out",
              paramLabel = "FILE",
              description = "Write the proof to this file too, for verify.")
          @Nullable Path out,
      @Mixin ConnectionOptions connection,
      @Mixin OutputOptions output) {
    Answer answer =
        client(connection)
            .proof(ClientKeys.read(keys), Optional.ofNullable(connection.backendKey()));
    if (out != null) {
      write(out, answer.result().toByteArray());
    }
    return show(answer, output);
  }

  @Command(
      name = "status",
      description = "Asks how the account stands; in v0 this is /get_pro_details.")
  int status(
      @Option(names = "--keys", paramLabel = "FILE", required = true, description = KEYS) Path keys,
      @Mixin ConnectionOptions connection,
      @Mixin OutputOptions output) {
    return show(client(connection).status(ClientKeys.read(keys)), output);
  }

  @Command(name = "payments", description = "Lists the payments of the account, newest first.")
  int payments(
      @Option(names = "--keys", paramLabel = "FILE", required = true, description = KEYS) Path keys,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "10",
              description = "How many at most (default: 10).")
          int limit,
      @Option(
              names = "--before",
              paramLabel = "CURSOR",
              defaultValue = "",
              description = "Go on behind the page that ended with this cursor (v1).")
          String before,
      @Mixin ConnectionOptions connection,
      @Mixin OutputOptions output) {
    if (limit < 1) {
      throw CommandFailed.misused("--limit must be 1 or more");
    }
    return show(client(connection).payments(ClientKeys.read(keys), limit, before), output);
  }

  @Command(name = "revocations", description = "Asks for the list of revoked proofs.")
  int revocations(
      @Option(
              names = "--ticket",
              paramLabel = "N",
              defaultValue = "0",
              description = "Ticket of the list you have (default: 0, none).")
          long ticket,
      @Mixin ConnectionOptions connection,
      @Mixin OutputOptions output) {
    return show(client(connection).revocations(DecimalInteger.of(ticket)), output);
  }

  @Command(
      name = "add",
      description = {
        "Adds a payment to the account and asks for a proof for it (protocol v0). With a provider alone, and",
        "with any --dev option, a payment is made up, which servers in development mode take."
      })
  int add(
      @Option(names = "--keys", paramLabel = "FILE", required = true, description = KEYS) Path keys,
      @Option(
              names = "--out",
              paramLabel = "FILE",
              description = "Write the proof to this file too, for verify.")
          @Nullable Path out,
      @Mixin PaymentOptions payment,
      @Mixin DevTermsOptions terms,
      @Mixin ConnectionOptions connection,
      @Mixin OutputOptions output) {
    PaymentTx.Claimable named = payment.isNamed() ? payment.named() : payment.madeUp(random);
    Answer answer =
        v0(connection)
            .add(
                ClientKeys.read(keys),
                named,
                named.isDevelopment() ? terms.terms() : null,
                Optional.ofNullable(connection.backendKey()));
    if (out != null) {
      write(out, answer.result().toByteArray());
    }
    return show(answer, output);
  }

  @Command(
      name = "refund-requested",
      description = {
        "Tells the server that the store was asked for the money of a payment back, or no longer is",
        "(protocol v0). Only the owner can; of Google's payments in development mode only."
      })
  int refundRequested(
      @Option(names = "--keys", paramLabel = "FILE", required = true, description = KEYS) Path keys,
      @Option(
              names = "--at",
              paramLabel = "SECONDS",
              description = "When it was, in UNIX seconds (default: now).")
          @Nullable Long at,
      @Option(names = "--withdrawn", description = "It is asked for no longer.") boolean withdrawn,
      @Mixin PaymentOptions payment,
      @Mixin ConnectionOptions connection,
      @Mixin OutputOptions output) {
    if (at != null && (withdrawn || at < 1 || at > PaymentOptions.LAST_SECOND)) {
      throw CommandFailed.misused("--at must be UNIX seconds, and not together with --withdrawn");
    }
    Instant asked = at == null ? clock.instant() : Instant.ofEpochSecond(at);
    return show(
        v0(connection)
            .requestRefund(ClientKeys.read(keys), payment.named(), withdrawn ? V0Time.NONE : asked),
        output);
  }

  @Command(
      name = "verify",
      description = "Verifies a proof offline, as a peer does.",
      footer = {
        "",
        "Members with --json, of v1: verdict, protocol, expiry_ts, revocation_tag, rotating_key.",
        "",
        "Members with --json, of v0: verdict, protocol, expiry_ts, gen_index_hash, rotating_key."
      })
  int verify(
      @Parameters(paramLabel = "PROOF.json", description = "What proof --out has written.")
          Path proof,
      @Option(
              names = "--backend-key",
              paramLabel = "HEX",
              required = true,
              description = "The Ed25519 key that must have signed it.")
          BackendKey backendKey,
      @Option(
              names = "--revocations",
              paramLabel = "FILE",
              description = "What revocations --json has printed, of the same protocol.")
          @Nullable Path revocations,
      @Mixin OutputOptions output) {
    ProofFile.Judgement judgement =
        ProofFile.read(proof).judge(crypto.get(), backendKey, clock.instant(), revocations);
    shell.print(judgement.report(), output);
    if (judgement.isValid()) {
      return ExitCode.OK.number();
    }
    shell.error("the proof is not valid: " + judgement.verdict());
    return ExitCode.FAILED.number();
  }

  private ProtocolClient client(ConnectionOptions options) {
    return switch (options.protocol()) {
      case V0 -> v0(options);
      case V1 -> {
        Crypto algorithms = crypto.get();
        yield new V1Client(transport(options, algorithms), algorithms, clock);
      }
    };
  }

  /// A client of what only protocol v0 has.
  private V0Client v0(ConnectionOptions options) {
    Crypto algorithms = crypto.get();
    return new V0Client(transport(options, algorithms), algorithms, clock);
  }

  private Transport transport(ConnectionOptions options, Crypto algorithms) {
    DirectTransport direct = DirectTransport.to(options.url());
    return options.onion() ? onion(options, direct, algorithms) : direct;
  }

  private Transport onion(ConnectionOptions options, DirectTransport direct, Crypto algorithms) {
    BackendKey given = options.backendKey();
    BackendKey backend = given == null ? V1Client.serverStatus(direct).signingKey() : given;
    Supplier<CommandFailed> unusable =
        given == null
            ? () -> CommandFailed.because("the server's key is not usable for onion requests")
            : () -> CommandFailed.misused("--backend-key is not usable for onion requests");
    try {
      ByteString onionKey = algorithms.agreementPublicKey(backend);
      return new OnionTransport(direct, new OnionClient(algorithms, onionKey, random), unusable);
    } catch (IllegalArgumentException noPoint) {
      throw unusable.get();
    }
  }

  private int show(Answer answer, OutputOptions output) {
    return shell.print(answer.report(), answer.result().toByteArray(), output);
  }

  private static void write(Path file, byte[] document) {
    try {
      Files.write(file, document);
    } catch (IOException impossible) {
      throw CommandFailed.because(file + " cannot be written: " + impossible.getMessage());
    }
  }
}
