package org.sessionpro.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which library is chosen, and that a missing, broken or wrong one is passed over.
class LibraryChoiceTest {
  private static final Candidate<Ed25519> GOOD =
      new Candidate<>("good", BouncyCastleCurves::ed25519);

  @Test
  void fastestLibrariesAreChosenWhereAllArePresent() {
    List<Crypto.Choice> choices = Crypto.selfTested().choices();
    assertThat(choices).extracting(Crypto.Choice::algorithm).containsExactly("Ed25519", "X25519");
    assertThat(choices.get(0).library()).startsWith("Amazon Corretto ");
    assertThat(choices.get(1).library()).startsWith("Conscrypt ");
    assertThat(choices).allMatch(choice -> choice.passedOver().isEmpty());
  }

  @Test
  void librariesThatAreNotNamedAreNotChosen() {
    List<Crypto.Choice> choices =
        Crypto.selfTested(Set.of("Amazon Corretto", "BouncyCastle")).choices();
    assertThat(choices.get(0).library()).startsWith("Amazon Corretto ");
    assertThat(choices.get(1).library()).isEqualTo("BouncyCastle");
  }

  @Test
  void anAlgorithmThatNoNamedLibraryHasIsAFault() {
    assertThatThrownBy(() -> Crypto.selfTested(Set.of("Amazon Corretto")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void bouncyCastleIsChosenWhereTheOptionalJarsAreAbsent() throws Exception {
    Class<?> crypto = new LoaderWithoutNativeLibraries().loadClass(Crypto.class.getName());
    Object chosen = crypto.getMethod("selfTested").invoke(null);
    assertThat(crypto.getMethod("choices").invoke(chosen).toString())
        .contains("algorithm=Ed25519, library=BouncyCastle, passedOver=[Amazon Corretto: ")
        .contains("algorithm=X25519, library=BouncyCastle, passedOver=[Conscrypt: ")
        .contains("NoClassDefFoundError");
  }

  @Test
  void libraryThatCannotBeLoadedIsPassedOver() {
    Candidate<Ed25519> unlinked =
        new Candidate<>(
            "unlinked",
            () -> {
              throw new UnsatisfiedLinkError("no such file");
            });
    Candidate<Ed25519> broken =
        new Candidate<>(
            "broken",
            () -> {
              throw new IllegalStateException("cannot start");
            });
    Candidate.Chosen<Ed25519> chosen =
        Candidate.firstPassing(List.of(unlinked, broken, GOOD), SelfTest::ed25519);
    assertThat(chosen.implementation().library()).isEqualTo("BouncyCastle");
    assertThat(chosen.passedOver())
        .containsExactly(
            "unlinked: java.lang.UnsatisfiedLinkError: no such file",
            "broken: java.lang.IllegalStateException: cannot start");
  }

  static List<Ed25519> wrongEd25519() {
    return List.of(
        FakeEd25519.signing(right -> new byte[64]),
        FakeEd25519.verifying((key, message, signature) -> false),
        FakeEd25519.verifying((key, message, signature) -> true),
        FakeEd25519.verifying((key, message, signature) -> key[0] == (byte) 0xfc),
        FakeEd25519.verifying((key, message, signature) -> message[0] == (byte) 0xaf),
        FakeEd25519.verifying((key, message, signature) -> signature[0] == (byte) 0x62),
        FakeEd25519.verifying((key, message, signature) -> signature[63] == (byte) 0x0a));
  }

  @ParameterizedTest
  @MethodSource("wrongEd25519")
  void wrongEd25519IsPassedOver(Ed25519 wrong) {
    List<Candidate<Ed25519>> candidates = List.of(new Candidate<>("wrong", () -> wrong), GOOD);
    assertThat(Candidate.firstPassing(candidates, SelfTest::ed25519).passedOver())
        .singleElement()
        .asString()
        .startsWith("wrong: ");
  }

  static List<X25519> wrongX25519() {
    X25519 right = BouncyCastleCurves.x25519();
    return List.of(
        new FakeX25519((own, peer) -> new byte[32]),
        new FakeX25519((own, peer) -> peer[31] < 0 ? new byte[32] : right.agree(own, peer)),
        new FakeX25519((own, peer) -> peer[30] == -1 ? new byte[32] : right.agree(own, peer)));
  }

  @ParameterizedTest
  @MethodSource("wrongX25519")
  void wrongX25519IsPassedOver(X25519 wrong) {
    List<Candidate<X25519>> candidates =
        List.of(
            new Candidate<>("wrong", () -> wrong),
            new Candidate<>("good", BouncyCastleCurves::x25519));
    assertThat(Candidate.firstPassing(candidates, SelfTest::x25519).passedOver())
        .singleElement()
        .asString()
        .startsWith("wrong: ");
  }

  @Test
  void havingNoRightLibraryIsAFault() {
    List<Candidate<Ed25519>> candidates =
        List.of(new Candidate<>("wrong", () -> FakeEd25519.verifying((k, m, s) -> true)));
    assertThatThrownBy(() -> Candidate.firstPassing(candidates, SelfTest::ed25519))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("wrong: ");
  }

  /// Loads our own classes anew, and finds neither of the optional libraries.
  private static final class LoaderWithoutNativeLibraries extends ClassLoader {
    LoaderWithoutNativeLibraries() {
      super(LibraryChoiceTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("com.amazon.corretto.") || name.startsWith("org.conscrypt.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("org.sessionpro.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] code = in.readAllBytes();
        return defineClass(name, code, 0, code.length);
      } catch (IOException unreadable) {
        throw new ClassNotFoundException(name, unreadable);
      }
    }
  }
}
