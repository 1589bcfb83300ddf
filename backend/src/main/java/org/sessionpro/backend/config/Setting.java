package org.sessionpro.backend.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Everything that can be set, by the name it has in a section of a file, in the environment and on
/// the command line. Two kinds of section stand in a file only and are read by themselves: levels of
/// single loggers and `[session_webhook.N]` ([LogSettings]).
///
/// Names with a counterpart in earlier servers are theirs (`operator-v0.md` §1.1 and §1.5,
/// `operator-v1.md` §1.1).
public enum Setting {
  /// The file that the others may stand in.
  INI_PATH("", "ini_path", "--config"),
  /// Development mode: the public development key, loopback only (`decisions.md` §6).
  DEV("base", "dev", "--dev"),
  /// The file that moves the clock, in development mode only (`decisions-stores.md` §7).
  DEV_CLOCK("base", "dev_clock", "--dev-clock"),
  /// Address that the server listens on.
  BIND("http", "bind", "--bind"),
  /// TCP port that the server listens on.
  PORT("http", "port", "--port"),
  /// Address that whoever runs the server may ask it at.
  OPS_BIND("ops", "bind", "--ops-bind", "OPS_BIND"),
  /// TCP port of [#OPS_BIND]; nowhere if it is not set.
  OPS_PORT("ops", "port", "--ops-port", "OPS_PORT"),
  /// How long the server says that it is about to end before it stops to accept, in seconds.
  OPS_DRAIN("ops", "drain", "", "OPS_DRAIN"),
  /// Longest outer body of an onion request, in bytes (`onion-requests.md` §10).
  ONION_MAX_BODY_BYTES("http", "onion_max_body_bytes", ""),
  /// Folder of everything the server writes unless told otherwise.
  DATA_DIR("base", "data_dir", "--data"),
  /// Where the ledger is.
  DB_URL("base", "db_url", "--db"),
  /// Where the ledger is, as the first servers were told: a file. Counts if no URL stands beside it.
  DB_PATH("", "db_path", ""),
  /// Whether [#DB_PATH] is an SQLite URI.
  DB_PATH_IS_URI("", "db_path_is_uri", ""),
  /// Prints every table instead of serving, as the first servers could.
  PRINT_TABLES("", "print_tables", ""),
  /// Where copies of an SQLite ledger are put.
  BACKUP_DIRECTORY("backup", "directory", "", "BACKUP_DIRECTORY"),
  /// Between two copies, in seconds; 0 is never.
  BACKUP_INTERVAL("backup", "interval", "", "BACKUP_INTERVAL"),
  /// The file that holds the signing key.
  KEY_PATH("base", "backend_key_path", "--key", "KEY_PATH"),
  /// Key files whose onion keys still open requests, separated by commas (`decisions.md` §1).
  ONION_PREVIOUS_KEY_PATHS("base", "onion_previous_key_paths", ""),
  /// Service past the end of a renewing term, in seconds.
  RENEWAL_LATENCY_ALLOWANCE("base", "renewal_latency_allowance", ""),
  /// Proofs an account may draw in seven days.
  MAX_PROOFS_PER_WINDOW("base", "max_proofs_per_window", ""),
  /// How long ago the credits of an account must have been charged to be charged again, in seconds.
  VOUCHER_PROCESSING_WINDOW("base", "voucher_processing_window", ""),
  /// How long the lease of a job lasts, in seconds; in development mode only.
  DEV_JOB_LEASE("base", "dev_job_lease", ""),
  /// Items of one store that are worked on at once.
  INBOX_WORKERS("inbox", "workers_per_provider", "", "INBOX_WORKERS_PER_PROVIDER"),
  /// Failures after which what is owed to a store is parked.
  INBOX_MAX_ATTEMPTS("inbox", "max_attempts", "", "INBOX_MAX_ATTEMPTS"),
  /// Between two looks for renewals that nobody announced, in seconds.
  INBOX_SWEEP_INTERVAL("inbox", "sweep_interval", "", "INBOX_SWEEP_INTERVAL"),
  /// How long the ids of Google's messages are kept, in seconds.
  INBOX_RETENTION_GOOGLE("inbox", "retention_google", "", "INBOX_RETENTION_GOOGLE"),
  /// How long the ids of Apple's messages are kept, in seconds.
  INBOX_RETENTION_APPLE("inbox", "retention_apple", "", "INBOX_RETENTION_APPLE"),
  /// Longest revocation list that v0 repeats to a client that already has it (`decisions.md` §2).
  V0_REPEAT_REVOCATIONS_MAX("base", "v0_repeat_revocations_max", ""),
  /// Whether purchases of Google Play count.
  GOOGLE("base", "with_provider_google_play", ""),
  /// [#GOOGLE] as the first servers called it.
  GOOGLE_PLATFORM("base", "with_platform_google", ""),
  /// Nothing leaves for any store; what is owed to one holds nobody up, and what one sends by itself
  /// counts (`decisions-stores.md` §1, `app-store.md` §1.4).
  PROVIDER_DRY_RUN("base", "provider_dry_run", ""),
  /// The routes `/dev/…` without development mode, under [#PROVIDER_DRY_RUN] (`operator-v1.md` §7).
  DEV_ENDPOINTS("base", "dev_endpoints", ""),
  /// Name of the app whose purchases count (`decisions-stores.md` §6, as all of `[google]`).
  GOOGLE_PACKAGE_NAME("google", "package_name"),
  /// Google Cloud project of [#GOOGLE_CLOUD_SUBSCRIPTION_NAME].
  GOOGLE_CLOUD_PROJECT_ID("google", "cloud_project_id"),
  /// Pub/Sub subscription with the notifications of Google Play.
  GOOGLE_CLOUD_SUBSCRIPTION_NAME("google", "cloud_subscription_name"),
  /// The subscription whose purchases count.
  GOOGLE_SUBSCRIPTION_PRODUCT_ID("google", "subscription_product_id"),
  /// The file with the service account.
  GOOGLE_CLOUD_APP_CREDENTIALS_PATH("google", "cloud_app_credentials_path"),
  /// The plan of each way in which the subscription is sold: `id=plan`, separated by commas.
  GOOGLE_BASE_PLANS("google", "base_plans"),
  /// What is bought once, and its length: `id=plan`, separated by commas.
  GOOGLE_ONE_TIME_PRODUCTS("google", "one_time_products"),
  /// Whether purchases of licence testers count.
  GOOGLE_ACCEPT_TEST_PURCHASES("google", "accept_test_purchases"),
  /// Where the Google Play Developer API is.
  GOOGLE_API_ROOT_URL("google", "api_root_url"),
  /// Where Pub/Sub is.
  GOOGLE_PUBSUB_ROOT_URL("google", "pubsub_root_url"),
  /// Between two readings of the list of voided purchases, in seconds; 0 is never.
  GOOGLE_VOID_LIST_INTERVAL("google", "void_list_interval"),
  /// How many requests Google is sent in a second.
  GOOGLE_MAX_REQUESTS_PER_SECOND("google", "max_requests_per_second"),
  /// Whether purchases of the App Store count.
  APPLE("base", "with_provider_app_store", ""),
  /// [#APPLE] as the first servers called it.
  APPLE_PLATFORM("base", "with_platform_apple", ""),
  /// Name of the app whose purchases count (`decisions-stores.md` §6, as all of `[apple]`).
  APPLE_BUNDLE_ID("apple", "bundle_id"),
  /// Whether purchases of testers count, and no others.
  APPLE_SANDBOX_ENV("apple", "sandbox_env"),
  /// [#APPLE_SANDBOX_ENV] by its name: `Production` or `Sandbox`.
  APPLE_ENVIRONMENT("apple", "environment"),
  /// Number of the app in the App Store.
  APPLE_APP_ID("apple", "app_id"),
  /// Who [#APPLE_KEY_PATH] was issued to.
  APPLE_ISSUER_ID("apple", "issuer_id"),
  /// Name of [#APPLE_KEY_PATH].
  APPLE_KEY_ID("apple", "key_id"),
  /// The file with the key that the App Store Server API is asked with.
  APPLE_KEY_PATH("apple", "key_path"),
  /// Files of root certificates that what Apple signs may rest on too, separated by commas.
  APPLE_ROOT_CERTIFICATES("apple", "root_certificates"),
  /// One of [#APPLE_ROOT_CERTIFICATES] as the first servers were told.
  APPLE_ROOT_CERT_PATH("apple", "root_cert_path"),
  /// Another one.
  APPLE_ROOT_CERT_CA_G2_PATH("apple", "root_cert_ca_g2_path"),
  /// Another one.
  APPLE_ROOT_CERT_CA_G3_PATH("apple", "root_cert_ca_g3_path"),
  /// The plan of each subscription that is sold: `id=plan`, separated by commas.
  APPLE_PRODUCTS("apple", "products"),
  /// What is bought once, and its length: `id=plan`, separated by commas.
  APPLE_ONE_TIME_PRODUCTS("apple", "one_time_products"),
  /// Whether Apple is asked if certificates were taken back.
  APPLE_ONLINE_CHECKS("apple", "online_checks"),
  /// Where the App Store Server API is.
  APPLE_API_BASE_URL("apple", "api_base_url"),
  /// Whether statements may rest on certificates that are not Apple's; in development mode only.
  APPLE_ALLOW_CUSTOM_ROOTS("apple", "allow_custom_roots"),
  /// Between two looks for notifications that did not arrive, in seconds.
  APPLE_CATCH_UP_INTERVAL("apple", "catch_up_interval"),
  /// How far the first of those looks goes back, in seconds.
  APPLE_CATCH_UP_WINDOW("apple", "catch_up_window"),
  /// How many requests Apple is sent in a second.
  APPLE_MAX_REQUESTS_PER_SECOND("apple", "max_requests_per_second"),
  /// Least severity that is logged.
  LOG_LEVEL("logging", "level", "--log-level", "LOG_LEVEL"),
  /// A file that the log is written to as well.
  LOG_PATH("logging", "path", "", "LOG_PATH"),
  /// [#LOG_PATH] as the first servers called it. Its variable is the same.
  FORMER_LOG_PATH("base", "log_path", "", ""),
  /// How lines of the log are written: `text` or `json`.
  LOG_FORMAT("logging", "format", "", "LOG_FORMAT"),
  /// Whether identifiers are logged as they are.
  UNSAFE_LOGGING("base", "unsafe_logging", "");

