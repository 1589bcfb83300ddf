package org.sessionpro.simulator.apple.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.simulator.apple.api.AppleEndpoint;
import org.sessionpro.simulator.apple.api.HistoryForm;
import org.sessionpro.simulator.apple.delivery.Delivery;
import org.sessionpro.simulator.apple.delivery.Handling;
import org.sessionpro.simulator.apple.document.Spoilage;
import org.sessionpro.simulator.apple.document.UpgradeForm;
import org.sessionpro.simulator.apple.notice.News;
import org.sessionpro.simulator.apple.script.AppleExpectation.Answered;
import org.sessionpro.simulator.apple.script.AppleExpectation.Condition;
import org.sessionpro.simulator.apple.script.AppleExpectation.Notices;
import org.sessionpro.simulator.apple.script.AppleExpectation.Stands;
import org.sessionpro.simulator.apple.script.AppleExpectation.Undelivered;
import org.sessionpro.simulator.apple.script.AppleStep.Wanted;
import org.sessionpro.simulator.script.CycleRef;
import org.sessionpro.simulator.script.InstantValue;
import org.sessionpro.simulator.script.ScriptError;
import org.sessionpro.simulator.script.Span;
import org.sessionpro.simulator.script.StoreExpectation;
import org.sessionpro.simulator.script.StoreStep;
import org.sessionpro.simulator.script.Vocabulary;
import org.sessionpro.simulator.script.Words;

/// The words of the App Store.
///
/// | statement | meaning |
/// |---|---|
/// | `buy P BUYER PRODUCT [grace=16d] [customer=NAME] [token=BUYER\|none] [offer=ID] [billed=monthly]` | a subscription, called P from now on |
/// | `buy-once P BUYER PRODUCT [length=SPAN]` | something that does not renew |
/// | `resubscribe P PRODUCT …` | after it was over; further words as of `buy` |
/// | `change P PRODUCT …`, `redeem P PRODUCT offer=ID …` | another product: at once if it ranks higher, else later |
/// | `revert P [afresh]` | takes back what is to come later, with or without a new payment |
/// | `restore P#N` | on another device: a further transaction of the same payment |
/// | `share P to=Q BUYER`, `unshare Q` | within the family |
/// | `decline P`, `approve P` | the customer's means of payment |
/// | `cancel P`, `restart P` | renewal off and on |
/// | `grace P SPAN`, `charge-ahead P SPAN` | how long access goes on; how early it is charged |
/// | `raise-price P`, `accept-price P` | |
/// | `extend P SPAN`, `extend-all SPAN` | after an outage |
/// | `rank PRODUCT LEVEL` | 1 is the highest |
/// | `attach P BUYER` | the developer sets the app account token |
/// | `refund P#N [percent=N] [reason=0\|1]`, `deny P#N`, `reverse P#N`, `ask-consumption P#N [reason=WORD]` | money goes back, or does not |
/// | `notify P TYPE[/SUBTYPE]`, `announce TYPE[/SUBTYPE]` | notifications without a change |
/// | `reissue P TYPE[/SUBTYPE]` | the same told again under another id |
/// | `deliver HOW [of=P] [news=WORD,…] [nth=N] [times=N] [chance=PERCENT [seed=N]]` | what becomes of notifications: `lost [history=no]`, `held`, `late by=SPAN`, `shuffled within=SPAN`, `again copies=N ids=same\|new`, `spoiled how=…` |
/// | `deliver normally`, `release [sent\|reversed\|shuffled]`, `seed N` | |
/// | `rotate-leaf`, `revoke-leaf`, `reinstate-leaf` | certificates |
/// | `history-lag SPAN`, `history-form original\|signed-anew` | of the history of notifications |
/// | `upgrade-form marked\|revoked-too` | how cycles are shown that another one took the place of |
///
/// | expectation | meaning |
/// |---|---|
/// | `store P [PHASE] [expiry=INSTANT] [renewing=yes\|no] [product=ID] [next=ID] [cycles=N] [taken=N] [upgraded=N] [token=yes\|no]` | how the store sees it |
/// | `notices P WORD…` | all that was told about it |
/// | `undelivered N` | notifications on their way |
/// | `answered STATUS` | what the webhook said last; 0 is nothing |
public final class AppleVocabulary implements Vocabulary {
  private static final Duration USUAL_GRACE = Duration.ofDays(16);

  @Override
  public PaymentProvider store() {
    return PaymentProvider.APP_STORE;
  }

  @Override
  public boolean knowsEndpoint(String word) {
    return Arrays.stream(AppleEndpoint.values()).anyMatch(endpoint -> endpoint.word().equals(word));
  }

  @Override
  public Optional<StoreStep> step(String verb, Words words) {
    return Optional.ofNullable(
        switch (verb) {
          case "buy" -> buy(words);
          case "buy-once" -> buyOnce(words);
          case "resubscribe" -> new AppleStep.Resubscribe(name(words), wanted(words));
          case "change" -> new AppleStep.Change(name(words), wanted(words), false);
          case "redeem" -> new AppleStep.Change(name(words), wanted(words), true);
          case "revert" -> new AppleStep.Revert(name(words), words.takes("afresh"));
          case "restore" -> new AppleStep.Restore(cycle(words));
          case "share" -> share(words);
          case "unshare" -> new AppleStep.Unshare(name(words));
          default -> change(verb, words);
        });
  }

