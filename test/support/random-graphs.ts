import * as ag from '@igos/autograd';
import { seededRandom } from './seeded.ts';
import { constantNorm, weight } from './small-nets.ts';

type Tensor = ag.Tensor;

/** Picks with equal chance. */
type Pick = <T>(choices: readonly T[]) => T;

interface Sources {
  /** Everything built so far, images `[n, h, w, c]` all of them. */
  readonly nodes: readonly Tensor[];
  readonly pick: Pick;
  /** A new seed at each call. */
  readonly seed: () => number;
}

const activations = [ag.relu, ag.relu6, ag.sigmoid, ag.tanh, ag.swish, ag.abs, ag.neg, ag.elu, ag.softmax];

/** Ways to go on from an image; they keep values within reach, so that depth does not drown rounding errors. */
const growths: readonly ((x: Tensor, sources: Sources) => Tensor)[] = [
  (x, { pick }) => pick(activations)(x),
  (x, { pick }) => pick(activations)(x),
  (x, { nodes, pick }) => pick([ag.add, ag.sub, ag.maximum])(x, partnerOf(x, nodes, pick)),
  (x, { nodes, pick }) => ag.mul(ag.tanh(x), partnerOf(x, nodes, pick)),
  (x, { nodes, pick }) => ag.select(ag.greater(x, partnerOf(x, nodes, pick)), x, 0.25),
  (x, { pick }) => pick([ag.add, ag.mul, ag.sub])(x, pick([0, 1, 0.5, -2])),
  (x, { pick, seed }) =>
    pick([ag.add, ag.mul])(x, weight(seed(), pick([[channelsOf(x)], [x.shape[1]!, 1, 1], [1], x.shape]))),
  (x, { pick, seed }) =>
    ag.conv2d(x, weight(seed(), [pick([1, 3]), 3, channelsOf(x), pick([1, 2, 3])]), { padding: 'same' }),
  (x, { pick, seed }) =>
    ag.depthwiseConv2d(x, weight(seed(), [3, 2, channelsOf(x), pick([1, 2])]), { padding: 'same' }),
  (x, { seed }) => constantNorm(x, seed()),
  (x, { pick, seed }) =>
    constantNorm(
      ag.conv2d(x, weight(seed(), [1, 1, channelsOf(x), 2]), { padding: 'same', strides: pick([1, 2]) }),
      seed(),
    ),
  (x, { pick }) => pick([ag.maxPool, ag.averagePool])(x, { size: 2, strides: pick([1, 2]), padding: 'same' }),
  (x, { pick }) =>
    ag.resizeBilinear(x, [pick([2, 3]), pick([3, 4])], { coordinates: pick(['alignCorners', 'halfPixel', 'legacy']) }),
  (x) => ag.transpose(x, [0, 2, 1, 3]),
  (x) => ag.reshape(x, [x.shape[0]!, x.shape[2]!, x.shape[1]!, channelsOf(x)]),
  (x, { pick }) =>
    ag.pad(
      x,
      [
        [0, 0],
        [1, 0],
        [0, 1],
        [0, 0],
      ],
      { mode: pick(['constant', 'symmetric']) },
    ),
  (x) => ag.slice(x, { begin: [0, 0, 0, 0], size: x.shape.with(1, Math.ceil(x.shape[1]! / 2)), strides: [1, 2, 1, 1] }),
  (x, { nodes, pick }) => ag.concat([x, partnerOf(x, nodes, pick)], 3),
  (x, { pick }) => ag.sub(x, pick([ag.mean, ag.max])(x, { axes: pick([[1, 2], [3]]), keepDims: true })),
  (x, { seed }) => {
    const [n = 1, rows = 1, columns = 1, channels = 1] = x.shape;
    const product = ag.dense(ag.reshape(x, [-1, channels]), weight(seed(), [channels, 2]), weight(seed(), [2]));
    return ag.reshape(product, [n, rows, columns, 2]);
  },
  (x) => ag.add(ag.stopGradient(x), ag.mul(x, 0.5)),
];

function channelsOf(x: Tensor): number {
  return x.shape[3]!;
}

/** Another image of the same shape, or the image itself. */
function partnerOf(x: Tensor, nodes: readonly Tensor[], pick: Pick): Tensor {
  return pick(nodes.filter(({ shape }) => shape.join() === x.shape.join()));
}

/** A network of random ops on one image, some of its nodes as outputs, and the gradient of one of them. */
export function randomGraph(seed: number, size = 14) {
  const random = seededRandom(seed);
  const pick: Pick = (choices) => choices[Math.floor(random() * choices.length)]!;
  let count = 1000 * seed;
  const image = ag.input('image', [pick([1, 2]), pick([1, 3, 4]), pick([2, 5]), pick([1, 2, 3])]);
  const nodes: Tensor[] = [image];
  while (nodes.length < size) {
    // the newest nodes more often, so that graphs grow deep
    const from = pick([...nodes, ...nodes.slice(-3), ...nodes.slice(-3)]);
    const node = pick(growths)(from, { nodes, pick, seed: () => ++count });
    if (node.shape.reduce((total, extent) => total * extent, 1) <= 200) nodes.push(node);
  }
  const [first, second] = [nodes.at(-1)!, pick(nodes)];
  const [slope] = ag.gradient(first, [image], { seed: weight(++count, first.shape) });
  return { image, outputs: { first, second, slope } };
}
