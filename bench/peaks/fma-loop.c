/* Prints the milliseconds of the fastest of several loops of 128-bit fused multiply-adds in registers, each of 2.24 GFLOP. */
#include <stdio.h>
#include <time.h>

typedef float lanes __attribute__((vector_size(16)));

enum { chains = 14, turns = 20000000, attempts = 5 };

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return 1e3 * now.tv_sec + 1e-6 * now.tv_nsec;
}

int main(void) {
  double best = 1e30;
  float used = 0;
  for (int attempt = 0; attempt < attempts; attempt++) {
    lanes x = {0.999f, 0.999f, 0.999f, 0.999f}, y = {0.001f, 0.001f, 0.001f, 0.001f}, chain[chains];
    for (int i = 0; i < chains; i++) chain[i] = y * (float)i;
    double start = milliseconds();
    for (int turn = 0; turn < turns; turn++) {
#pragma GCC unroll 14
      for (int i = 0; i < chains; i++) chain[i] = chain[i] * x + y;
    }
    double took = milliseconds() - start;
    if (took < best) best = took;
    for (int i = 0; i < chains; i++) used += chain[i][0];
  }
  fprintf(stderr, "%g\n", used);
  printf("%.6f\n", best);
  return 0;
}
