package ppl;

import net.jqwik.api.JqwikException;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/// Gives every property the same random inputs in every run, so that a failure of the suite is about the commit and not
/// about luck. Soaks look for what these inputs miss: `-Dppl.seed=N` gives other inputs, `-Dppl.seed=random` others in
/// every run, and `-Dppl.tries=K` K times as many.
public final class Repeatable implements AroundPropertyHook {
  private static final String SEED = System.getProperty("ppl.seed", "1");
  private static final int TRIES = Integer.getInteger("ppl.tries", 1);
  private static final int USUAL = 1000;

  @Override
  public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
    var attributes = context.attributes();
    if (!SEED.equals("random") && attributes.seed().isEmpty()) attributes.setSeed(Long.toString(seed(context.extendedLabel())));
    int tries = attributes.tries().orElse(USUAL);
    if (TRIES > 1 && tries > 1) attributes.setTries(Math.multiplyExact(tries, TRIES));
    return property.execute();
  }

  private static long seed(String property) {
    try {
      return 31 * Long.parseLong(SEED) + property.hashCode();
    } catch (NumberFormatException e) {
      throw new JqwikException("-Dppl.seed takes a whole number or `random`, not " + SEED, e);
    }
  }

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public int aroundPropertyProximity() {
    return Integer.MIN_VALUE;
  }
}
