package org.sessionpro.backend.http.clients;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.crypto.SigningKey;

/// Somebody with a master key and a rotating key.
public record Person(SigningKey master, SigningKey rotating) {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  /// Somebody whom no test has met.
  public static Person unknown() {
    return new Person(nextKey(), nextKey());
  }

  /// The same person in the next week.
  public Person withNextRotatingKey() {
    return new Person(master, nextKey());
  }

  /// This person in the name of somebody whose master key he cannot sign with.
  public Person withMasterKeyOf(Person victim) {
    return new Person(new Pretence(victim.master, master), rotating);
  }

  /// This person with a rotating key that he cannot sign with.
  public Person withRotatingKeyOf(Person victim) {
    return new Person(master, new Pretence(victim.rotating, rotating));
  }

  /// A public key and signatures of another.
  private record Pretence(SigningKey claimed, SigningKey own) implements SigningKey {
    @Override
    public ByteString publicKey() {
      return claimed.publicKey();
    }

    @Override
    public Signature sign(byte[] message) {
      return own.sign(message);
    }
  }

  public MasterKey masterKey() {
    return new MasterKey(master.publicKey());
  }

  public RotatingKey rotatingKey() {
    return new RotatingKey(rotating.publicKey());
  }

  /// A text that no other person's purchases contain.
  public String id(String prefix) {
    return prefix + "-" + master.publicKey().hex().substring(0, 12);
  }

  private static SigningKey nextKey() {
    byte[] seed =
        ByteBuffer.allocate(Seed.SIZE).put((byte) 'p').putInt(NUMBER.incrementAndGet()).array();
    return RunningBackend.CRYPTO.signingKey(new Seed(ByteString.of(seed)));
  }
}
