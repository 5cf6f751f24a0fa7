import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeHugeHeader, writeModel, writeNpyFile, writePhoto, writeTruncatedPhoto } from '../support/bad-files.ts';
import { type CliResult, fixtureModelFolder, goldenModelFolder, igos } from '../support/igos-cli.ts';

interface Case {
  readonly name: string;
  /** Words after `igos`; `MODEL` stands for a good model. */
  readonly args: readonly string[];
  readonly code: number;
  /** What the message has to say. */
  readonly says: readonly (string | RegExp)[];
  /** Puts bad files into the current folder, which already holds `photo.png`. */
  readonly prepare?: (folder: string) => void | Promise<void>;
}

let base: string;
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'igos-bad-'));
});
afterAll(() => rmSync(base, { recursive: true }));

/** Every file below a folder with its contents. */
function contentsOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    files.map((file) => {
      const path = join(folder, file);
      return [file, statSync(path).isFile() ? readFileSync(path).toString('base64') : 'folder'];
    }),
  );
}

function expectOneClearError({ code, stdout, stderr }: CliResult, wanted: Pick<Case, 'code' | 'says'>): void {
  expect(stderr).toMatch(/^igos: /);
  for (const text of wanted.says) expect(stderr).toMatch(text);
  expect(code).toBe(wanted.code);
  expect(stdout).toBe('');
  expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(4);
  expect(stderr).not.toMatch(/^\s+at /m);
}

function check(cases: readonly Case[]): void {
  test.concurrent.each(cases)('$name', async ({ name, args, prepare, ...wanted }) => {
    const cwd = mkdtempSync(join(base, 'case-'));
    await writePhoto(join(cwd, 'photo.png'));
    mkdirSync(join(cwd, 'photo.igos'));
    writeFileSync(join(cwd, 'photo.igos/notes.txt'), 'mine');
    await prepare?.(cwd);
    const before = contentsOf(cwd);
    const words = args.map((word) => (word === 'MODEL' ? goldenModelFolder : word));
    expectOneClearError(await igos(words, { cwd }), wanted);
    expect(contentsOf(cwd), 'nothing new, nothing removed').toEqual(before);
  });
}

const explain = (...flags: string[]) => ['explain', 'photo.png', '--model', 'MODEL', ...flags];
const explainImage = (image: string) => ['explain', image, '--model', 'MODEL'];
const explainWith = (model: string) => ['explain', 'photo.png', '--model', model];

