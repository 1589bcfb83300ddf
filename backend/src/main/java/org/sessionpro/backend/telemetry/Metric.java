package org.sessionpro.backend.telemetry;

import java.util.Arrays;
import java.util.List;

/// Every number that a server shows to whoever watches it. Names tell their units; values of labels
/// come from closed sets, and none of them tells of a person or a payment. `docs/metrics.md` explains
/// them.
public enum Metric {
  BUILD(Kind.INFO, "session_pro_build_info", "The program that runs", "version", "java"),
  CRYPTO(Kind.INFO, "session_pro_crypto_info", "The library that does it", "algorithm", "library"),
  READY(Kind.GAUGE, "session_pro_ready", "1 if requests should come here"),

  REQUESTS(
      Kind.COUNTER,
      "session_pro_http_requests_total",
      "Requests that were answered",
      "route",
      "transport",
      "protocol",
      "outcome"),
  REQUEST_TIME(
      Kind.HISTOGRAM,
      "session_pro_http_request_duration_seconds",
      "From the whole request to its answer, in the queue and at work",
      "route",
      "transport"),
  REQUESTS_WORKING(
      Kind.GAUGE, "session_pro_http_requests_working", "Requests that are worked on", "lane"),
  REQUESTS_WAITING(
      Kind.GAUGE, "session_pro_http_requests_waiting", "Requests that wait for their turn", "lane"),
  CONNECTIONS(Kind.GAUGE, "session_pro_http_connections", "Connections that are open"),
  CONNECTIONS_LIMIT(
      Kind.GAUGE, "session_pro_http_connections_limit", "Connections that may be open"),

  PROOFS(
      Kind.COUNTER,
      "session_pro_proofs_total",
      "Verdicts on well-formed requests for proofs",
      "protocol",
      "verdict"),
  ACCOUNTS(Kind.GAUGE, "session_pro_accounts", "Accounts that were ever made"),
  ACCOUNTS_COVERED(Kind.GAUGE, "session_pro_accounts_covered", "Accounts whose coverage goes on"),
  GENERATIONS(
      Kind.GAUGE, "session_pro_generations", "Generations that were issued and kept", "state"),
  REVOCATION_ENTRIES(
      Kind.GAUGE, "session_pro_revocation_list_entries", "Entries of the served revocation list"),
  REVOCATION_TICKET(
      Kind.GAUGE, "session_pro_revocation_ticket", "Ticket of the served revocation list"),
  REVOCATION_AGE(
      Kind.GAUGE,
      "session_pro_revocation_list_age_seconds",
      "Since the database last confirmed the served list"),

  STORE_CALLS(
      Kind.COUNTER,
      "session_pro_store_calls_total",
      "Requests to a store, by how they ended",
      "store",
      "outcome"),
  STORE_CALL_TIME(
      Kind.HISTOGRAM,
      "session_pro_store_call_duration_seconds",
      "How long requests to a store take",
      "store"),
  STORE_CLOSED(
      Kind.GAUGE,
      "session_pro_store_closed",
      "1 while a store is not asked, for that reason",
      "store",
      "reason"),
  STORE_MESSAGES(
      Kind.COUNTER,
      "session_pro_store_messages_total",
      "Messages that came in",
      "store",
      "way",
      "receipt"),
  STORE_REFUSED(
      Kind.COUNTER,
      "session_pro_store_messages_refused_total",
      "Messages that are not the store's, or not for us",
      "store",
      "reason"),
  STORE_FINDINGS(
      Kind.COUNTER,
      "session_pro_store_findings_total",
      "What a store states and somebody should look at",
      "store",
      "finding"),
  STORE_CONTACT(
      Kind.GAUGE,
      "session_pro_store_contact_timestamp_seconds",
      "When that way of hearing from a store last worked, in this process",
      "store",
      "way"),

  INBOX_WORK(
      Kind.GAUGE,
      "session_pro_inbox_work",
      "Items that are owed to a store",
      "store",
      "kind",
      "lane",
      "state"),
  INBOX_STUCK(
      Kind.GAUGE,
      "session_pro_inbox_stuck",
      "Items that failed five times or more",
      "store",
      "kind"),
  INBOX_OVERDUE(
      Kind.GAUGE,
      "session_pro_inbox_overdue_seconds",
      "How long the first due item has waited for a worker",
      "store",
      "lane"),
  INBOX_AGE(
      Kind.GAUGE,
      "session_pro_inbox_oldest_age_seconds",
      "Age of the oldest item",
      "store",
      "kind"),
  INBOX_LEFT(
      Kind.GAUGE,
      "session_pro_inbox_deadline_seconds",
      "Time left until the first item must be done",
      "store",
      "kind"),
  INBOX_PARKED(
      Kind.GAUGE, "session_pro_inbox_parked", "Items that were given up", "store", "reason"),
  INBOX_PARKED_AGE(
      Kind.GAUGE,
      "session_pro_inbox_parked_oldest_age_seconds",
      "Age of the oldest item that was given up",
      "store",
      "reason"),
  INBOX_PARKED_LEFT(
      Kind.GAUGE,
      "session_pro_inbox_parked_deadline_seconds",
      "Time left until the next deadline of items that were given up",
      "store",
      "reason"),
  INBOX_MONEY_KEPT(
      Kind.GAUGE,
      "session_pro_inbox_money_kept",
      "Purchases that nobody gets anything for and that the store does not refund",
      "store",
      "reason"),
  INBOX_MESSAGES(
      Kind.GAUGE, "session_pro_inbox_messages", "Messages that are remembered", "store", "state"),
  INBOX_ENDINGS(
      Kind.COUNTER,
      "session_pro_inbox_attempts_total",
      "Attempts at items, by how they ended",
      "store",
      "kind",
      "outcome"),
  INBOX_WORKING(
      Kind.GAUGE, "session_pro_inbox_working", "Items that this process works on", "store"),

