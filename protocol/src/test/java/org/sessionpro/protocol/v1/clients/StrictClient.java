package org.sessionpro.protocol.v1.clients;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// A client that takes nothing for an answer but what `wire-v1.md` says: exactly the members, each in
/// its type and form, only words of the closed sets, and nothing that contradicts anything else.
public final class StrictClient {
  private static final Set<String> ANYWHERE = Set.of("invalid_request", "internal_error");
  private static final Set<String> SIGNED = Set.of("bad_signature", "stale_request");
  private static final Set<String> OF_PROOFS =
      Set.of("not_subscribed", "revoked", "subscription_expired", "rate_limited");

  private static final Set<String> PROVIDERS = Set.of("google_play", "app_store", "stf");
  private static final Pattern PLAN = Pattern.compile("[1-9][0-9]*[smdwy]|lifetime");

  /// 32 bytes in hex: a key, or half a signature.
  private static final Pattern KEY_MATERIAL = Pattern.compile("[0-9a-fA-F]{64}");

  private static final int LONGEST_PAGE = 100;

  private static final String[] ITEM = {
    "status",
    "plan",
    "payment_provider",
    "auto_renewing",
    "purchased_ts",
    "expiry_ts",
    "grace_period_duration",
    "platform_refund_expiry_ts",
    "revoked_ts",
    "payment_id"
  };

  private StrictClient() {}

  /// An answer to a request for `path`, be it a success or not.
  public static void accept(String path, byte[] answer) {
    Json document = Json.parse(answer);
    if (Shape.peek(document, "status").filter("ok"::equals).isPresent()) {
      Shape envelope = Shape.of("answer", document, "status", "result");
      switch (path) {
        case "/generate_pro_proof" -> proof(envelope);
        case "/get_pro_status" -> status(envelope);
        case "/get_payment_details" -> payments(envelope);
        case "/get_pro_revocations" -> revocations(envelope);
        case "/status" -> server(envelope);
        case "/dev/add_payment" -> added(envelope);
        case "/dev/revoke" -> revoked(envelope);
        default -> throw new AssertionError("no endpoint of v1: " + path);
      }
    } else {
      refusal(path, document);
    }
  }

  /// §6.1 and §6.2.
  private static void refusal(String path, Json document) {
    boolean expired =
        Shape.peek(document, "error_code").filter("subscription_expired"::equals).isPresent();
    Shape envelope =
        expired
            ? Shape.of(
                "answer",
                document,
                "status",
                "error_code",
                "error",
                "account_expiry_ts",
                "account_grace_period_duration",
                "account_auto_renewing")
            : Shape.of("answer", document, "status", "error_code", "error");
    String slug = envelope.text("error_code");
    envelope.demand(slugs(path).contains(slug), "error_code", "is no answer of " + path);
    envelope.oneOf("status", Set.of(slug.equals("internal_error") ? "error" : "fail"));
    envelope.demand(
        !KEY_MATERIAL.matcher(envelope.text("error")).find(), "error", "holds key material");
    if (expired) {
      account(envelope);
    }
  }

  private static Set<String> slugs(String path) {
    Set<String> slugs = new HashSet<>(ANYWHERE);
    if (Set.of("/generate_pro_proof", "/get_pro_status", "/get_payment_details").contains(path)) {
      slugs.addAll(SIGNED);
    }
    if (path.equals("/generate_pro_proof")) {
      slugs.addAll(OF_PROOFS);
    }
    return slugs;
  }

  /// §5.
  private static void proof(Shape envelope) {
    Shape proof =
        envelope.object(
            "result",
            "revocation_tag",
            "rotating_pkey",
            "expiry_ts",
            "sig",
            "account_expiry_ts",
            "account_grace_period_duration",
            "account_auto_renewing");
    proof.hex("revocation_tag", 64);
    proof.hex("rotating_pkey", 64);
    proof.integer("expiry_ts");
    proof.hex("sig", 128);
    account(proof);
  }

  private static void account(Shape snapshot) {
    snapshot.integer("account_expiry_ts");
    graceOfRenewing(snapshot, "account_auto_renewing", "account_grace_period_duration");
  }