describe('wrong use', () => {
  check([
    { name: 'no image', args: ['explain'], code: 2, says: ['image'] },
    { name: 'two images', args: ['explain', 'a.png', 'b.png'], code: 2, says: ['too many arguments'] },
    { name: 'an unknown command', args: ['exlpain', 'photo.png'], code: 2, says: ['exlpain', 'explain?'] },
    { name: 'an unknown flag', args: explain('--metod', 'igos'), code: 2, says: ['--metod', '--method?'] },
    { name: 'an unknown method', args: explain('--method', 'igoss'), code: 2, says: ['igoss', 'mean igos?'] },
    { name: 'an unknown baseline', args: explain('--baseline', 'blurr'), code: 2, says: ['blurr', 'mean blur?'] },
    { name: 'an unknown backend', args: explain('--backend', 'referense'), code: 2, says: ['mean reference?'] },
    { name: 'a negative weight', args: explain('--l1', '-0.1'), code: 2, says: ['--l1', '-0.1', 'at least 0'] },
    { name: 'a NaN weight', args: explain('--tv', 'NaN'), code: 2, says: ['--tv', 'NaN', 'at least 0'] },
    { name: 'a beta below 1', args: explain('--tv-beta', '0.5'), code: 2, says: ['--tv-beta', 'at least 1'] },
    { name: 'no iterations', args: explain('--iterations', '0'), code: 2, says: ['--iterations', 'at least 1'] },
    { name: 'half a step', args: explain('--ig-steps', '2.5'), code: 2, says: ['--ig-steps', 'whole number'] },
    { name: 'a growing step', args: explain('--step-decay', '1'), code: 2, says: ['--step-decay', 'below 1'] },
    { name: 'a mask size of words', args: explain('--mask-size', 'large'), code: 2, says: ['--mask-size', '28'] },
    { name: 'a mask larger than the image', args: explain('--mask-size', '8x17'), code: 2, says: ['8x17', '16x16'] },
    { name: 'an even blur', args: explain('--blur-size', '4'), code: 2, says: ['odd', '4'] },
    { name: 'a blur past the side', args: explain('--blur-size', '33'), code: 2, says: ['33', '16x16'] },
    { name: 'a bad input scale', args: explain('--input-scale', '0..2'), code: 2, says: ["'0..2'", '0..1'] },
    { name: 'a bad memory size', args: explain('--max-memory', 'much'), code: 2, says: ['--max-memory', '1GB'] },
    { name: 'a target out of range', args: explain('--target', '10'), code: 2, says: ['10', '0 to 9'] },
    { name: 'a target before the first', args: explain('--target', '-1'), code: 2, says: ['-1', '0 to 9'] },
    {
      name: 'an unknown label',
      args: explain('--target', 'german shepard', '--labels', 'names.txt'),
      prepare: (folder) =>
        writeFileSync(join(folder, 'names.txt'), 'a\nb\nc\nd\ne\nf\ng\nGerman shepherd\nsheep\nshepherd’s pie\n'),
      code: 2,
      says: ["'german shepard'", "'German shepherd'"],
    },
    {
      name: 'too few labels',
      args: explain('--labels', 'names.json'),
      prepare: (folder) => writeFileSync(join(folder, 'names.json'), '["a", "b"]'),
      code: 2,
      says: ['names.json', '2 names', '10 values'],
    },
    { name: 'a missing label file', args: explain('--labels', 'no.txt'), code: 2, says: ['no.txt', 'no such file'] },
    { name: 'an unknown output', args: explain('--output', 'probs'), code: 2, says: ['probs', 'probabilities'] },
    {
      name: 'a probability where there is no softmax',
      args: explainWith('raw'),
      prepare: (folder) =>
        writeModel(join(folder, 'raw'), {
          from: fixtureModelFolder,
          json: (model) => {
            const softmax = model.modelTopology?.node.find(({ op }) => op === 'Softmax');
            if (softmax) softmax.op = 'Sigmoid';
          },
        }),
      code: 2,
      says: ['not a softmax', '--score logit'],
    },
    {
      name: 'a start mask of another size',
      args: explain('--init-mask', 'mask.npy', '--mask-size', '8'),
      prepare: (folder) => writeNpyFile(join(folder, 'mask.npy'), [1, 1, 1, 1], [2, 2]),
      code: 2,
      says: ['mask.npy', '[2, 2]', '8×8'],
    },
    {
      name: 'a start mask beyond 1',
      args: explain('--init-mask', 'mask.npy'),
      prepare: (folder) => writeNpyFile(join(folder, 'mask.npy'), [1, 1.5, 1, 1], [2, 2]),
      code: 2,
      says: ['0 to 1', '1.5'],
    },
  ]);
});

describe('bad pictures', () => {
  check([
    { name: 'a missing file', args: explainImage('no.jpg'), code: 4, says: ['no.jpg', 'no such file'] },
    { name: 'a folder', args: explainImage('photo.igos'), code: 4, says: ['photo.igos', 'is a folder'] },
    { name: 'no picture', args: explainImage('photo.igos/notes.txt'), code: 4, says: ['not a picture', 'PNG'] },
    {
      name: 'a truncated JPEG',
      args: explainImage('cut.jpg'),
      prepare: (folder) => writeTruncatedPhoto(join(folder, 'cut.jpg')),
      code: 4,
      says: ['cut.jpg', 'cut short'],
    },
    {
      name: 'more than 40 megapixels',
      args: explainImage('huge.png'),
      prepare: (folder) => writeHugeHeader(join(folder, 'huge.png'), 8000, 5001),
      code: 4,
      says: ['8000×5001', '40'],
    },
    {
      name: 'an array of another size',
      args: explainImage('array.npy'),
      prepare: (folder) => writeNpyFile(join(folder, 'array.npy'), new Float32Array(16 * 15), [16, 15]),
      code: 4,
      says: ['array.npy', '[16, 15]', '16×16×1'],
    },
    {
      name: 'an array cut short',
      args: explainImage('array.npy'),
      prepare: (folder) => writeNpyFile(join(folder, 'array.npy'), new Float32Array(100), [16, 16]),
      code: 4,
      says: ['array.npy', 'cut short'],
    },
    {
      name: 'a baseline picture that is none',
      args: explain('--baseline', 'photo.igos/notes.txt'),
      code: 4,
      says: ['notes.txt', 'not a picture'],
    },
  ]);
});

