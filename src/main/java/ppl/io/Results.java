package ppl.io;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import ppl.runtime.Posterior;
import ppl.runtime.Summary;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// Writes posteriors as texts: the summary as JSON, the draws as Stan CSV. Numbers that are not finite are `null` in
/// JSON, and `nan`, `inf`, `-inf` in CSV as CmdStan writes them.
public final class Results {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Results() {}

  /// The summary. Element names are those of [ppl.runtime.Quantity#element].
  public static String summary(Posterior posterior, List<Summary> summaries) {
    return json(out -> {
      out.writeStartObject();
      out.writeStringProperty("method", posterior.method());
      out.writeNumberProperty("seed", posterior.seed());
      if (posterior.interrupted()) out.writeBooleanProperty("interrupted", true);
      out.writeName("parameters").writeStartObject();
      summaries.forEach(s -> element(out, s));
      out.writeEndObject();
      out.writeName("diagnostics").writeStartObject();
      numbers(out, posterior.diagnostics());
      out.writeStringProperty("verdict", posterior.level().words());
      out.writeName("verdicts").writeStartArray();
      posterior.verdicts().forEach(v -> {
        out.writeStartObject();
        out.writeStringProperty("level", v.level().words());
        out.writeStringProperty("sentence", v.sentence());
        out.writeStringProperty("advice", v.advice());
        out.writeEndObject();
      });
      out.writeEndArray().writeEndObject();
      out.writeName("timing").writeStartObject();
      numbers(out, posterior.seconds());
      out.writeEndObject().writeEndObject();
    });
  }

  private static void element(JsonGenerator out, Summary s) {
    out.writeName(s.name()).writeStartObject();
    number(out, "mean", s.mean());
    number(out, "sd", s.sd());
    number(out, "q5", s.q5());
    number(out, "q50", s.q50());
    number(out, "q95", s.q95());
    number(out, "mcse_mean", s.mcseMean());
    number(out, "ess_bulk", s.essBulk());
    number(out, "ess_tail", s.essTail());
    number(out, "rhat", s.rhat());
    out.writeEndObject();
  }

  private static void numbers(JsonGenerator out, Map<String, Double> numbers) {
    numbers.forEach((name, x) -> number(out, name, x));
  }

  private static void number(JsonGenerator out, String name, double x) {
    out.writeName(name);
    if (!Double.isFinite(x)) out.writeNull();
    else if (x == Math.rint(x) && Math.abs(x) < 1e15) out.writeNumber((long) x);
    else out.writeNumber(x);
  }

  @FunctionalInterface
  interface Content {
    void write(JsonGenerator out);
  }

  /// Indented JSON with a line end.
  static String json(Content content) {
    var text = new StringWriter();
    var indent = new DefaultIndenter("  ", "\n");
    var printer = new DefaultPrettyPrinter().withObjectIndenter(indent);
    var context = new ObjectWriteContext.Base() {
      @Override
      public tools.jackson.core.PrettyPrinter getPrettyPrinter() {
        return printer;
      }
    };
    try (var out = FACTORY.createGenerator(context, text)) {
      content.write(out);
    }
    return text.append('\n').toString();
  }

  /// One chain as Stan CSV: `#` lines with the settings, the names, one draw a line.
  ///
  /// @param comments lines for the head, without `#`
  public static void draws(Posterior posterior, int chain, List<String> comments, Writer to) throws IOException {
    var out = to instanceof BufferedWriter b ? b : new BufferedWriter(to);
    for (var line : comments) out.append("# ").append(line).append('\n');
    header(posterior, out);
    adaptation(posterior, chain, out);
    int width = posterior.draws().width();
    int own = posterior.sampler().width();
    var draws = posterior.draws().chains().get(chain).reader();
    for (int i = 0; i < posterior.draws().length(chain); i++) {
      for (int c = 0; c < own; c++) cell(out, c == 0, posterior.sampler().get(chain, i, c));
      int at = draws.at(i);
      for (int c = 0; c < width; c++) cell(out, own + c == 0, draws.values()[at + c]);
      out.append('\n');
    }
    out.flush();
  }

  /// What CmdStan says between warm-up and draws.
  private static void adaptation(Posterior posterior, int chain, Writer out) throws IOException {
    int stepSize = posterior.columns().indexOf("stepsize__");
    if (stepSize < 0 || posterior.draws().length(chain) == 0) return;
    out.append("# Adaptation terminated\n# Step size = ");
    out.append(Double.toString(posterior.sampler().get(chain, 0, stepSize))).append('\n');
  }

  private static void cell(Writer out, boolean first, double x) throws IOException {
    if (!first) out.append(',');
    if (Double.isNaN(x)) out.append("nan");
    else if (Double.isInfinite(x)) out.append(x > 0 ? "inf" : "-inf");
    else out.append(Numbers.show(x));
  }

  private static void header(Posterior posterior, Writer out) throws IOException {
    boolean first = true;
    for (var name : posterior.columns()) {
      out.append(first ? "" : ",").append(name);
      first = false;
    }
    for (var quantity : posterior.quantities()) {
      for (int i = 0; i < quantity.size(); i++) {
        var name = new StringBuilder(quantity.name());
        for (int s : Shapes.unravel(quantity.dims(), i)) name.append('.').append(s + 1);
        out.append(first ? "" : ",").append(quoted(name.toString()));
        first = false;
      }
    }
    out.append('\n');
  }

  private static String quoted(String name) {
    return name.matches("[^,\"\\r\\n]*") ? name : "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
