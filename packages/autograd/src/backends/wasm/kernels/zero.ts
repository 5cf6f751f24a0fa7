import { fillZero } from '../writer/instructions.ts';
import { type Kernel, KernelWriter } from './kernel-writer.ts';

/** Arguments: an address. Sets as many bytes from there to 0 as the unit has items. */
export const zeroFill: Kernel = {
  key: 'zero',
  emit: () => {
    const f = new KernelWriter(1);
    return f.finish(fillZero(f.arguments[0].get, f.count));
  },
};
