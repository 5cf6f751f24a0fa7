import type { HostArray } from '@igos/autograd';
import type { NoiseDraw } from '../noise.ts';
import type { GroupResult, PointGroup } from './path-sums.ts';

/** What a run of the network gives, by name: values of one image or of several. */
export type Named = Readonly<Record<string, HostArray>>;

/** Called before `n` more images enter the network; may throw to stop. */
export type Admit = (n: number) => void;

/** How many images at a time go through the network is up to the backend; the results are the same. */
export interface Runs {
  groups(run: GroupsRun, admit: Admit): Promise<GroupResult[]>;
  masks(masks: readonly ArrayLike<number>[], admit: Admit): Promise<Named[]>;
  images(images: readonly HostArray[], admit: Admit): Promise<Named[]>;
  imageGradients(images: readonly HostArray[], admit: Admit): Promise<Named[]>;
}

interface GroupsRun {
  readonly mask: ArrayLike<number>;
  readonly groups: readonly PointGroup[];
  readonly gradient: boolean;
  readonly noise: NoiseDraw | undefined;
}