  JOB_HELD(Kind.GAUGE, "session_pro_job_lease_held", "1 if this process runs the job", "name"),
  JOB_RUNS(
      Kind.COUNTER,
      "session_pro_job_runs_total",
      "Runs of a job in this process, by how they ended",
      "name",
      "outcome"),
  JOB_TIME(
      Kind.GAUGE,
      "session_pro_job_last_run_duration_seconds",
      "How long the last run in this process took",
      "name"),
  JOB_INTERVAL(Kind.GAUGE, "session_pro_job_interval_seconds", "Between two runs of a job", "name"),
  JOB_SUCCESS(
      Kind.GAUGE,
      "session_pro_job_last_success_timestamp_seconds",
      "When a job last succeeded, in any process",
      "name"),

  DATABASE_CONNECTIONS(
      Kind.GAUGE, "session_pro_database_connections", "Connections that there are", "state"),
  DATABASE_WAITING(
      Kind.GAUGE, "session_pro_database_waiting", "Work that waits for a connection or the writer"),
  DATABASE_TIMEOUTS(
      Kind.COUNTER,
      "session_pro_database_timeouts_total",
      "How often work waited for a connection in vain"),
  DATABASE_FAULTS(
      Kind.COUNTER,
      "session_pro_database_faults_total",
      "How often the database did not do what it was asked"),
  DATABASE_BATCH(
      Kind.HISTOGRAM,
      "session_pro_database_batch_changes",
      "Changes that SQLite's writer committed together"),
  DATABASE_SCHEMA(Kind.GAUGE, "session_pro_database_schema_version", "Version of the tables", "of"),

  READINGS_AGE(
      Kind.GAUGE,
      "session_pro_readings_age_seconds",
      "Age of the numbers that were read in the database",
      "of"),
  READINGS_FAILURES(
      Kind.COUNTER,
      "session_pro_readings_failures_total",
      "How often numbers could not be read in the database",
      "of"),
  LOG_LINES(
      Kind.COUNTER,
      "session_pro_log_lines_total",
      "Warnings and worse in the log",
      "logger",
      "level"),
  LOG_DROPPED(
      Kind.COUNTER,
      "session_pro_log_lines_dropped_total",
      "Lines that came faster than the log is written"),

  START_TIME(Kind.GAUGE, "session_pro_process_start_timestamp_seconds", "When the process began"),
  CPU_TIME(Kind.COUNTER, "session_pro_process_cpu_seconds_total", "Processor time of the process"),
  FILES(Kind.GAUGE, "session_pro_process_open_files", "Files and sockets that are open"),
  FILES_LIMIT(
      Kind.GAUGE, "session_pro_process_open_files_limit", "Files and sockets that may be open"),
  MEMORY(Kind.GAUGE, "session_pro_jvm_memory_used_bytes", "Memory in use", "area"),
  MEMORY_LIMIT(Kind.GAUGE, "session_pro_jvm_memory_limit_bytes", "Memory that may be used", "area"),
  GC_TIME(
      Kind.COUNTER,
      "session_pro_jvm_gc_seconds_total",
      "Time spent in collections of garbage",
      "collector"),
  GC_RUNS(Kind.COUNTER, "session_pro_jvm_gc_runs_total", "Collections of garbage", "collector"),
  THREADS(Kind.GAUGE, "session_pro_jvm_threads", "Platform threads that live");

  /// How a number moves.
  public enum Kind {
    /// Up, from zero at the start of the process.
    COUNTER,
    /// Anyhow.
    GAUGE,
    /// Up, by classes of a size.
    HISTOGRAM,
    /// Never; what it tells is in its labels.
    INFO
  }

  private final Kind kind;
  private final String text;
  private final String help;

  /// A list that nobody can change, which its type does not tell.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> labels;

  Metric(Kind kind, String text, String help, String... labels) {
    this.kind = kind;
    this.text = text;
    this.help = help;
    this.labels = List.of(labels);
  }

  public Kind kind() {
    return kind;
  }

  /// The name, as it is written for a scrape; that of a histogram without `_bucket`, `_sum`, `_count`.
  public String text() {
    return text;
  }

  /// One phrase that says what is counted.
  public String help() {
    return help;
  }

  /// The names of the labels, in the order of their values.
  public List<String> labels() {
    return labels;
  }

  /// The metric that a name of a scrape belongs to.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Metric ofSample(String name) {
    return Arrays.stream(values())
        .filter(metric -> metric.samples().contains(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no metric has a sample " + name));
  }

  /// The names under which its samples are written.
  public List<String> samples() {
    return kind == Kind.HISTOGRAM
        ? List.of(text + "_bucket", text + "_sum", text + "_count")
        : List.of(text);
  }
}
