import { moveBytes } from '../writer/instructions.ts';
import { type Kernel, KernelWriter } from './kernel-writer.ts';

/** Arguments: where to, where from. Moves as many bytes as the unit has items; the two places may overlap. */
export const move: Kernel = {
  key: 'move',
  emit: () => {
    const f = new KernelWriter(2);
    const [to, from] = f.arguments;
    return f.finish(moveBytes(to.get, from.get, f.count));
  },
};
