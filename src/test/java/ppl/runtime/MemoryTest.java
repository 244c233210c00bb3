package ppl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MemoryTest {
  private static final double GIGABYTE = 1 << 30;

  private static String advice(double wanted, double limit, double machine) {
    return Memory.advice(wanted * GIGABYTE, limit * GIGABYTE, machine * GIGABYTE);
  }

  @Test
  void theAdviceIsMoreThanThereIsOrThatThereIsNoMore() {
    assertEquals("PPL_JAVA_OPTIONS=-Xmx8g lets Java use 8.6 GB", advice(1, 4, 64));
    assertEquals("PPL_JAVA_OPTIONS=-Xmx34g lets Java use 37 GB", advice(17, 17, 64));
    assertEquals("PPL_JAVA_OPTIONS=-Xmx14g lets Java use 15 GB", advice(0, 12, 16));
    assertEquals("this machine has not enough for it, 26 GB in all", advice(16, 17, 24));
  }
}
