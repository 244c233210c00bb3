package ppl.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GearTest {
  private static final int ALL = Integer.MAX_VALUE;
  /// Seconds that the longest wait may take on a busy machine.
  private static final int PATIENCE = 300;

  private static Object made;

  /// As long as a form makes objects it is not compiled, however fast it is; and so it is not enough that it makes none now and
  /// then.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 700, 20_000})
  void passesWhenTheFormMakesNoObjects(int calls) throws InterruptedException {
    var count = new AtomicInteger();
    var gear = new Gear(() -> {
      int i = count.incrementAndGet();
      if (i <= calls && i % 50 != 0) made = new double[Gear.SIZE];
    });
    assertFalse(gear.vectors(1));
    assertTrue(passes(gear));
    assertTrue(count.get() > calls, count + " calls");
  }

  @Test
  void staysWithPlainJavaAsLongAsObjectsAreMade() throws InterruptedException {
    var count = new AtomicInteger();
    var gear = new Gear(() -> {
      count.incrementAndGet();
      made = new double[Gear.SIZE];
    });
    gear.vectors(ALL);
    while (count.get() < 11_000) Thread.sleep(5);
    assertFalse(gear.vectors(ALL));
  }

  /// No kernel hands vectors to methods that HotSpot leaves to themselves.
  @Test
  void everyKernelPasses() throws ReflectiveOperationException, InterruptedException {
    var names = new ArrayList<String>();
    for (var kernels : List.of(Columns.class, Decimals.class, Inner.class, LogSums.class, Maps.class, Products.class, Rows.class,
        Specials.class, Strips.class, Sums.class)) {
      for (var field : kernels.getDeclaredFields()) {
        if (field.getType() != Gear.class) continue;
        field.setAccessible(true);
        if (!passes((Gear) field.get(null))) names.add(kernels.getSimpleName() + "." + field.getName());
      }
    }
    assertEquals(List.of(), names);
  }

  private static boolean passes(Gear gear) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE * 1_000_000_000L;
    while (!gear.vectors(ALL) && System.nanoTime() < end) Thread.sleep(5);
    return gear.vectors(0);
  }
}
