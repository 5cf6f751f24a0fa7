/** There is no more memory, of the machine or of its GPU: smaller batches, or less open beside it, need less. */
export class OutOfMemoryError extends Error {
  override name = 'OutOfMemoryError';
}

/** The GPU was lost, as when its driver was reset: create the backend and its programs again. */
export class DeviceLostError extends Error {
  override name = 'DeviceLostError';
}

/** The backend cannot run here: no graphics card, no driver for it, or a package that is not installed. */
export class BackendUnavailableError extends Error {
  override name = 'BackendUnavailableError';
}
