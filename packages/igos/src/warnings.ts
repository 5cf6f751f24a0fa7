import type { MethodResult } from './methods/method.ts';
import { extent } from './saliency.ts';

/** What a reader of a result should know before trusting it. */
export interface Warning {
  readonly kind: 'baseline-keeps-class' | 'search-failed' | 'low-confidence' | 'constant-map' | 'zero-gradient';
  /** One sentence. */
  readonly message: string;
}

/** Below this probability of the target I-GOS is known to work badly. */
const lowConfidence = 0.2;

/** Share of the image's probability above which a baseline still shows the class. */
const usableBaseline = 0.5;

/**
 * Warnings of a run, the most serious first.
 *
 * @param probability  of the target on the image and on the baseline
 */
export function findWarnings(
  result: MethodResult,
  { image, baseline }: { readonly image: number; readonly baseline: number },
): Warning[] {
  const warnings: Warning[] = [];
  const add = (kind: Warning['kind'], applies: boolean, message: string) => {
    if (applies) warnings.push({ kind, message });
  };
  // A logit or a difference of classes says nothing about confidence.
  const isProbability = image >= 0 && image <= 1 && baseline >= 0 && baseline <= 1;
  add(
    'zero-gradient',
    result.zeroGradient,
    'the gradient of the score is 0 everywhere: the target does not depend on the image, or the network is saturated',
  );
  add(
    'baseline-keeps-class',
    isProbability && baseline > usableBaseline * image,
    `the baseline keeps the class (probability ${show(baseline)}, image ${show(image)}): removing evidence cannot lower it much; choose another baseline`,
  );
  add(
    'low-confidence',
    isProbability && image < lowConfidence,
    `the network is not sure of the target (probability ${show(image)}): its explanation may mean little`,
  );
  add(
    'search-failed',
    result.failedSearches > 0,
    `no step of the line search passed in ${result.failedSearches} of ${result.iterations} iterations`,
  );
  const [low, high] = extent(result.saliency);
  add('constant-map', low === high, 'the saliency is the same everywhere: nothing stands out');
  return warnings;
}

function show(probability: number): string {
  return probability.toPrecision(3);
}
