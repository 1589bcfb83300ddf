package org.sessionpro.simulator.google.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.simulator.google.api.PlayEndpoint;
import org.sessionpro.simulator.google.catalogue.BasePlanId;
import org.sessionpro.simulator.google.catalogue.OfferId;
import org.sessionpro.simulator.google.catalogue.ProductId;
import org.sessionpro.simulator.google.notice.SubscriptionEvent;
import org.sessionpro.simulator.google.play.ReplacementMode;
import org.sessionpro.simulator.google.pubsub.Delivery;
import org.sessionpro.simulator.google.pubsub.DeliveryRule;
import org.sessionpro.simulator.google.pubsub.Handling;
import org.sessionpro.simulator.google.pubsub.Spoilage;
import org.sessionpro.simulator.google.script.GoogleExpectation.Condition;
import org.sessionpro.simulator.google.script.GoogleExpectation.Notices;
import org.sessionpro.simulator.google.script.GoogleExpectation.Stands;
import org.sessionpro.simulator.google.script.GoogleExpectation.Undelivered;
import org.sessionpro.simulator.script.CycleRef;
import org.sessionpro.simulator.script.InstantValue;
import org.sessionpro.simulator.script.ScriptError;
import org.sessionpro.simulator.script.Span;
import org.sessionpro.simulator.script.StoreExpectation;
import org.sessionpro.simulator.script.StoreStep;
import org.sessionpro.simulator.script.Vocabulary;
import org.sessionpro.simulator.script.Words;

/// The words of Google Play.
///
/// | statement | meaning |
/// |---|---|
/// | `buy P BUYER PLAN [offer=ID] [pending] [test]` | a subscription, called P from now on |
/// | `buy-many P N PLAN` | N of them, called P-1, P-2, … |
/// | `buy-once P BUYER PRODUCT [quantity=N] [pending] [test]` | things |
/// | `complete P`, `abandon P` | the payment of a pending purchase comes, or never does |
/// | `decline P`, `approve P` | the buyer's card |
/// | `cancel P [by=developer]`, `restart P` | renewal off and on |
/// | `pause P SPAN\|off`, `resume P` | from the end of the cycle on |
/// | `change P to=Q PLAN [mode=…] [pending]` | another plan; modes are Play's in lower case |
/// | `top-up P to=Q` | more time of a prepaid plan |
/// | `buy-again P to=Q told=ids\|token\|both\|nothing` | outside the app, after P is over |
/// | `defer P SPAN` | the developer gives time |
/// | `charge-ahead P SPAN` | renewals are charged before the cycle ends |
/// | `revoke P`, `charge-back P`, `refund P#N [revoke]`, `take-back P [quantity=N]` | money goes back |
/// | `app-acknowledges P` | the app confirms the purchase, not the server |
/// | `tell P price-change\|step-up\|add-on\|google-profile` | news of no consequence |
/// | `notify P EVENT`, `notify-test`, `review-refund P#N` | notices without a change |
/// | `deliver HOW [of=P] [news=WORD,…] [times=N]` | what becomes of notifications: `lost`, `held`, `late by=SPAN`, `shuffled within=SPAN`, `again copies=N ids=same\|new`, `spoiled how=…` |
/// | `deliver normally`, `release [sent\|reversed\|shuffled]`, `seed N` | |
/// | `end-tokens` | every access token ends |
///
/// | expectation | meaning |
/// |---|---|
/// | `store P [PHASE] [expiry=INSTANT] [renewing=yes\|no] [acknowledged=yes\|no] [identified=yes\|no] [cycles=N] [taken=N]` | how Play sees it |
/// | `notices P WORD…` | all that was published about it |
/// | `undelivered N` | messages that nobody has acknowledged |
public final class GoogleVocabulary implements Vocabulary {
  @Override
  public PaymentProvider store() {
    return PaymentProvider.GOOGLE_PLAY;
  }

  @Override
  public boolean knowsEndpoint(String word) {
    return PlayEndpoint.ofWord(word).isPresent();
  }

  @Override
  public Optional<StoreStep> step(String verb, Words words) {
    return Optional.ofNullable(
        switch (verb) {
          case "buy" -> buy(words);
          case "buy-many" ->
              new GoogleStep.BuyMany(name(words), words.number("how many"), plan(words));
          case "buy-once" -> buyOnce(words);
          case "complete" -> new GoogleStep.Complete(name(words));
          case "abandon" -> new GoogleStep.Abandon(name(words));
          case "decline" -> new GoogleStep.SetCard(name(words), true);
          case "approve" -> new GoogleStep.SetCard(name(words), false);
          case "cancel" ->
              new GoogleStep.Cancel(
                  name(words), words.option("by").map("developer"::equals).orElse(false));
          case "restart" -> new GoogleStep.Restart(name(words));
          case "pause" -> pause(words);
          case "resume" -> new GoogleStep.Resume(name(words));
          case "change" -> change(words);
          case "top-up" -> new GoogleStep.TopUp(name(words), successor(words));
          case "buy-again" ->
              new GoogleStep.BuyAgain(
                  name(words),
                  successor(words),
                  words.required("told", word -> Words.constant(GoogleStep.Told.class, word)));
          case "defer" -> new GoogleStep.Defer(name(words), length(words));
          case "charge-ahead" -> new GoogleStep.ChargeAhead(name(words), length(words));
          default -> afterwards(verb, words);
        });
  }

