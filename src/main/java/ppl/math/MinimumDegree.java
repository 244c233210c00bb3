package ppl.math;

import java.util.Arrays;

/// An order of elimination for a sparse symmetric matrix that fills little in: always an element of least approximate
/// degree, on the quotient graph, where what was eliminated stands as a clique (Amestoy, Davis and Duff, "An approximate
/// minimum degree ordering algorithm", SIAM J. Matrix Anal. 17, 1996). Rows that are nearly full come last.
final class MinimumDegree {
  private final int n;
  /// Neighbours not yet eliminated that no clique covers.
  private final int[][] near;
  private final int[] nearCount;
  /// Cliques that an element is in.
  private final int[][] cliques;
  private final int[] cliqueCount;
  /// Members of the clique that an eliminated element left.
  private final int[][] members;
  private final int[] degree;
  private final int[] next;
  private final int[] previous;
  private final int[] head;
  private final int[] mark;
  private final int[] outside;
  private final int[] outsideMark;
  private final boolean[] gone;
  private int stamp;

  private MinimumDegree(int n, int[][] neighbours) {
    this.n = n;
    near = neighbours;
    nearCount = new int[n];
    cliques = new int[n][2];
    cliqueCount = new int[n];
    members = new int[n][];
    degree = new int[n];
    next = new int[n];
    previous = new int[n];
    head = new int[n + 1];
    mark = new int[n];
    outside = new int[n];
    outsideMark = new int[n];
    gone = new boolean[n];
  }

  /// `order[k]` is what to eliminate as k-th. `neighbours` are each element's others, without repetition; they are used
  /// up.
  static int[] order(int n, int[][] neighbours) {
    return new MinimumDegree(n, neighbours).run();
  }

  private int[] run() {
    int dense = Math.max(16, (int) (10 * Math.sqrt(n)));
    Arrays.fill(head, -1);
    var order = new int[n];
    int last = n;
    for (int i = n - 1; i >= 0; i--) {
      if (near[i].length > dense) {
        gone[i] = true;
        order[--last] = i;
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      if (gone[i]) continue;
      int count = 0;
      for (int j : near[i]) if (!gone[j]) near[i][count++] = j;
      nearCount[i] = count;
      insert(i, count);
    }
    int least = 0;
    for (int k = 0; k < last; k++) {
      while (head[least] < 0) least++;
      int pivot = head[least];
      order[k] = pivot;
      eliminate(pivot);
      least = 0 < least ? lowest(pivot, least) : 0;
    }
    return order;
  }

  /// No degree has fallen below this.
  private int lowest(int pivot, int least) {
    int low = least;
    for (int i : members[pivot]) low = Math.min(low, degree[i]);
    return low;
  }

  private void eliminate(int pivot) {
    remove(pivot);
    gone[pivot] = true;
    var clique = gather(pivot);
    members[pivot] = clique;
    int stampOutside = ++stamp;
    for (int i : clique) {
      for (int c = 0; c < cliqueCount[i]; c++) {
        int e = cliques[i][c];
        if (outsideMark[e] != stampOutside) {
          outsideMark[e] = stampOutside;
          outside[e] = alive(e);
        }
        outside[e]--;
      }
    }
    int inside = ++stamp;
    for (int i : clique) mark[i] = inside;
    for (int i : clique) {
      remove(i);
      int d = clique.length - 1;
      int kept = 0;
      for (int c = 0; c < cliqueCount[i]; c++) {
        int e = cliques[i][c];
        if (outside[e] <= 0) continue;
        cliques[i][kept++] = e;
        d += outside[e];
      }
      cliqueCount[i] = kept;
      int left = 0;
      for (int c = 0; c < nearCount[i]; c++) {
        int j = near[i][c];
        if (gone[j] || mark[j] == inside) continue;
        near[i][left++] = j;
      }
      nearCount[i] = left;
      if (cliques[i].length == kept) cliques[i] = Arrays.copyOf(cliques[i], 2 * kept + 2);
      cliques[i][cliqueCount[i]++] = pivot;
      insert(i, Math.min(d + left, n - 1));
    }
  }

  /// All that the pivot is tied to, directly or by a clique.
  private int[] gather(int pivot) {
    int here = ++stamp;
    mark[pivot] = here;
    var out = new int[Math.max(4, nearCount[pivot])];
    int count = 0;
    for (int c = 0; c < nearCount[pivot]; c++) {
      int j = near[pivot][c];
      if (gone[j] || mark[j] == here) continue;
      mark[j] = here;
      out[count++] = j;
    }
    for (int c = 0; c < cliqueCount[pivot]; c++) {
      for (int j : members[cliques[pivot][c]]) {
        if (gone[j] || mark[j] == here) continue;
        mark[j] = here;
        if (count == out.length) out = Arrays.copyOf(out, 2 * count);
        out[count++] = j;
      }
      members[cliques[pivot][c]] = new int[0];
    }
    near[pivot] = new int[0];
    cliques[pivot] = new int[0];
    return Arrays.copyOf(out, count);
  }

  /// Number of members of a clique that are not eliminated; drops the others.
  private int alive(int e) {
    int count = 0;
    for (int j : members[e]) if (!gone[j]) members[e][count++] = j;
    if (count < members[e].length) members[e] = Arrays.copyOf(members[e], count);
    return count;
  }

  private void insert(int i, int d) {
    degree[i] = d;
    next[i] = head[d];
    previous[i] = -1;
    if (head[d] >= 0) previous[head[d]] = i;
    head[d] = i;
  }

  private void remove(int i) {
    if (previous[i] >= 0) next[previous[i]] = next[i];
    else head[degree[i]] = next[i];
    if (next[i] >= 0) previous[next[i]] = previous[i];
  }
}