  static final String ENVIRONMENT_PREFIX = "SESH_PRO_BACKEND_";

  /// What is expected of a name that is none of them.
  static final String NO_SUCH = "must not be set: this server has no such setting";

  /// What `pro import python` is told, which is no setting of the server.
  private static final String IMPORT_SOURCE = ENVIRONMENT_PREFIX + "IMPORT_SOURCE";

  private final String section;
  private final String key;
  private final String flag;
  private final String variable;

  /// A setting of a store: its variable names the store, and it cannot stand on the command line.
  Setting(String section, String key) {
    this(section, key, "", (section + "_" + key).toUpperCase(Locale.ROOT));
  }

  Setting(String section, String key, String flag) {
    this(section, key, flag, key.toUpperCase(Locale.ROOT));
  }

  Setting(String section, String key, String flag, String variable) {
    this.section = section;
    this.key = key;
    this.flag = flag;
    this.variable = variable.isEmpty() ? "" : ENVIRONMENT_PREFIX + variable;
  }

  /// Section of a configuration file, without brackets, or an empty string if it cannot stand in one.
  public String section() {
    return section;
  }

  /// Name inside [#section()].
  public String key() {
    return key;
  }

  /// Name on the command line with its dashes, or an empty string if it cannot be set there.
  public String flag() {
    return flag;
  }