  /// Grace is zero when not renewing (§9).
  private static void graceOfRenewing(Shape shape, String flag, String grace) {
    shape.demand(shape.flag(flag) || shape.integer(grace) == 0, grace, "contradicts " + flag);
    shape.integer(grace);
  }

  /// §9.
  private static void status(Shape envelope) {
    Shape status =
        envelope.object(
            "result",
            "user_status",
            "auto_renewing",
            "expiry_ts",
            "grace_period_duration",
            "latest_payment");
    String user = status.oneOf("user_status", Set.of("never", "active", "expired"));
    graceOfRenewing(status, "auto_renewing", "grace_period_duration");
    boolean never = user.equals("never");
    status.demand(
        never == status.isNull("latest_payment"), "latest_payment", "contradicts user_status");
    if (never) {
      status.integer("expiry_ts", 0);
      status.demand(!status.flag("auto_renewing"), "auto_renewing", "contradicts user_status");
    } else {
      status.integer("expiry_ts");
      item(status.object("latest_payment", ITEM));
    }
  }

  /// §10 and §10.2.
  private static void payments(Shape envelope) {
    Shape page = envelope.object("result", "payments_total", "items", "next_cursor");
    List<Shape> items = page.objects("items", ITEM);
    items.forEach(StrictClient::item);
    page.demand(items.size() <= LONGEST_PAGE, "items", "is longer than a page");
    page.demand(page.integer("payments_total") >= items.size(), "payments_total", "is too small");
    if (!page.isNull("next_cursor")) {
      page.hex("next_cursor", 96);
      page.demand(!items.isEmpty(), "next_cursor", "behind an empty page");
    }
  }

  /// §10.1.
  private static void item(Shape item) {
    String status = item.oneOf("status", Set.of("redeemed", "expired", "revoked"));
    item.text("plan", PLAN);
    boolean renewing = item.flag("auto_renewing");
    item.decimal("purchased_ts");
    item.demand(
        item.integer("expiry_ts") > 0 || !status.equals("expired"),
        "expiry_ts",
        "contradicts status");
    item.integer("grace_period_duration");
    item.integer("platform_refund_expiry_ts");
    boolean revoked = status.equals("revoked");
    item.demand(
        revoked != item.decimal("revoked_ts").matches("0\\.0+"),
        "revoked_ts",
        "contradicts status");
    item.demand(!(revoked && renewing), "auto_renewing", "contradicts status");
    id(item, "payment_provider");
  }

  /// Google's is a token, a bar and an order.
  private static void id(Shape payment, String provider) {
    String id = payment.text("payment_id");
    boolean google = payment.oneOf(provider, PROVIDERS).equals("google_play");
    payment.demand(!google || id.contains("|"), "payment_id", "contradicts " + provider);
  }

  /// §11.
  private static void revocations(Shape envelope) {
    Shape list = envelope.object("result", "ticket", "items", "retry_in", "retain_for");
    list.integer("ticket");
    list.integer("retry_in", 86_400);
    list.integer("retain_for", 2_678_400);
    Set<String> tags = new HashSet<>();
    for (Shape item : list.objects("items", "revocation_tag", "effective_ts")) {
      item.integer("effective_ts");
      item.demand(tags.add(item.hex("revocation_tag", 64)), "revocation_tag", "is listed twice");
    }
  }

  /// §11, `/status`.
  private static void server(Shape envelope) {
    Shape server = envelope.object("result", "version", "timestamp", "signing_pubkey");
    server.text("version");
    server.integer("timestamp");
    server.hex("signing_pubkey", 64);
  }

  /// §13.
  private static void added(Shape envelope) {
    Shape payment =
        envelope.object(
            "result", "provider", "payment_id", "plan", "account_expiry_ts", "redeemed");
    id(payment, "provider");
    payment.text("plan", PLAN);
    payment.demand(
        payment.flag("redeemed") == payment.integer("account_expiry_ts") > 0,
        "account_expiry_ts",
        "contradicts redeemed");
  }

  /// §13.
  private static void revoked(Shape envelope) {
    Shape revocation =
        envelope.object(
            "result", "revoked_generation_id", "effective_ts", "new_generation_allocated");
    revocation.integer("revoked_generation_id");
    revocation.integer("effective_ts");
    revocation.flag("new_generation_allocated");
  }
}
