/** A backend that takes a plan without giving it memory or kernels: for asking what a program would cost. */
export const planOnly = {
  name: 'plan',
  precision: 'float32',
  fuses: true,
  loops: true,
  batch: 1,
  load: () => ({ run: async () => [], dispose: () => {} }),
  dispose: () => {},
} as const;
