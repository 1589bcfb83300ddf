package org.sessionpro.backend.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.Program;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.cli.VoucherCommands;
import org.sessionpro.backend.proof.KeyFileRefused;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.backend.proof.SigningKeyFile;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.fuzz.Allowed;
import org.sessionpro.protocol.fuzz.FuzzTarget;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v1.Proof;

/// The files that commands read, and their arguments. The first byte of an input says what the rest
/// is:
///
/// | byte | rest |
/// |---|---|
/// | `p` | a proof |
/// | `r` | a revocation list |
/// | `k` | a signing key file |
/// | `w` | the keys file of a client |
/// | `c` | arguments of a command that does not get as far as to do something, one a line |
public final class CliFuzz {
  private static final Allowed REFUSED =
      new Allowed(Set.of(CommandFailed.class, KeyFileRefused.class));
  public static final FuzzTarget TARGET =
      new FuzzTarget("cli", CliFuzz.class, CliFuzz::fuzzerTestOneInput, REFUSED);

  private static final Pattern EXCEPTION = Pattern.compile("[A-Za-z]+Exception: ");
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final ServerKey BACKEND = ServerKey.development(CRYPTO);
  private static final Path FILE = secretFile();
  private static final RotatingKey ROTATING = RotatingKey.fromHex("11".repeat(32));

  private CliFuzz() {}

  /// One that only its owner may read, as key files must be.
  private static Path secretFile() {
    try {
      Path file =
          Files.createTempFile(
              "fuzz",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    switch (input[0]) {
      case 'r' -> checkList(rest);
      case 'k' -> checkKey(rest);
      case 'w' -> checkWallet(rest);
      case 'c' -> checkArguments(new String(rest, UTF_8).split("\n", -1));
      default -> checkProof(rest);
    }
  }

  private static void write(byte[] content) {
    try {
      Files.write(FILE, content);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void checkProof(byte[] content) {
    write(content);
    REFUSED
        .read(() -> ProofFile.read(FILE))
        .ifPresent(proof -> {
          ProofFile.Judgement judgement = judge(proof, null);
          assertThat(judgement.verdict()).isIn("valid", "bad_signature", "expired", "revoked");
          assertThat(judge(proof, null).verdict()).isEqualTo(judgement.verdict());
          print(judgement);
        });
  }

  private static ProofFile.Judgement judge(ProofFile proof, @Nullable Path revocations) {
    return proof.judge(CRYPTO, BACKEND.publicKey(), ServerAnswers.NOW, revocations);
  }

  /// A list can revoke a proof and do nothing else to it.
  private static void checkList(byte[] content) {
    write(content);
    for (ProofFile proof : List.of(proofOfV0(), proofOfV1())) {
      REFUSED
          .read(() -> judge(proof, FILE))
          .ifPresent(judged -> assertThat(judged.verdict()).isIn("valid", "revoked"));
    }
  }

  private static ProofFile proofOfV0() {
    return new ProofFile.OfV0(
        ProProof.issue(
            CRYPTO, BACKEND.signing(), ServerAnswers.TAG, ROTATING, ServerAnswers.EXPIRY));
  }

  private static ProofFile proofOfV1() {
    return new ProofFile.OfV1(
        Proof.sign(BACKEND.signing(), ServerAnswers.TAG, ROTATING, ServerAnswers.EXPIRY));
  }

  private static void print(ProofFile.Judgement judgement) {
    CapturedShell shell = new CapturedShell(Map.of());
    run(shell, "client", "verify", FILE.toString(), "--backend-key", BACKEND.publicKey().hex());
    assertThat(shell.out()).startsWith("Verdict         " + judgement.verdict() + "\n");
  }

  /// A key that is read is the one that the file states.
  private static void checkKey(byte[] content) {
    write(content);
    Optional<ServerKey> read = REFUSED.read(() -> SigningKeyFile.read(FILE, CRYPTO));
    read.ifPresent(
        key -> assertThat(new String(content, UTF_8)).containsIgnoringCase(key.publicKey().hex()));
  }

  private static void checkWallet(byte[] content) {
    write(content);
    Optional<ClientKeys> read = REFUSED.read(() -> ClientKeys.read(FILE));
    read.ifPresent(keys -> {
      assertThat(ClientKeys.read(FILE)).isEqualTo(keys);
      assertThat(keys.toString()).doesNotContain(keys.master().bytes().hex());
    });
  }

  /// `verify` and `mint` where neither file nor folder is what it should be: all arguments are
  /// judged, nothing is done, and there is one line for people at least. It shows what was given, and
  /// no exception.
  private static void checkArguments(String[] arguments) {
    List<String> given = new ArrayList<>(Arrays.asList(arguments));
    String verb = given.removeFirst();
    List<String> all =
        verb.equals("mint")
            ? new ArrayList<>(List.of("voucher", "mint", "--data", FILE.toString()))
            : new ArrayList<>(List.of("client", "verify", "/"));
    all.addAll(given);
    CapturedShell shell = new CapturedShell(Map.of());
    int status = run(shell, all.toArray(String[]::new));
    assertThat(status).isBetween(0, 3);
    assertThat(shell.err()).doesNotContain("\tat ");
    if (status != 0) {
      assertThat(shell.err()).startsWith("pro: ");
      assertThat(EXCEPTION.matcher(shell.err()).results().map(MatchResult::group))
          .allMatch(shown -> all.stream().anyMatch(argument -> argument.contains(shown)));
    }
  }

  private static int run(CapturedShell captured, String... arguments) {
    Shell shell = captured.shell();
    return new Program(
            shell,
            settings -> {},
            List.of(
                new VoucherCommands(shell, () -> ServerAnswers.NOW),
                new ClientCommands(
                    shell, () -> CRYPTO, () -> ServerAnswers.NOW, new SecureRandom())))
        .run(arguments);
  }
}
