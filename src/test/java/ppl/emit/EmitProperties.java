package ppl.emit;

import static org.junit.jupiter.api.Assertions.*;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.util.CheckClassAdapter;

/// Compiled code means what the interpreter means, whatever the size of methods it is cut into.
class EmitProperties {
  /// Equal bits are wanted, up to the sign of 0: no operation is reordered or fused.
  @Property(tries = 400)
  void compiledIsInterpreted(@ForAll long seed) {
    agrees(seed, Split.MOST);
  }

  /// An element with a constant subscript is written in a branch, where one with a subscript of data was known.
  @Example
  void subscriptsThatMeet() {
    agrees(15345, Split.MOST);
  }

  @Property(tries = 200)
  void cutProgramsAreInterpreted(@ForAll long seed, @ForAll @IntRange(min = 40, max = 600) int most) {
    agrees(seed, most);
  }

  private static void agrees(long seed, int most) {
    var p = Programs.of(seed);
    var kernel = p.bind(Emit.toClass(p.unit(), most));
    same(p.interpretedDensity(), kernel.logDensity(p.program().start()));
    var expected = new double[p.program().start().length];
    var actual = expected.clone();
    same(p.interpretedGradient(expected), kernel.gradient(p.program().start(), actual));
    assertArrayEquals(plusZero(expected), plusZero(actual));
    same(p.interpretedDensity(), kernel.logDensity(p.program().start()));
    same(p.interpretedDensity(), kernel.fork().logDensity(p.program().start()));
  }

  private static void same(double expected, double actual) {
    assertEquals(expected + 0.0, actual + 0.0);
  }

  /// -0 becomes 0: adding a value to a fresh 0 is not done at run time.
  private static double[] plusZero(double[] values) {
    return java.util.Arrays.stream(values).map(v -> v + 0.0).toArray();
  }

  @Property(tries = 100)
  void verifies(@ForAll long seed, @ForAll @IntRange(min = 40, max = 3000) int most) {
    var said = new StringWriter();
    var bytes = Emit.toClass(Programs.of(seed).unit(), most);
    var loader = EmitProperties.class.getClassLoader();
    CheckClassAdapter.verify(new ClassReader(bytes), loader, false, new PrintWriter(said));
    assertEquals("", said.toString());
  }

  @Property(tries = 100)
  void methodsAreSmall(@ForAll long seed) {
    for (var m : ClassFile.of().parse(Emit.toClass(Programs.of(seed).unit())).methods())
      m.findAttribute(java.lang.classfile.Attributes.code())
          .ifPresent(c -> assertTrue(((CodeAttribute) c).codeLength() <= 3000, m.methodName() + ": " + c));
  }
}
