package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.content.AsyncContent;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.ByteString;

/// Room is given back by those only who keep nothing any more: the next one fills it at once, and
/// one that is over may be referred to for long.
class BodyReaderTest {
  private static final int PART = 10_000;

  private final AsyncContent arriving = new AsyncContent();
  private final List<String> ends = new ArrayList<>();

  /// Kept at each time that room was given back.
  private final List<Integer> kept = new ArrayList<>();

  private final Room room = new Room();
  private final BodyReader reader =
      BodyReader.keeping(arriving, Runnable::run, room, 2 * PART, new Ends());

  private void send(int bytes) {
    arriving.write(false, ByteBuffer.allocate(bytes), Callback.NOOP);
  }

  @Test
  void aBodyThatBreaksOffIsNotKept() {
    send(PART);
    reader.run();
    assertThat(reader.kept()).isGreaterThanOrEqualTo(PART);
    arriving.fail(new IOException("gone"));
    assertThat(ends).containsExactly("broken");
    assertThat(kept).containsExactly(0);
  }

  @Test
  void aBodyThatWaitsInVainForMoreRoomIsNotKept() {
    send(PART);
    reader.run();
    room.full = true;
    send(PART / 2);
    assertThat(ends).containsExactly("waits");
    assertThat(reader.timedOut(new TimeoutException())).isFalse();
    assertThat(ends).containsExactly("waits", "broken");
    assertThat(kept).containsExactly(0);
  }

  @Test
  void aBodyThatIsDiscardedIsNotKept() {
    send(PART);
    reader.run();
    reader.discard();
    assertThat(kept).containsExactly(0);
    send(PART);
    arriving.close();
    assertThat(ends).containsExactly("discarded");
    assertThat(reader.kept()).isZero();
  }

  private final class Room implements BodyRoom {
    private boolean full;
    private @Nullable Runnable waiting;

    @Override
    public boolean growTo(int size) {
      return !full;
    }

    @Override
    public boolean await(Runnable ready) {
      waiting = ready;
      return true;
    }

    @Override
    public boolean withdraw() {
      boolean waited = waiting != null;
      waiting = null;
      return waited;
    }

    @Override
    public void giveBack() {
      kept.add(reader.kept());
    }
  }

  private final class Ends implements BodyReader.Listener {
    @Override
    public void whole(ByteString body) {
      ends.add("whole");
    }

    @Override
    public void refused(BodyReader.Refusal why) {
      ends.add("refused");
    }

    @Override
    public void broken(Throwable failure) {
      ends.add("broken");
    }

    @Override
    public void discarded() {
      ends.add("discarded");
    }

    @Override
    public void waits() {
      ends.add("waits");
    }

    @Override
    public void fail(Throwable fault) {
      throw new AssertionError(fault);
    }
  }
}
