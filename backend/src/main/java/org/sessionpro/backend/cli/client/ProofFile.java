package org.sessionpro.backend.cli.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v0.ProRevocations;
import org.sessionpro.protocol.v1.KnownRevocations;
import org.sessionpro.protocol.v1.Proof;
import org.sessionpro.protocol.v1.RevocationList;
import org.sessionpro.protocol.v1.Revocations;

/// A proof in a file, judged without asking anybody (`wire-v1.md` §5, `wire-v0.md` §5.1). Which
/// protocol it is of shows in its members.
sealed interface ProofFile {
  /// Longest file that is read, as of an answer.
  long MAX_SIZE = 32L << 20;

  /// Reads the result of a proof request.
  ///
  /// @throws CommandFailed if the file holds none
  static ProofFile read(Path file) {
    JsonObject object = object(file);
    try {
      return object.has("gen_index_hash")
          ? new OfV0(ProProof.parse(object))
          : new OfV1(Proof.parse(object));
    } catch (BadRequest broken) {
      throw CommandFailed.because(file + " is no proof: " + broken.getMessage());
    }
  }

  /// What the proof says and what it is worth.
  ///
  /// @param revocations file with the result of a revocations request of the same protocol; null if
  ///     there is none
  Judgement judge(Crypto crypto, BackendKey backend, Instant now, @Nullable Path revocations);

  /// What a verifier finds.
  ///
  /// @param verdict `valid`, `bad_signature`, `expired` or `revoked`
  /// @param report the verdict and what the proof says
  record Judgement(String verdict, Report report) {
    boolean isValid() {
      return verdict.equals("valid");
    }
  }

  /// A proof of protocol v1.
  record OfV1(Proof proof) implements ProofFile {
    @Override
    public Judgement judge(
        Crypto crypto, BackendKey backend, Instant now, @Nullable Path revocations) {
      String verdict =
          proof
              .verify(crypto, backend, now, list(revocations, now))
              .name()
              .toLowerCase(Locale.ROOT);
      Report report =
          Report.empty()
              .text("verdict", verdict)
              .text("protocol", "v1")
              .moment("expiry_ts", proof.expiry())
              .text("revocation_tag", proof.tag().hex())
              .text("rotating_key", proof.rotatingKey().hex());
      return new Judgement(verdict, report);
    }

    private static Revocations list(@Nullable Path file, Instant now) {
      if (file == null) {
        return Revocations.NONE;
      }
      try {
        return KnownRevocations.NONE.learn(RevocationList.parse(object(file)), now);
      } catch (BadRequest broken) {
        throw CommandFailed.because(
            file + " is no revocation list of protocol v1: " + broken.getMessage());
      }
    }
  }

  /// A proof of protocol v0.
  record OfV0(ProProof proof) implements ProofFile {
    @Override
    public Judgement judge(
        Crypto crypto, BackendKey backend, Instant now, @Nullable Path revocations) {
      String verdict =
          switch (proof.verify(crypto, backend, now, list(revocations))) {
            case VALID -> "valid";
            case FORGED -> "bad_signature";
            case EXPIRED -> "expired";
            case REVOKED -> "revoked";
          };
      Report report =
          Report.empty()
              .text("verdict", verdict)
              .text("protocol", "v0")
              .moment("expiry_ts", proof.expiry())
              .text("gen_index_hash", proof.tag().hex())
              .text("rotating_key", proof.rotating().hex());
      return new Judgement(verdict, report);
    }

    private static ProRevocations list(@Nullable Path file) {
      if (file == null) {
        return ProRevocations.NONE;
      }
      try {
        return ProRevocations.parse(object(file));
      } catch (BadRequest broken) {
        throw CommandFailed.because(
            file + " is no revocation list of protocol v0: " + broken.getMessage());
      }
    }
  }

  private static JsonObject object(Path file) {
    try {
      if (Files.size(file) > MAX_SIZE) {
        throw CommandFailed.because(file + " is too long");
      }
      return JsonObject.parse(Files.readAllBytes(file));
    } catch (NoSuchFileException absent) {
      throw CommandFailed.because(file + " does not exist");
    } catch (IOException unreadable) {
      throw CommandFailed.because(
          file + " cannot be read: " + Optional.ofNullable(unreadable.getMessage()).orElse(""));
    } catch (BadRequest notJson) {
      throw CommandFailed.because(file + " must hold one JSON object");
    }
  }
}