describe('bad models', () => {
  check([
    { name: 'an unknown name', args: explainWith('digitz'), code: 3, says: ['digitz', 'mean digits?'] },
    { name: 'a folder without model.json', args: explainWith('photo.igos'), code: 3, says: ['no model.json'] },
    {
      name: 'no JSON',
      args: explainWith('bad.json'),
      prepare: (folder) => writeFileSync(join(folder, 'bad.json'), '{"format": '),
      code: 3,
      says: ['bad.json', 'JSON'],
    },
    {
      name: 'no topology',
      args: explainWith('bad'),
      prepare: (folder) =>
        writeModel(join(folder, 'bad'), {
          json: (model) => {
            model.modelTopology = undefined;
          },
        }),
      code: 3,
      says: ['modelTopology'],
    },
    {
      name: 'a missing shard',
      args: explainWith('bad'),
      prepare: (folder) => {
        writeModel(join(folder, 'bad'), {});
        unlinkSync(join(folder, 'bad/group1-shard1of1.bin'));
      },
      code: 3,
      says: ['group1-shard1of1.bin'],
    },
    {
      name: 'a shard too short',
      args: explainWith('bad'),
      prepare: (folder) => writeModel(join(folder, 'bad'), { weights: (bytes) => bytes.subarray(0, -4) }),
      code: 3,
      says: ['bytes'],
    },
    {
      name: 'a shard too long',
      args: explainWith('bad'),
      prepare: (folder) => writeModel(join(folder, 'bad'), { weights: (bytes) => Buffer.concat([bytes, bytes]) }),
      code: 3,
      says: ['bytes'],
    },
    {
      name: 'a path out of the folder',
      args: explainWith('bad'),
      prepare: (folder) =>
        writeModel(join(folder, 'bad'), {
          json: (model) => {
            model.weightsManifest[0]?.paths.splice(0, 1, '../photo.png');
          },
        }),
      code: 3,
      says: ['../photo.png', 'unsafe'],
    },
    {
      name: 'an unknown op',
      args: explainWith('bad'),
      prepare: (folder) =>
        writeModel(join(folder, 'bad'), {
          json: (model) => {
            const node = model.modelTopology?.node.find(({ op }) => op === 'Softmax');
            if (node) node.op = 'Hocuspocus';
          },
        }),
      code: 3,
      says: ['Hocuspocus'],
    },
    {
      name: 'a graph that runs in a circle',
      args: explainWith('bad'),
      prepare: (folder) =>
        writeModel(join(folder, 'bad'), {
          json: (model) => {
            const nodes = model.modelTopology?.node ?? [];
            const softmax = nodes.find(({ op }) => op === 'Softmax');
            const first = nodes.find(({ input }) => input?.some((name) => name.startsWith('image')));
            if (softmax && first?.input) first.input[0] = softmax.name;
          },
        }),
      code: 3,
      says: [/cycle|circle/],
    },
    {
      name: 'a list in place of a model',
      args: ['inspect', 'bad'],
      prepare: (folder) => {
        mkdirSync(join(folder, 'bad'));
        writeFileSync(join(folder, 'bad/model.json'), '[]');
      },
      code: 3,
      says: ['bad'],
    },
  ]);
});