  private static @Nullable AppleStep change(String verb, Words words) {
    return switch (verb) {
      case "decline" -> new AppleStep.SetCard(name(words), true);
      case "approve" -> new AppleStep.SetCard(name(words), false);
      case "cancel" -> new AppleStep.Cancel(name(words));
      case "restart" -> new AppleStep.Restart(name(words));
      case "grace" -> new AppleStep.SetGrace(name(words), length(words));
      case "charge-ahead" -> new AppleStep.ChargeAhead(name(words), length(words));
      case "raise-price" -> new AppleStep.RaisePrice(name(words));
      case "accept-price" -> new AppleStep.AcceptPrice(name(words));
      case "extend" -> new AppleStep.Extend(name(words), length(words));
      case "extend-all" -> new AppleStep.ExtendAll(length(words));
      case "rank" -> new AppleStep.Rank(words.next("a product"), words.number("a level"));
      case "attach" -> new AppleStep.Attach(name(words), words.next("a buyer"));
      case "refund" -> refund(words);
      case "deny" -> new AppleStep.DenyRefund(cycle(words));
      case "reverse" -> new AppleStep.ReverseRefund(cycle(words));
      case "ask-consumption" ->
          new AppleStep.AskConsumption(
              cycle(words), words.option("reason").orElse("UNINTENDED_PURCHASE"));
      default -> tell(verb, words);
    };
  }

  private static @Nullable AppleStep tell(String verb, Words words) {
    return switch (verb) {
      case "notify" -> new AppleStep.Notify(name(words), news(words));
      case "announce" -> new AppleStep.Announce(news(words));
      case "reissue" -> new AppleStep.Reissue(name(words), news(words));
      case "deliver" -> deliver(words);
      case "release" -> new AppleStep.Release(order(words.maybeNext().orElse("sent")));
      case "seed" -> new AppleStep.Seed(words.number("a number"));
      case "rotate-leaf" -> new AppleStep.RotateLeaf();
      case "revoke-leaf" -> new AppleStep.RevokeLeaf(true);
      case "reinstate-leaf" -> new AppleStep.RevokeLeaf(false);
      case "history-lag" -> new AppleStep.HistoryLag(length(words));
      case "history-form" ->
          new AppleStep.SetHistoryForm(Words.constant(HistoryForm.class, words.next("a form")));
      case "upgrade-form" ->
          new AppleStep.SetUpgradeForm(Words.constant(UpgradeForm.class, words.next("a form")));
      default -> null;
    };
  }

  private static String name(Words words) {
    return words.next("the name of a purchase");
  }

  private static CycleRef cycle(Words words) {
    return CycleRef.parse(words.next("a cycle"));
  }

  private static Duration length(Words words) {
    return Span.parse(words.next("a length of time")).duration();
  }

  private static News news(Words words) {
    String word = words.next("a type of notification");
    try {
      return News.parse(word);
    } catch (IllegalArgumentException unknown) {
      throw new ScriptError("'" + word + "' is no type of notification");
    }
  }

  private static Wanted wanted(Words words) {
    return new Wanted(
        words.next("a product"),
        words.option("token").orElse(null),
        words.option("offer").orElse(null),
        words.option("billed").map("monthly"::equals).orElse(false));
  }

  private static AppleStep buy(Words words) {
    return new AppleStep.Buy(
        name(words),
        words.next("a buyer"),
        wanted(words),
        words.option("customer").orElse(null),
        words.option("grace", Span::parse).map(Span::duration).orElse(USUAL_GRACE));
  }

  private static AppleStep buyOnce(Words words) {
    return new AppleStep.BuyOnce(
        name(words),
        words.next("a buyer"),
        wanted(words),
        words.option("length", Span::parse).map(Span::duration).orElse(null));
  }

  private static AppleStep share(Words words) {
    return new AppleStep.Share(
        name(words), words.required("to", share -> share), words.next("a buyer"));
  }

  private static AppleStep refund(Words words) {
    return new AppleStep.Refund(
        cycle(words),
        words.option("percent", Integer::parseInt).orElse(100),
        words.option("reason", Integer::parseInt).orElse(0));
  }

  private static Delivery.Order order(String word) {
    return switch (word) {
      case "sent" -> Delivery.Order.AS_SENT;
      case "reversed" -> Delivery.Order.REVERSED;
      case "shuffled" -> Delivery.Order.SHUFFLED;
      default -> throw new ScriptError("'" + word + "' is no order");
    };
  }

  private static AppleStep deliver(Words words) {
    if (words.takes("normally")) {
      return new AppleStep.DeliverNormally();
    }
    Handling handling = handling(words);
    return new AppleStep.Deliver(
        words.option("news").map(news -> Set.of(news.split(","))).orElse(Set.of()),
        words.option("of").orElse(null),
        words.occasions(),
        handling);
  }

  private static Handling handling(Words words) {
    String how = words.next("how");
    return switch (how) {
      case "lost" -> new Handling.Lost(words.option("history", Words::yes).orElse(true));
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
          case "answered" -> new Answered(words.number("a status"));
          default -> null;
        });
  }

  private static List<Condition> conditions(Words words) {
    List<Condition> taken = new ArrayList<>();
    words.maybeNext().map(Condition.In::new).ifPresent(taken::add);
    words.option("expiry", InstantValue::parse).map(Condition.Expiry::new).ifPresent(taken::add);
    words.option("renewing", Words::yes).map(Condition.Renewing::new).ifPresent(taken::add);
    words.option("product").map(Condition.Of::new).ifPresent(taken::add);
    words.option("next").map(Condition.Next::new).ifPresent(taken::add);
    words.option("cycles", Integer::parseInt).map(Condition.Cycles::new).ifPresent(taken::add);
    words.option("taken", Integer::parseInt).map(Condition.Taken::new).ifPresent(taken::add);
    words.option("upgraded", Integer::parseInt).map(Condition.Upgraded::new).ifPresent(taken::add);
    words.option("token", Words::yes).map(Condition.Token::new).ifPresent(taken::add);
    if (taken.isEmpty()) {
      throw new ScriptError("nothing is said about it");
    }
    return taken;
  }
}
