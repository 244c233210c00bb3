package ppl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;
import ppl.source.Span;
import ppl.typed.FunDef;
import ppl.typed.SizeCheck;
import ppl.typed.Symbol;
import ppl.typed.TExpr;
import ppl.typed.Type;

/// Where something stands: the names in sight, and where to put what is found on the way.
///
/// @param checks sizes to compare when data are bound
record Env(Shared shared, Globals globals, Scope scope, List<SizeCheck> checks) {
  /// What one run of the checker collects.
  ///
  /// @param dataOnly  expressions that may not depend on unknowns, with the error for one that does
  /// @param undeclared names that were reported, so that each is once
  /// @param locals    names that blocks give for themselves
  /// @param later     names that `generate` gives
  /// @param functions what calls need to know of user functions
  record Shared(Diagnostics out, Resolving resolving, Map<String, String> sets, List<DataOnly> dataOnly,
      Set<String> undeclared, Map<FunDef, FunInfo> functions, Map<Symbol, TExpr> definitions,
      List<Refusal> refusals, Set<String> used, Set<String> later, Map<String, Span> locals) {
    static Shared of(Diagnostics out, Map<String, String> sets) {
      return new Shared(out, new Resolving(out), sets, new ArrayList<>(), new HashSet<>(), new IdentityHashMap<>(),
          new IdentityHashMap<>(), new ArrayList<>(), new HashSet<>(), new HashSet<>(), new HashMap<>());
    }

    /// The same, to try things out: nothing that is found is kept.
    Shared quiet() {
      return new Shared(new Diagnostics(), resolving, sets, new ArrayList<>(), new HashSet<>(undeclared), functions,
          new IdentityHashMap<>(definitions), new ArrayList<>(), used, later, locals);
    }

    /// The same, but that constants of these names keep the values of the text.
    Shared fixing(Set<String> names) {
      var others = new HashMap<>(sets);
      others.keySet().removeAll(names);
      return new Shared(
          out, resolving, Map.copyOf(others), dataOnly, undeclared, functions, definitions, refusals, used, later, locals);
    }
  }

  /// @param result the declared type of the result
  /// @param checks sizes that every call must compare
  record FunInfo(Type result, List<SizeCheck> checks) {}

  /// @param error from the name of an unknown to what is wrong
  record DataOnly(TExpr value, Function<Symbol, Diagnostic> error) {}

  /// A construct that is right but not supported.
  record Refusal(Diagnostic error) {}

  Env in(Scope inner) {
    return new Env(shared, globals, inner, checks);
  }

  Env inner(Scope.Kind kind) {
    return in(scope.inner(kind));
  }

  /// The same place, where nothing that is found is kept.
  Env quiet() {
    return new Env(shared.quiet(), globals, scope, new ArrayList<>());
  }

  void report(Diagnostic d) {
    shared.out().add(d);
  }

  void dataOnly(TExpr value, Function<Symbol, Diagnostic> error) {
    shared.dataOnly().add(new DataOnly(value, error));
  }

  void refuse(Diagnostic d) {
    shared.refusals().add(new Refusal(d));
  }
}
