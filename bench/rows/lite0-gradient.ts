import * as ag from '@igos/autograd';
import { folderReader } from '@igos/autograd/node';
import { loadModel } from '@igos/autograd/tfjs';
import { scoreOfModel } from 'igos';
import { type CheckedCase, checkAgreement } from '../agreement.ts';
import { alternate } from '../alternate.ts';
import { openBackend } from '../ours.ts';
import { decodeFloats, startTorch, type Torch } from '../peers/torch.ts';
import { speedRatio, timingOf } from '../results/outcome.ts';
import { atLeast, type Group, shortTurns } from '../results/row.ts';
import { describeForTorch, lite0Subject, type Subject } from '../subjects.ts';

/**
 * Rounding makes a few of the millions of ReLU6 change sides, and each moves the gradient of the pixels it sees: torch's
 * own layouts differ by as much.
 */
const tolerance = 2e-2;

/** The bundled network: the score of an image and its slope at every pixel. */
export const lite0Gradient: Group = {
  title: 'The bundled EfficientNet-Lite0, forward and input gradient',
  rows: [
    {
      id: 'lite0-gradient',
      measure: 'EfficientNet-Lite0 forward and input gradient against torch channels-last, one thread',
      unit: 'times',
      bar: atLeast(0.85, 1.1),
    },
  ],
  run: async (context) => {
    const torch = await startTorch(context.python);
    const backend = openBackend(1);
    try {
      const subject = await lite0Subject();
      const ours = await ourGradient(subject, backend);
      const peers = [
        await torchGradient(torch, subject, 'channels-last'),
        await torchGradient(torch, subject, 'default'),
      ];
      for (const { timed, result } of peers) checkAgreement(timed.name, [result, ours.result], tolerance);
      const cases = [ours, ...peers].map(({ timed }) => timed);
      const watch = () => context.watch([torch.pid]);
      const alternation = await alternate(cases, { ...shortTurns(context), turn: 300, watch });
      const value = speedRatio(timingOf(alternation, ours.timed.name), timingOf(alternation, peers[0]!.timed.name));
      return { 'lite0-gradient': { value, comparisons: [{ subject: subject.name, value, ...alternation }] } };
    } finally {
      torch.close();
      backend.dispose();
    }
  },
};

async function ourGradient({ folder, image, target }: Subject, backend: ag.Backend): Promise<CheckedCase> {
  const model = await loadModel(folderReader(folder));
  const leaf = ag.input('image', [1, ...image.shape]);
  const score = scoreOfModel(model, { target: { kind: 'index', index: target } })(leaf);
  const [slope] = ag.gradient(score, [leaf]) as [ag.Tensor];
  const program = ag.compile({ outputs: { score, slope } }, backend);
  const arrays = { image: { data: image.data, shape: leaf.shape } };
  return {
    result: (await program.run(arrays)).slope.data,
    dispose: () => program.dispose(),
    timed: {
      name: `ours, ${backend.name}`,
      flop: 2 * program.plan.multiplyAdds,
      run: async () => void (await program.run(arrays)),
    },
  };
}

async function torchGradient(torch: Torch, subject: Subject, layout: string): Promise<CheckedCase> {
  await torch.ask({ do: 'open', name: layout, layout, ...describeForTorch(subject) });
  const question = { do: 'gradient', name: layout, threads: 1 };
  return {
    result: decodeFloats((await torch.ask({ ...question, values: true })).values),
    dispose: () => {},
    timed: { name: `torch, ${layout}`, run: async () => (await torch.ask(question)).milliseconds },
  };
}
