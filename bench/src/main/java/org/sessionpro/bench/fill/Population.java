package org.sessionpro.bench.fill;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Seed;

/// The accounts that a database is filled with. Everything about the account of an index, its key
/// included, follows from the seed, so whoever knows the seed can sign for all of them.
///
/// @param seed not negative
/// @param size at least 1
public record Population(long seed, int size) {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,18}):([1-9][0-9]{0,8})");
  private static final byte[] KEYS = "pro bench key".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LIVES = "pro bench life".getBytes(StandardCharsets.US_ASCII);

  public Population {
    if (seed < 0 || size < 1) {
      throw new IllegalArgumentException("accounts come from a seed, and there is at least one");
    }
  }

  /// Reads `SEED:N`, as [#toString()] writes it.
  ///
  /// @throws IllegalArgumentException if `text` is anything else; the message begins with `must`
  public static Population parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("must be SEED:N, two numbers, as `pro bench fill` says");
    }
    return new Population(Long.parseLong(parts.group(1)), Integer.parseInt(parts.group(2)));
  }

  /// The seed of the master key of an account.
  ///
  /// @param index 0 to `size` − 1
  public Seed masterSeed(int index) {
    return new Seed(ByteString.of(digest(KEYS, index)));
  }

  /// Indices of `count` accounts, spread evenly over all.
  ///
  /// @param count all of them if there are not so many
  public IntStream sample(int count) {
    return spread(IntStream.range(0, size).toArray(), count);
  }

  /// As [#sample(int)], of accounts that get proofs for a week after they were made.
  public IntStream sampleProvable(int count) {
    return spread(
        IntStream.range(0, size).filter(index -> course(index).isProvable()).toArray(), count);
  }

  private static IntStream spread(int[] indices, int count) {
    int taken = Math.min(indices.length, count);
    return IntStream.range(0, taken).map(i -> indices[(int) ((long) i * indices.length / taken)]);
  }

  Course course(int index) {
    return Course.draw(life(index));
  }

  /// The source of everything that the account's life is drawn from; its [Course] comes first.
  Random life(int index) {
    return new Random(ByteBuffer.wrap(digest(LIVES, index)).getLong());
  }

  private byte[] digest(byte[] purpose, int index) {
    ByteBuffer message =
        ByteBuffer.allocate(purpose.length + Long.BYTES + Integer.BYTES)
            .put(purpose)
            .putLong(seed)
            .putInt(index);
    try {
      return MessageDigest.getInstance("SHA-256").digest(message.array());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /// `SEED:N`.
  @Override
  public String toString() {
    return seed + ":" + size;
  }
}
