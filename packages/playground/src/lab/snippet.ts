import type { ExplainedSubject } from '../engine/handlers/explanation.ts';
import { engineInNode } from './command.ts';
import type { Recipe } from './recipe.ts';

/** File of what the network saw, which the code reads. */
export const inputFile = 'input.npy';

/** A program for Node that repeats a run with the library. */
export function snippetOf(recipe: Recipe, { image, units }: Pick<ExplainedSubject, 'image' | 'units'>): string {
  const { folder, target, settings, baseline, score, ties } = recipe;
  const [height = 0, width = 0] = image.shape;
  const facts = { imageSize: [height, width], noiseUnit: units.noiseUnit };
  const { packages, imports, opens } = backendCode[engineInNode(recipe.engine)];
  return `// npm install ${packages}
// node --experimental-wasm-relaxed-simd repeat.mjs
// Beside it: ${inputFile}, what the network saw.
import { readFile, writeFile } from 'node:fs/promises';
${imports}
import { folderReader } from '@igos/autograd/node';
import { loadModel } from '@igos/autograd/tfjs';
import { createMaskProblem, deletionInsertion, explain, explainToEnd, makeBaseline, parseTarget, scoreOfModel } from 'igos';
import { baselines, explainOptionsOf, problemOptionsOf, resolveSettings } from 'igos/named';
import { decodeNpy, encodeNpy } from 'igos/pictures';

const model = await loadModel(folderReader(${literal(folder)}));
const image = decodeNpy(await readFile(${literal(inputFile)}));
const settings = resolveSettings(
  ${literal(settings)},
  ${literal(facts)},
);
const { blurSize, blurSigma, seed } = settings;
const pixels = ${literal(units.pixels)};
const baseline = makeBaseline(baselines[${literal(baseline)}], image, { ...pixels, blurSize, blurSigma, seed });

const backend = ${opens};
const target = parseTarget(${literal(target)});
const problem = createMaskProblem({
  score: scoreOfModel(model, { target, score: ${literal(score)} }),
  probability: scoreOfModel(model, { target }),
  image,
  baseline,
  backend,
  ...problemOptionsOf(settings),
});
const run = explain(problem, explainOptionsOf(settings));
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

/** As it stands in code. */
function literal(value: unknown): string {
  return JSON.stringify(value);
}
