package org.sessionpro.backend.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.simulator.apple.script.AppleVocabulary;
import org.sessionpro.simulator.google.script.GoogleVocabulary;
import org.sessionpro.simulator.script.ScriptParser;
import org.sessionpro.simulator.script.ScriptRunner;
import org.sessionpro.simulator.script.Vocabulary;

/// The other half of scenario 24 of `app-store.md` §9.4: a refund in one store while a subscription of the
/// other one covers further revokes no proof.
@ExtendWith(NativeSignatures.class)
class RefundBesideOtherStoreTest {
  @TempDir private Path folder;

  private Workplace at;
  private Script play;
  private Script apple;

  /// What is told of one store. Two scripts of one name have the same people.
  private record Script(ScriptRunner.Session session, ScriptParser parser) {
    static Script of(Workplace at, StoreProvider store, Vocabulary words) {
      Script script = new Script(at.runner(store).open("beside"), new ScriptParser(List.of(words)));
      script.tell("buyer alice");
      return script;
    }

    void tell(String... statements) {
      Stream.of(statements).forEach(one -> session.play(parser.parseLine(one)));
    }
  }

  @BeforeEach
  void open() {
    at = new Workplace(Workplace.Stores.BOTH, new EmptyDatabases(folder).next(), folder, 1);
    play = Script.of(at, StoreProvider.GOOGLE, new GoogleVocabulary());
    apple = Script.of(at, StoreProvider.APPLE, new AppleVocabulary());
  }

  @AfterEach
  void close() {
    at.close();
  }

  @Test
  void aRefundOfTheAppStoreRevokesNothingWhileGooglePlayCoversFurther() {
    play.tell("buy g alice session-pro-12-months");
    apple.tell("buy a alice 1-month @a", "settle", "ask alice proof issued", "advance 5d");

    apple.tell("refund a#1 @b", "settle");

    apple.tell(
        "expect row a#1 expiry=@a+1mo revoked=@b reason=refund renewing=no",
        "expect account alice active",
        "ask alice proof issued",
        "expect generation alice 1",
        "expect list 0");
  }

  @Test
  void aRevocationOfGooglePlayRevokesNothingWhileTheAppStoreCoversFurther() {
    apple.tell("buy a alice 12-months");
    play.tell("buy g alice session-pro-1-month", "settle", "ask alice proof issued", "advance 5d");

    play.tell("revoke g @b", "settle");

    play.tell(
        "expect row g#1 revoked=@b",
        "expect account alice active",
        "ask alice proof issued",
        "expect generation alice 1",
        "expect list 0");
  }

  @Test
  void aRefundOfTheLongerOneRevokesAtOnce() {
    play.tell("buy g alice session-pro-1-month");
    apple.tell("buy a alice 12-months", "settle", "ask alice proof issued", "advance 10d");

    apple.tell("refund a#1", "settle");

    apple.tell("expect list 1");
  }
}