  private static @Nullable GoogleStep afterwards(String verb, Words words) {
    return switch (verb) {
      case "revoke" -> new GoogleStep.Revoke(name(words));
      case "charge-back" -> new GoogleStep.ChargeBack(name(words));
      case "refund" -> new GoogleStep.Refund(cycle(words), words.takes("revoke"));
      case "take-back" ->
          new GoogleStep.TakeBack(
              name(words), words.option("quantity", Integer::parseInt).orElse(null));
      case "app-acknowledges" -> new GoogleStep.AppAcknowledges(name(words));
      case "tell" ->
          new GoogleStep.Tell(
              name(words), Words.constant(GoogleStep.Trifle.class, words.next("what")));
      case "notify" -> new GoogleStep.Notify(name(words), event(words.next("an event")));
      case "notify-test" -> new GoogleStep.NotifyTest();
      case "review-refund" -> new GoogleStep.ReviewRefund(cycle(words));
      case "deliver" -> deliver(words);
      case "release" -> new GoogleStep.Release(order(words.maybeNext().orElse("sent")));
      case "seed" -> new GoogleStep.Seed(words.number("a number"));
      case "end-tokens" -> new GoogleStep.EndTokens();
      default -> null;
    };
  }

  private static String name(Words words) {
    return words.next("the name of a purchase");
  }

  private static String successor(Words words) {
    return words.required("to", name -> name);
  }

  private static BasePlanId plan(Words words) {
    return new BasePlanId(words.next("a base plan"));
  }

  private static CycleRef cycle(Words words) {
    return CycleRef.parse(words.next("a cycle"));
  }

  private static Duration length(Words words) {
    return Span.parse(words.next("a length of time")).duration();
  }

  private static GoogleStep buy(Words words) {
    return new GoogleStep.Buy(
        name(words),
        words.next("a buyer"),
        plan(words),
        words.option("offer", OfferId::new).orElse(null),
        words.takes("pending"),
        words.takes("test"));
  }

  private static GoogleStep buyOnce(Words words) {
    return new GoogleStep.BuyOnce(
        name(words),
        words.next("a buyer"),
        new ProductId(words.next("a product")),
        words.option("quantity", Integer::parseInt).orElse(1),
        words.takes("pending"),
        words.takes("test"));
  }

  private static GoogleStep pause(Words words) {
    String name = name(words);
    return new GoogleStep.Pause(
        name,
        words.takes("off") ? null : Span.parse(words.next("a length of time or off")).period());
  }

  private static GoogleStep change(Words words) {
    return new GoogleStep.Change(
        name(words),
        successor(words),
        plan(words),
        words
            .option("mode", word -> Words.constant(ReplacementMode.class, word))
            .orElse(ReplacementMode.CHARGE_FULL_PRICE),
        words.takes("pending"));
  }

  private static SubscriptionEvent event(String word) {
    try {
      return SubscriptionEvent.valueOf(word);
    } catch (IllegalArgumentException unknown) {
      throw new ScriptError("'" + word + "' is no subscription event");
    }
  }

  private static Delivery.Order order(String word) {
    return switch (word) {
      case "sent" -> Delivery.Order.AS_SENT;
      case "reversed" -> Delivery.Order.REVERSED;
      case "shuffled" -> Delivery.Order.SHUFFLED;
      default -> throw new ScriptError("'" + word + "' is no order");
    };
  }

  private static GoogleStep deliver(Words words) {
    if (words.takes("normally")) {
      return new GoogleStep.DeliverNormally();
    }
    Handling handling = handling(words);
    return new GoogleStep.Deliver(
        words.option("news").map(news -> Set.of(news.split(","))).orElse(Set.of()),
        words.option("of").orElse(null),
        words.option("times", Integer::parseInt).orElse(DeliveryRule.UNTIL_CLEARED),
        handling);
  }

  private static Handling handling(Words words) {
    String how = words.next("how");
    return switch (how) {
      case "lost" -> new Handling.Lost();
      case "held" -> new Handling.Held();
      case "late" -> new Handling.Late(words.required("by", Span::parse).duration());
      case "shuffled" -> new Handling.Shuffled(words.required("within", Span::parse).duration());
      case "again" ->
          new Handling.Repeated(
              words.required("copies", Integer::parseInt),
              words.required("ids", ids -> ids).equals("same"));
      case "spoiled" ->
          new Handling.Spoiled(words.required("how", word -> Words.constant(Spoilage.class, word)));
      default -> throw new ScriptError("nothing is delivered '" + how + "'");
    };
  }

  @Override
  public Optional<StoreExpectation> expectation(String noun, Words words) {
    return Optional.ofNullable(
        switch (noun) {
          case "store" -> new Stands(name(words), conditions(words));
          case "notices" -> new Notices(name(words), words.rest());
          case "undelivered" -> new Undelivered(words.number("how many"));
          default -> null;
        });
  }

  private static List<Condition> conditions(Words words) {
    List<Condition> taken = new ArrayList<>();
    words.maybeNext().map(Condition.In::new).ifPresent(taken::add);
    words.option("expiry", InstantValue::parse).map(Condition.Expiry::new).ifPresent(taken::add);
    words.option("renewing", Words::yes).map(Condition.Renewing::new).ifPresent(taken::add);
    words.option("acknowledged", Words::yes).map(Condition.Acknowledged::new).ifPresent(taken::add);
    words.option("identified", Words::yes).map(Condition.Identified::new).ifPresent(taken::add);
    words.option("cycles", Integer::parseInt).map(Condition.Cycles::new).ifPresent(taken::add);
    words.option("taken", Integer::parseInt).map(Condition.Taken::new).ifPresent(taken::add);
    if (taken.isEmpty()) {
      throw new ScriptError("nothing is said about it");
    }
    return taken;
  }
}
