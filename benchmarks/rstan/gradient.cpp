// Appended to what stanc makes of a model: times its log density and gradient, at a point near the origin.
#include <rstan/io/rlist_ref_var_context.hpp>
#include <stan/model/log_prob_grad.hpp>
#include <algorithm>
#include <ctime>
#include <random>
#include <vector>

namespace {
double processor_time() {
  timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

volatile double sink;

double run(stan_model &model, std::vector<double> &q, std::vector<double> &gradient, std::vector<int> &whole, long calls) {
  double start = processor_time();
  for (long i = 0; i < calls; i++) sink = stan::model::log_prob_grad<true, true>(model, q, whole, gradient);
  return processor_time() - start;
}
}

// Median microseconds of processor time a call.
extern "C" SEXP gradient_time(SEXP data) {
  rstan::io::rlist_ref_var_context context(data);
  stan_model model(context, 0u, nullptr);
  std::mt19937 random(1);
  std::normal_distribution<double> normal;
  std::vector<double> q(model.num_params_r()), gradient;
  std::vector<int> whole(model.num_params_i());
  for (auto &x : q) x = 0.1 * normal(random);
  long calls = 1;
  for (double spent = 0; spent < 0.5;) {
    double t = run(model, q, gradient, whole, calls);
    spent += t;
    if (t < 0.02) calls *= 2;
  }
  std::vector<double> times(15);
  for (auto &t : times) t = run(model, q, gradient, whole, calls) / calls;
  std::sort(times.begin(), times.end());
  return Rf_ScalarReal(1e6 * times[times.size() / 2]);
}
