package org.sessionpro.protocol.vectors;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which suite answers for which section of the known answers, so that no section is named as run
/// elsewhere by everybody.
///
/// @param name of the suite
/// @param file of known answers
/// @param sections each run or replaced, whole
public record VectorHome(String name, String file, Set<String> sections) {
  public static final VectorHome V0_CODECS =
      of(
          "WireV0VectorsTest",
          "wire-v0.json",
          "keys",
          "request_hashes",
          "gen_index_hash",
          "proofs",
          "google_obfuscated_account_id",
          "revocation_item",
          "negative",
          "malformed",
          "upstream_examples");
  public static final VectorHome V1_CODECS =
      of(
          "WireV1VectorsTest",
          "wire-v1.json",
          "keys",
          "account_binding",
          "signed_messages",
          "proofs",
          "negative_signatures",
          "request_bodies",
          "body_validation",
          "timestamp_tolerance",
          "pagination_cursor",
          "payment_id",
          "plan_codes",
          "onion_v4");
  public static final VectorHome ONION_CODECS =
      of(
          "OnionVectorsTest",
          "onion-v4.json",
          "keys",
          "public_dev_backend_keys",
          "requests",
          "responses",
          "malformed_outer",
          "malformed_inner");
  public static final VectorHome ENTITLEMENT =
      of(
          "EntitlementVectorsTest",
          "wire-v1.json",
          "proof_expiry",
          "coverage",
          "entitlement_fold",
          "proof_counters",
          "revocation_decision",
          "credit_drain",
          "auto_redeem_deadline");
  public static final VectorHome ACCOUNT_STATE =
      of("AccountStateVectorsTest", "wire-v0.json", "account_state", "proof_expiry");
  public static final VectorHome IMPORT =
      of(
          "PythonVectorsTest",
          "wire-v0.json",
          "round_up_to_utc_day",
          "gen_index_hash",
          "revocation_item",
          "account_state");
  public static final VectorHome PAYMENT_STATUS =
      of("PaymentStatusVectorsTest", "wire-v1.json", "payment_status");
  public static final VectorHome REVOCATIONS =
      of("RevocationVectorsTest", "wire-v1.json", "revocation_list");
  public static final VectorHome GOOGLE_CONVERGE =
      of("GoogleConvergeVectorsTest", "wire-v1.json", "google_converge");
  public static final VectorHome ONION_HTTP =
      of("OnionHttpVectorsTest", "onion-v4.json", "dispatch", "http");

  private static final List<VectorHome> ALL =
      List.of(
          V0_CODECS,
          V1_CODECS,
          ONION_CODECS,
          ENTITLEMENT,
          ACCOUNT_STATE,
          IMPORT,
          PAYMENT_STATUS,
          REVOCATIONS,
          GOOGLE_CONVERGE,
          ONION_HTTP);

  private static VectorHome of(String name, String file, String... sections) {
    return new VectorHome(name, file, Set.of(sections));
  }

  /// The sections of a file that nobody answers for.
  static Set<String> homeless(String file, Set<String> all) {
    Set<String> homeless = new TreeSet<>(all);
    for (VectorHome home : ALL) {
      if (home.file.equals(file)) {
        homeless.removeAll(home.sections);
      }
    }
    return homeless;
  }
}