  /// Name of the environment variable, or an empty string if it cannot be set there.
  public String variable() {
    return variable;
  }

  /// Name in a file with its section, for example `[base] db_url`.
  String inFile() {
    return "[" + section + "] " + key;
  }

  /// The setting of that name in a file.
  ///
  /// @param section without brackets
  static Optional<Setting> inFile(String section, String key) {
    return Arrays.stream(values())
        .filter(it -> !section.isEmpty() && it.section.equals(section) && it.key.equals(key))
        .findFirst();
  }

  /// Whether it is another name of a setting, which earlier servers had.
  public boolean isFormer() {
    return switch (this) {
      case DB_PATH,
          DB_PATH_IS_URI,
          PRINT_TABLES,
          GOOGLE_PLATFORM,
          APPLE_PLATFORM,
          APPLE_ROOT_CERT_PATH,
          APPLE_ROOT_CERT_CA_G2_PATH,
          APPLE_ROOT_CERT_CA_G3_PATH,
          FORMER_LOG_PATH ->
          true;
      default -> false;
    };
  }

  /// Whether it may be set in development mode only.
  public boolean isForDevelopment() {
    return switch (this) {
      case DEV_CLOCK, DEV_JOB_LEASE, APPLE_ALLOW_CUSTOM_ROOTS -> true;
      default -> false;
    };
  }

