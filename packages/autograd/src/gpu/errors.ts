/** A mode of GPU.js cannot run here: no graphics card, no driver, or a package that is missing. */
export class GpuUnavailableError extends Error {
  override readonly name = 'GpuUnavailableError';
}

/** The graphics card is gone: asleep, reset, or taken by something else. The backend and its programs are unusable. */
export class GpuLostError extends Error {
  override readonly name = 'GpuLostError';
}
