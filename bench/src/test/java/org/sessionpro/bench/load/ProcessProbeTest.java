package org.sessionpro.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessProbeTest {
  @Test
  void residentMemoryIsReadInBytes() {
    String status =
        """
        Name:	java
        VmPeak:	 4501064 kB
        VmHWM:	  210000 kB
        VmRSS:	  193320 kB
        RssAnon:	  150000 kB
        """;

    assertThat(ProcessProbe.bytes(status, "VmRSS")).isEqualTo(193_320L * 1_024);
    assertThat(ProcessProbe.bytes(status, "VmHWM")).isEqualTo(210_000L * 1_024);
  }

  @Test
  void aProcessThatHasEndedHasNoMemory() {
    assertThat(ProcessProbe.bytes("Name:\tjava\nState:\tZ (zombie)\n", "VmRSS")).isZero();
  }

  @Test
  void thisProcessHasUsedTimeAndMemory() {
    ProcessProbe.Usage usage = ProcessProbe.of(ProcessHandle.current().pid()).read();

    assertThat(usage.cpu()).isPositive();
    assertThat(usage.residentBytes()).isGreaterThan(10_000_000);
    assertThat(usage.peakBytes()).isGreaterThanOrEqualTo(usage.residentBytes());
  }

  @Test
  void aMachineIsBusyWithAllButIdlingAndWaiting() {
    String stat = "cpu  1000 200 30 400000 50000 6 70 800 90000 900000";

    assertThat(ProcessProbe.busy(stat)).isEqualTo(Duration.ofMillis(21_060));
  }

  @Test
  void thisMachineHasBeenBusyForLongerThanThisProcess() {
    assertThat(ProcessProbe.busyMachine()).isGreaterThan(ProcessProbe.ownCpu().minusMillis(100));
  }

  @Test
  void aProcessThatDoesNotRunIsRefused() {
    assertThatThrownBy(() -> ProcessProbe.of(Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not run");
  }
}
