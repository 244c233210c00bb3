package ppl.infer;

import java.util.ArrayDeque;
import java.util.Deque;

/// The states of a walk. One that nobody holds any more is used again, the last one first: it is still in a cache.
final class States {
  private final int d;
  private final Deque<State> free = new ArrayDeque<>();

  States(int d) {
    this.d = d;
  }

  /// A state to be filled, which nobody holds yet.
  State take() {
    return free.isEmpty() ? new State(d) : free.pop();
  }

  /// Takes back a state that nobody holds.
  void back(State s) {
    free.push(s);
  }

  /// Gives `s`, which has a holder more.
  State held(State s) {
    s.holders++;
    return s;
  }

  /// Gives `now` to who has held `before`.
  State hold(State now, State before) {
    now.holders++;
    if (--before.holders == 0) free.push(before);
    return now;
  }
}
