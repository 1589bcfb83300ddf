package org.sessionpro.protocol.vectors;

import java.util.List;
import java.util.Map;

/// Which cases of `wire-v0.json` describe the old service only, and what holds instead
/// (`decisions.md` §8), as data for every suite that runs a part of that file.
public final class WireV0Replacements {
  /// `request_hashes` of which only the hash holds: no server grants the first, only a development
  /// server the second.
  public static final List<String> HASH_ONLY = List.of("add-voucher-hash-only", "refund-google");

  /// Sections of which every case is replaced.
  public static final Map<String, String> SECTIONS =
      Map.of(
          "gen_index_hash", "known answers of BLAKE2b's salt, used by the importer",
          "proofs", "layout, digest and signature with the hash as an opaque tag",
          "upstream_examples", "known answers of layout, BLAKE2b and Ed25519",
          "google_obfuscated_account_id", "one of two accepted forms",
          "proof_expiry", "the grid of wire-v1.json, times 1000",
          "revocation_item", "effective = stamp + 24 h, expiry = stamp + 31 d");

  /// Bodies of `malformed` that a server answers with v1's `invalid_request` because nothing in them
  /// says that they are v0's; by path. The codec of v0 alone finds in them what the file says.
  public static final Map<String, List<String>> ANSWERED_AS_V1 =
      Map.of(
          "/generate_pro_proof", List.of("", "null", "{bad", "{}"),
          "/get_pro_revocations", List.of("", "null", "{bad", "[]", "{}"));

  /// Columns of `account_state` with other values, by case; all other columns hold.
  public static final Map<String, Map<String, Object>> ACCOUNT_STATE =
      Map.of(
          "grace-does-not-rank",
              Map.of(
                  "expiry_unix_ts_ms", 1_775_027_600_000L,
                  "grace_period_duration_ms", 435_600_000L,
                  "auto_renewing", true,
                  "redeemed_only_expiry_unix_ts_ms", 1_775_027_600_000L),
          "single-cancelled-keeps-grace-value", Map.of("grace_period_duration_ms", 0L),
          "revoked-clamps-to-revocation-time", Map.of("grace_period_duration_ms", 0L),
          "tie-first-seen-newest-wins", Map.of("grace_period_duration_ms", 0L),
          "expired-with-grace-still-counts",
              Map.of("redeemed_only_expiry_unix_ts_ms", 1_772_003_599_999L));

  private WireV0Replacements() {}
}
