import { type Backend, DeviceLostError } from '@igos/autograd';
import type { GpuAdapter } from '@igos/autograd/gpu';
import { createMaskProblem, scoreOfModel } from 'igos';
import { problemOptionsOf } from 'igos/named';
import type { EngineName, GpuEngineName } from '../engine-names.ts';
import { FailureError } from '../failure.ts';
import { openEngine } from '../open-engine.ts';
import type { CallContext } from '../remote.ts';
import type { ProblemRequest } from '../session.ts';
import { noRun } from '../under-way.ts';
import { session } from './session.ts';

/** What there is to compute on besides the processor; absent where the browser has nothing. */
export type Adapters = Readonly<Partial<Record<GpuEngineName, GpuAdapter>>>;

export async function adapters(): Promise<Adapters> {
  const { gpuAdapters } = await import('@igos/autograd/gpu');
  const { webgpu, webgl2 } = await gpuAdapters();
  return { ...(webgpu && { 'gpujs:webgpu': webgpu }), ...(webgl2 && { 'gpujs:webgl2': webgl2 }) };
}

export interface SpeedRequest extends ProblemRequest {
  readonly engine: EngineName;
}

/** Enough to know a speed by. */
const longest = { runs: 5, seconds: 2 };

/** Fewest points of the measured path: one alone would flatter no engine. */
const fewestPoints = 5;

/**
 * Network evaluations a second: integrated gradients of what is open, as many points at once as suit the engine,
 * the best of a few after one that compiles, each begun when no run is under way.
 */
export async function speed({ engine: name, ...request }: SpeedRequest, context: CallContext<never>): Promise<number> {
  if (name === session.engine.name) return speedOn(session.backend, request, context);
  const { backend } = await openEngine(name);
  try {
    return await speedOn(backend, request, context);
  } catch (error) {
    // The page does not compute with this card, so nothing else is lost.
    throw error instanceof DeviceLostError ? new FailureError({ what: 'measuring-lost' }) : error;
  } finally {
    backend.dispose();
  }
}

async function speedOn(
  backend: Backend,
  { baseline, settings: asked }: ProblemRequest,
  { signal }: CallContext<never>,
): Promise<number> {
  const { subject } = session;
  const settings = session.resolve(asked);
  const points = Math.max(fewestPoints, backend.batch);
  const problem = createMaskProblem({
    score: scoreOfModel(subject.model, { target: subject.target }),
    image: subject.image,
    baseline: session.baseline(baseline, settings),
    backend,
    ...problemOptionsOf({ ...settings, igSteps: points }),
  });
  const mask = new Float64Array(problem.maskSize[0] * problem.maskSize[1]).fill(1);
  const measure = async () => {
    await noRun();
    const start = performance.now();
    await problem.pathGradient(mask, { checkpoint: () => signal.throwIfAborted() });
    return (performance.now() - start) / 1000;
  };
  try {
    await measure();
    const seconds: number[] = [];
    const total = () => seconds.reduce((sum, value) => sum + value, 0);
    while (seconds.length < longest.runs && total() < longest.seconds) seconds.push(await measure());
    return (2 * points) / Math.min(...seconds);
  } finally {
    problem.dispose();
  }
}
