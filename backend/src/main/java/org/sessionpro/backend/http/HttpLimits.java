package org.sessionpro.backend.http;

import java.time.Duration;

/// Every bound that the server puts on what comes from outside.
///
/// @param headerBytes request line and header fields together, 1 024…65 536, default 8 192; more is
///     answered 431 (414 where the target alone exceeds it)
/// @param connections open connections, 1…1 000 000, default 10 500; further ones wait to be
///     accepted. Each takes up to 8 kB of heap and 4 kB beside it while a request arrives. Keep it
///     below the process's limit of descriptors ([#withinDescriptors])
/// @param concurrentRequests threads that serve connections at the same time, 16…1 000 000, default
///     4 000; further ones wait. Requests that wait for their turn ([WorkLimits]) have none
/// @param replyMemory bytes for long answers, those of more than 4 096 bytes, until their clients have
///     fetched them, 0…1 GiB, default a sixteenth of the heap's limit and 8 MiB at least. An answer
///     that there is no room for becomes 503, directly or as the code inside an onion. Answers whose
///     bytes all clients share ([Lane#PREPARED]) take none, save inside onions
public record HttpLimits(
    int headerBytes,
    BodyLimits bodies,
    int connections,
    int concurrentRequests,
    WorkLimits work,
    TimeLimits times,
    int replyMemory) {

  private static final int GIBIBYTE = 1 << 30;
  private static final int OTHER_DESCRIPTORS = 500;
  private static final int FEWEST_CONNECTIONS = 100;

  /// The longest bodies, in bytes, each at most [#CEILING] (`decisions.md` §1, `onion-requests.md`
  /// §10).
  ///
  /// @param standard client routes, also inside an onion; default 65 536, at least 1 024
  /// @param onion the outer body of an onion request; default 1 048 576, at least 1 024
  /// @param webhook messages of stores; default 262 144, at least 1 024
  /// @param memory long bodies, those of more than 2 048 bytes, from their arrival to their answer; at
  ///     least the longest body, at most 1 GiB, default 4 194 304. As much for the bodies of onions,
  ///     which wait unread until there is room, as for all others together, which are answered 503
  ///     if there is none in their lane: half is for what does not come from clients, whose own bodies
  ///     are short, and a quarter for each of the other two; each has room for its longest body.
  ///     Handling a body takes up to five times its size
  public record BodyLimits(int standard, int onion, int webhook, int memory) {
    /// 10 485 760 bytes, the maximum of the onion protocol.
    public static final int CEILING = 10_485_760;

    public static final BodyLimits DEFAULT = new BodyLimits(65_536, 1_048_576, 262_144, 4_194_304);

    /// @throws IllegalArgumentException naming the first limit out of range
    public BodyLimits {
      Range.require("standard body limit", standard, 1_024, CEILING);
      Range.require("onion body limit", onion, 1_024, CEILING);
      Range.require("webhook body limit", webhook, 1_024, CEILING);
      int longest = Math.max(standard, Math.max(onion, webhook));
      Range.require("body memory", memory, longest, GIBIBYTE);
    }

    /// What the long bodies of one lane share.
    int memoryOf(Lane lane) {
      return switch (lane) {
        case CLIENTS, PREPARED -> Math.max(standard, memory / 4);
        case OTHERS -> Math.max(Math.max(standard, webhook), memory / 2);
      };
    }

    /// The same with another limit of onions, and memory for at least one of that length.
    public BodyLimits withOnion(int bytes) {
      return new BodyLimits(standard, bytes, webhook, Math.max(memory, bytes));
    }
  }

  /// How many requests that cost something are worked on, and how many may wait for that, in each
  /// [Lane].
  ///
  /// @param atOnce requests worked on at the same time, 1…10 000, default 32 for each processor. More
  ///     than that only wait for one another; fewer would leave the processors idle while the
  ///     database is waited for
  /// @param waiting requests that wait for their turn, 0…1 000 000, default 1 024 for each processor,
  ///     which a server at its limits works off well within `patience`; further ones are shed at once
  /// @param patience how long one waits before it is shed, 10 ms…10 s, default 2 s
  public record WorkLimits(int atOnce, int waiting, Duration patience) {
    public static final WorkLimits DEFAULT = of(Runtime.getRuntime().availableProcessors());

    /// @throws IllegalArgumentException naming the first limit out of range
    public WorkLimits {
      Range.require("limit of requests at work", atOnce, 1, 10_000);
      Range.require("limit of waiting requests", waiting, 0, 1_000_000);
      Range.require("patience", patience, Duration.ofMillis(10), Duration.ofSeconds(10));
    }

    /// The defaults of a machine with that many processors.
    static WorkLimits of(int processors) {
      // All lanes together stay below the threads that there are.
      int few = Math.min(processors, 32);
      return new WorkLimits(32 * few, 1_024 * few, Duration.ofSeconds(2));
    }
  }

  /// How long clients may take. No byte prolongs any of them.
  ///
  /// @param receive from the first byte of a request to its last, header and body together, and
  ///     from the opening of a connection to its first byte; 10 ms…60 s, default 15 s; then 408, or
  ///     nothing if there was no byte
  /// @param idle how long a connection may wait for its next request, and how long a client may
  ///     take to fetch an answer; 10 ms…10 min, default 65 s, which outlasts the upstream
  ///     connections of the usual reverse proxies
  /// @param stop how long a stop waits for requests in flight; 10 ms…9 s, default 8 s. With the
  ///     closing itself a stop takes less than 10 s. A quarter of it replaces the other two limits
  ///     then, where they are longer
  public record TimeLimits(Duration receive, Duration idle, Duration stop) {
    private static final Duration LEAST = Duration.ofMillis(10);

    public static final TimeLimits DEFAULT =
        new TimeLimits(Duration.ofSeconds(15), Duration.ofSeconds(65), Duration.ofSeconds(8));

    /// @throws IllegalArgumentException naming the first limit out of range
    public TimeLimits {
      Range.require("receive time limit", receive, LEAST, Duration.ofSeconds(60));
      Range.require("idle time limit", idle, LEAST, Duration.ofMinutes(10));
      Range.require("stop time limit", stop, LEAST, Duration.ofSeconds(9));
    }
  }

  public static final HttpLimits DEFAULT =
      new HttpLimits(
          8_192,
          BodyLimits.DEFAULT,
          10_500,
          4_000,
          WorkLimits.DEFAULT,
          TimeLimits.DEFAULT,
          replyMemory(Runtime.getRuntime().maxMemory()));

  /// @throws IllegalArgumentException naming the first limit out of range
  public HttpLimits {
    Range.require("header limit", headerBytes, 1_024, 65_536);
    Range.require("connection limit", connections, 1, 1_000_000);
    Range.require("limit of concurrent requests", concurrentRequests, 16, 1_000_000);
    Range.require("reply memory", replyMemory, 0, GIBIBYTE);
  }

  /// The default for a heap that may grow to so many bytes.
  static int replyMemory(long heap) {
    return Math.clamp(heap / 16, 8 << 20, GIBIBYTE);
  }

  /// The same with other body limits.
  public HttpLimits with(BodyLimits other) {
    return new HttpLimits(
        headerBytes, other, connections, concurrentRequests, work, times, replyMemory);
  }

  /// The same with other time limits.
  public HttpLimits with(TimeLimits other) {
    return new HttpLimits(
        headerBytes, bodies, connections, concurrentRequests, work, other, replyMemory);
  }

  /// The same with other limits of work.
  public HttpLimits with(WorkLimits other) {
    return new HttpLimits(
        headerBytes, bodies, connections, concurrentRequests, other, times, replyMemory);
  }

  /// The same with other memory for long answers.
  public HttpLimits withReplyMemory(int bytes) {
    return new HttpLimits(headerBytes, bodies, connections, concurrentRequests, work, times, bytes);
  }

  /// The same with no more connections than a process may have that is allowed so many descriptors:
  /// 500 stay for files, databases and stores, because where connections take the last one the
  /// database fails too. A limit that leaves fewer than 100 connections is of no use to anybody, so
  /// that many there are.
  ///
  /// @param descriptors that the process may have open
  public HttpLimits withinDescriptors(long descriptors) {
    long most = Math.max(FEWEST_CONNECTIONS, descriptors - OTHER_DESCRIPTORS);
    int fewer = (int) Math.min(connections, most);
    return new HttpLimits(headerBytes, bodies, fewer, concurrentRequests, work, times, replyMemory);
  }

  /// A class of its own, so that neither of the inner records needs this one to be initialized, whose
  /// default needs theirs.
  private static final class Range {
    static <T extends Comparable<T>> void require(String name, T value, T min, T max) {
      if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
        throw new IllegalArgumentException(
            "%s must be %s…%s, is %s".formatted(name, min, max, value));
      }
    }
  }
}
