/** Runs a bound plan. Arrays are flat and row-major; results belong to the caller. */
export interface Runner {
  /** @param timings  when given, receives the milliseconds of each step, where the runner sees them */
  run(inputs: readonly ArrayLike<number>[], timings?: Float64Array): Promise<Float32Array[]>;
  dispose(): void;
}