describe('numbers that are not finite', () => {
  const withNaN = (count: number) => Float32Array.from({ length: count }, (_, i) => (i === 3 ? Number.NaN : 0.5));
  check([
    {
      name: 'NaN in the picture',
      args: explainImage('array.npy'),
      prepare: (folder) => writeNpyFile(join(folder, 'array.npy'), withNaN(256), [16, 16]),
      code: 5,
      says: ['array.npy', '[0, 3]', 'NaN'],
    },
    {
      name: 'NaN in the start mask',
      args: explain('--init-mask', 'mask.npy'),
      prepare: (folder) => writeNpyFile(join(folder, 'mask.npy'), withNaN(16), [4, 4]),
      code: 5,
      says: ['mask.npy', 'NaN'],
    },
    {
      name: 'NaN in the weights',
      args: explainWith('bad'),
      prepare: (folder) =>
        writeModel(join(folder, 'bad'), {
          weights: (bytes) => {
            bytes.writeFloatLE(Number.NaN, 8);
            return bytes;
          },
        }),
      code: 5,
      says: ['bad', 'NaN', 'weight'],
    },
    {
      name: 'an overflow on the way, explained',
      args: [...explain('--input-scale', '0/1e-38'), '--score', 'logit'],
      code: 5,
      says: ['finite'],
    },
    {
      name: 'an overflow on the way, predicted',
      args: ['predict', 'photo.png', '--model', 'MODEL', '--input-scale', '0/1e-38'],
      code: 5,
      says: ['finite'],
    },
  ]);
});

describe('too little memory', () => {
  check([
    { name: 'for one picture', args: explain('--max-memory', '20KB'), code: 1, says: ['--max-memory', 'raise it'] },
    {
      name: 'for the threads',
      args: ['explain', 'photo.png', '--max-memory', '60MB', '--threads', '5'],
      code: 1,
      says: ['--max-memory', /lower --threads to \d+/],
    },
    {
      name: 'for one picture on reference',
      args: explain('--max-memory', '20KB', '--backend', 'reference'),
      code: 1,
      says: ['--max-memory', 'raise it'],
    },
    {
      name: 'for the batch',
      args: explain('--max-memory', '1MB', '--batch', '500', '--backend', 'gpujs:cpu'),
      code: 1,
      says: ['--max-memory', 'lower --batch'],
    },
  ]);
});

describe('a backend that this machine lacks', () => {
  check([
    {
      name: 'WebGPU without the package for Node',
      args: explain('--backend', 'gpujs:webgpu'),
      code: 1,
      says: ['gpujs:webgpu', 'npm install webgpu@0.6.2'],
    },
    {
      name: 'WebGL outside of a page',
      args: explain('--backend', 'gpujs:webgl2'),
      code: 1,
      says: ['gpujs:webgl2 is not available here'],
    },
  ]);
});

describe('folders that cannot be written', () => {
  check([
    { name: 'a file in its place', args: explain('--out', 'photo.png'), code: 1, says: ['photo.png', '--out'] },
    { name: 'a file above it', args: explain('--out', 'photo.png/x'), code: 1, says: ['photo.png', '--out'] },
    {
      name: 'a folder where a file has to go',
      args: explain('--out', 'taken', '--iterations', '1', '--backend', 'reference', '--quiet'),
      prepare: (folder) => {
        mkdirSync(join(folder, 'taken/report.json/inside'), { recursive: true });
      },
      code: 1,
      says: ['taken', 'report.json'],
    },
    {
      name: 'a gradient into a file',
      args: ['predict', 'photo.png', '--model', 'MODEL', '--gradient', 'photo.png/g.npy'],
      code: 1,
      says: ['--gradient'],
    },
  ]);
});

test('DEBUG=igos adds a stack', async () => {
  const { code, stderr } = await igos(['predict', 'no.png'], { cwd: base, env: { DEBUG: 'igos' } });
  expect(code).toBe(4);
  expect(stderr).toMatch(/^\s+at /m);
});
