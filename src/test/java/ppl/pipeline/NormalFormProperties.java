package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import ppl.form.NormalForm;
import ppl.form.TermPrinter;

/// The terms of a normal form add up to the log joint, whatever the model.
class NormalFormProperties {
  @Provide
  Arbitrary<RandomModel> models() {
    return RandomModel.models();
  }

  @Property(tries = 60)
  void termsAddUpToTheJoint(@ForAll("models") RandomModel model, @ForAll long seed) {
    var ready = Whole.ready(model.text(), model.data());
    var joint = new Joint(ready);
    var q = PipelineProperties.position(ready.program().bind(ready.data()), seed);
    var form = NormalForm.of(ready.program().model());
    double stated = joint.stated(q);
    double normal = joint.normal(form, q);
    if (stated == normal || Double.isNaN(stated) && Double.isNaN(normal)) return;
    assertEquals(stated, normal, 1e-10 * Math.max(1, Math.abs(stated)), () -> TermPrinter.print(form));
  }
}