  /// What holds if nobody says anything, as it would stand in the environment, outside of development
  /// mode and sandboxes; an empty string if that is nothing, or follows from other settings.
  public String unset() {
    return switch (this) {
      case BIND, OPS_BIND -> "127.0.0.1";
      case PORT -> "5000";
      case ONION_MAX_BODY_BYTES -> "1048576";
      case DATA_DIR -> "data";
      case BACKUP_INTERVAL, VOUCHER_PROCESSING_WINDOW -> "86400";
      case RENEWAL_LATENCY_ALLOWANCE -> "3600";
      case MAX_PROOFS_PER_WINDOW, OPS_DRAIN -> "0";
      case V0_REPEAT_REVOCATIONS_MAX -> "1000";
      case DEV_JOB_LEASE -> "60";
      case INBOX_WORKERS -> "4";
      case INBOX_MAX_ATTEMPTS -> "36";
      case INBOX_SWEEP_INTERVAL -> "900";
      case INBOX_RETENTION_GOOGLE -> "691200";
      case INBOX_RETENTION_APPLE -> "2678400";
      case GOOGLE_BASE_PLANS ->
          "session-pro-1-month=1m,session-pro-3-months=3m,session-pro-12-months=1y";
      case GOOGLE_API_ROOT_URL -> "https://androidpublisher.googleapis.com/";
      case GOOGLE_PUBSUB_ROOT_URL -> "https://pubsub.googleapis.com/";
      case GOOGLE_VOID_LIST_INTERVAL -> "21600";
      case GOOGLE_MAX_REQUESTS_PER_SECOND -> "10";
      case APPLE_ENVIRONMENT -> "Production";
      case APPLE_PRODUCTS ->
          "com.getsession.org.pro_sub_1_month=1m,com.getsession.org.pro_sub_3_months=3m,"
              + "com.getsession.org.pro_sub_12_months=1y";
      case APPLE_ONLINE_CHECKS -> "1";
      case APPLE_API_BASE_URL -> "https://api.storekit.apple.com/";
      case APPLE_CATCH_UP_INTERVAL -> "300";
      case APPLE_CATCH_UP_WINDOW -> "2592000";
      case APPLE_MAX_REQUESTS_PER_SECOND -> "5";
      case LOG_LEVEL -> "info";
      case LOG_FORMAT -> "text";
      default -> isBoolean() ? "0" : "";
    };
  }

  /// Whether a variable has a name as settings have, and is none of them: a slip that must not go
  /// unnoticed.
  static boolean isStranger(String variable) {
    return variable.startsWith(ENVIRONMENT_PREFIX)
        && !variable.equals(IMPORT_SOURCE)
        && Arrays.stream(values()).noneMatch(it -> it.variable.equals(variable))
        && Obsolete.all().stream().noneMatch(it -> it.variable().equals(variable));
  }

  /// Whether it is switched on and off rather than given a value.
  public boolean isBoolean() {
    return switch (this) {
      case DEV,
          DB_PATH_IS_URI,
          PRINT_TABLES,
          PROVIDER_DRY_RUN,
          GOOGLE,
          GOOGLE_PLATFORM,
          DEV_ENDPOINTS,
          UNSAFE_LOGGING,
          GOOGLE_ACCEPT_TEST_PURCHASES,
          APPLE,
          APPLE_PLATFORM,
          APPLE_SANDBOX_ENV,
          APPLE_ONLINE_CHECKS,
          APPLE_ALLOW_CUSTOM_ROOTS ->
          true;
      default -> false;
    };
  }
}
