package org.sessionpro.backend.http.ops;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import java.time.Duration;
import java.time.Instant;
import org.sessionpro.backend.telemetry.LogCounts;
import org.sessionpro.backend.telemetry.Metric;

/// How the process fares, and how often it complained, as numbers.
public final class ProcessNumbers implements Source {
  private static final String LIBRARIES = "libraries";

  @Override
  public void show(Scrape scrape) {
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    scrape.show(Metric.START_TIME, Instant.ofEpochMilli(runtime.getStartTime()));
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      scrape.show(Metric.CPU_TIME, Duration.ofNanos(unix.getProcessCpuTime()));
      scrape.show(Metric.FILES, unix.getOpenFileDescriptorCount());
      scrape.show(Metric.FILES_LIMIT, unix.getMaxFileDescriptorCount());
    }
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    showMemory(scrape, memory.getHeapMemoryUsage(), "heap");
    showMemory(scrape, memory.getNonHeapMemoryUsage(), "nonheap");
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      Duration time = Duration.ofMillis(Math.max(0, collector.getCollectionTime()));
      scrape.show(Metric.GC_TIME, time, collector.getName());
      scrape.show(Metric.GC_RUNS, Math.max(0, collector.getCollectionCount()), collector.getName());
    }
    scrape.show(Metric.THREADS, ManagementFactory.getThreadMXBean().getThreadCount());
    LogCounts.ofProgram()
        .forEach((logger, tally) -> scrape.show(Metric.LOG_LINES, tally, logger.text()));
    scrape.show(Metric.LOG_LINES, LogCounts.ofLibraries(), LIBRARIES);
    scrape.show(Metric.LOG_DROPPED, LogCounts.ofDropped());
  }

  private static void showMemory(Scrape scrape, MemoryUsage usage, String area) {
    scrape.show(Metric.MEMORY, usage.getUsed(), area);
    if (usage.getMax() >= 0) {
      scrape.show(Metric.MEMORY_LIMIT, usage.getMax(), area);
    }
  }
}
