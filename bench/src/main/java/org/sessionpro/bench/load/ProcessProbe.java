package org.sessionpro.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Looks at what another process of this machine uses, and the whole machine; on Linux only.
public final class ProcessProbe {
  private static final int BYTES_PER_KB = 1_024;
  private static final int MILLIS_PER_TICK = 10;
  private static final Path MACHINE = Path.of("/proc/stat");

  private final ProcessHandle process;
  private final Path status;

  private ProcessProbe(ProcessHandle process, Path status) {
    this.process = process;
    this.status = status;
  }

  /// What a process has used since its start.
  ///
  /// @param cpu by all its threads, in user mode and in the kernel's, in steps of 10 ms
  /// @param residentBytes its memory that is in RAM now (VmRSS); 0 if the kernel does not say
  /// @param peakBytes the most that ever was (VmHWM); 0 if the kernel does not say, as some do not
  public record Usage(Duration cpu, long residentBytes, long peakBytes) {}

  /// Looks at the process of that number.
  ///
  /// @throws IllegalArgumentException if there is no such process, or no `/proc`
  public static ProcessProbe of(long pid) {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.isReadable(status)) {
      throw new IllegalArgumentException(
          "process " + pid + " cannot be looked at: it does not run, or this is not Linux");
    }
    return new ProcessProbe(ProcessHandle.of(pid).orElseThrow(), status);
  }

  /// What it has used until now.
  ///
  /// @throws UncheckedIOException if the process has ended
  public Usage read() {
    try {
      String text = Files.readString(status);
      return new Usage(cpu(process), bytes(text, "VmRSS"), bytes(text, "VmHWM"));
    } catch (IOException ended) {
      throw new UncheckedIOException("the measured process has ended", ended);
    }
  }

  /// Processor time of this process so far.
  static Duration ownCpu() {
    return cpu(ProcessHandle.current());
  }

  /// Processor time of everything on this machine since it was started, and what its host took away.
  static Duration busyMachine() {
    try (Stream<String> lines = Files.lines(MACHINE)) {
      return busy(lines.findFirst().orElseThrow());
    } catch (IOException absent) {
      return Duration.ZERO;
    }
  }

  /// All but the 4th and 5th number, idle and waiting, of the first eight in the first line of
  /// `/proc/stat`: `cpu  10 20 …`, in steps of 10 ms. The others are counted among these.
  static Duration busy(String machine) {
    List<Long> ticks =
        Arrays.stream(machine.substring(machine.indexOf(' ')).strip().split(" "))
            .limit(8)
            .map(Long::valueOf)
            .toList();
    long all = ticks.stream().mapToLong(Long::longValue).sum();
    return Duration.ofMillis(MILLIS_PER_TICK * (all - ticks.get(3) - ticks.get(4)));
  }

  /// utime and stime of `/proc/PID/stat`.
  private static Duration cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// A figure in the text of `/proc/PID/status`: `VmRSS:     1234 kB`; 0 if it is not there. A
  /// process that has ended and is not yet waited for has none.
  static long bytes(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> BYTES_PER_KB * Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }
}
