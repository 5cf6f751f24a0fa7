import type { HostArray } from '@igos/autograd';

/** A host array of float32 values: images, masks and maps as they are stored. */
export interface Float32HostArray extends HostArray {
  readonly data: Float32Array;
}
