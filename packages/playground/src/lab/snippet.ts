import type { ExplainedSubject } from '../engine/handlers/explanation.ts';
import { engineInNode } from './command.ts';
import type { Recipe } from './recipe.ts';

/** File of what the network saw, which the code reads. */
export const inputFile = 'input.npy';

/** Files of what else the reader brought. */
export const baselineFile = 'baseline.npy';
export const startMaskFile = 'start-mask.npy';

/** A program for Node that repeats a run with the library. */
export function snippetOf(recipe: Recipe, { image, units }: Pick<ExplainedSubject, 'image' | 'units'>): string {
  const { folder, output, target, settings, baseline, initMask, score, ties } = recipe;
  const isOwn = baseline === 'own';
  const of = output ? `target, output: ${literal(output)}` : 'target';
  const [height = 0, width = 0] = image.shape;
  const facts = { imageSize: [height, width], initMaskSize: initMask?.size, noiseUnit: units.noiseUnit };
  const beside = [inputFile, ...(isOwn ? [baselineFile] : []), ...(initMask ? [startMaskFile] : [])];
  const { packages, imports, opens } = backendCode[engineInNode(recipe.engine)];
  return `// npm install ${packages}
// node --experimental-wasm-relaxed-simd repeat.mjs
// Beside it: ${beside.join(', ')}.
import { readFile, writeFile } from 'node:fs/promises';
${imports}
import { folderReader } from '@igos/autograd/node';
import { loadModel } from '@igos/autograd/tfjs';
import { createMaskProblem, deletionInsertion, explain, explainToEnd,${isOwn ? '' : ' makeBaseline,'} parseTarget, scoreOfModel } from 'igos';
import {${isOwn ? '' : ' baselines,'} explainOptionsOf, problemOptionsOf, resolveSettings } from 'igos/named';
import { decodeNpy, encodeNpy } from 'igos/pictures';

const model = await loadModel(folderReader(${literal(folder)}));
const image = decodeNpy(await readFile(${literal(inputFile)}));
const settings = resolveSettings(
  ${literal(settings)},
  ${literal(facts)},
);
${isOwn ? readBaseline : makeBaseline(baseline, units)}

const backend = ${opens};
const target = parseTarget(${literal(target)});
const problem = createMaskProblem({
  score: scoreOfModel(model, { ${of}, score: ${literal(score)} }),
  probability: scoreOfModel(model, { ${of} }),
  image,
  baseline,
  backend,
  ...problemOptionsOf(settings),
});
${initMask ? runFromMask : 'const run = explain(problem, explainOptionsOf(settings));'}
const result = await explainToEnd(run, ({ k, objective }) => console.log(k + 1, objective));
const { saliency, tieBreak } = result;
const { deletion, insertion } = await deletionInsertion(problem, saliency, { ties: ${literal(ties)}, tieBreak, seed });
console.log({ score: result.final.score, deletion: deletion.auc, insertion: insertion.auc });
await writeFile('mask.npy', encodeNpy(result.mask));
await writeFile('saliency.npy', encodeNpy(saliency));
backend.dispose();
`;
}

const backendCode = {
  wasm: {
    packages: 'igos @igos/autograd',
    imports: "import { createWasmBackend } from '@igos/autograd';",
    opens: 'createWasmBackend()',
  },
  'gpujs:webgpu': {
    packages: 'igos @igos/autograd gpu.js webgpu@0.6.2',
    imports: "import { createGpuBackend } from '@igos/autograd/gpu';",
    opens: "await createGpuBackend('webgpu')",
  },
};

const readBaseline = `const { seed } = settings;
const baseline = decodeNpy(await readFile(${literal(baselineFile)}));`;

function makeBaseline(name: string, { pixels }: ExplainedSubject['units']): string {
  return `const { blurSize, blurSigma, seed } = settings;
const pixels = ${literal(pixels)};
const baseline = makeBaseline(baselines[${literal(name)}], image, { ...pixels, blurSize, blurSigma, seed });`;
}

const runFromMask = `const { data: initMask } = decodeNpy(await readFile(${literal(startMaskFile)}));
const run = explain(problem, { ...explainOptionsOf(settings), initMask });`;

/** As it stands in code. */
function literal(value: unknown): string {
  return JSON.stringify(value);
}
