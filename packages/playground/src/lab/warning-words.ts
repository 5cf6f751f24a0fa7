import type { Result, Warning } from 'igos';
import { figure, type InEvery, percent } from '../words/language.ts';

type WarningWords = Readonly<Record<Warning['kind'], (run: Result) => string>>;

const en: WarningWords = {
  'zero-gradient': () =>
    'The gradient of the score is 0 everywhere: the class does not depend on the picture, or the network is saturated.',
  'baseline-keeps-class': ({ baseline, image }) =>
    `The baseline keeps the class (probability ${percent(baseline.probability)}, picture ${percent(image.probability)}): removing evidence cannot lower it much. Choose another baseline.`,
  'low-confidence': ({ image }) =>
    `The network is not sure of the class (probability ${percent(image.probability)}): its explanation may mean little.`,
  'search-failed': ({ failedSearches, iterations }) =>
    `No step of the line search passed in ${figure(failedSearches)} of ${figure(iterations)} iterations.`,
  'constant-map': () => 'The saliency is the same everywhere: nothing stands out.',
};

const zh: WarningWords = {
  'zero-gradient': () => '得分的梯度处处为 0：该类别与图片无关，或者网络已经饱和。',
  'baseline-keeps-class': ({ baseline, image }) =>
    `基线仍保留该类别（概率 ${percent(baseline.probability)}，图片为 ${percent(image.probability)}）：移除证据也难以使其明显降低。请选择其他基线。`,
  'low-confidence': ({ image }) =>
    `网络对该类别没有把握（概率 ${percent(image.probability)}）：对它的解释可能没有多大意义。`,
  'search-failed': ({ failedSearches, iterations }) =>
    `${figure(iterations)} 次迭代中有 ${figure(failedSearches)} 次线搜索没有任何步长通过。`,
  'constant-map': () => '显著图处处相同：没有突出之处。',
};

/** What a reader should know before trusting a run. */
export const warningWords: InEvery<WarningWords> = { en, zh };
