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
  'search-failed': ({ failedSearches: failed, iterations, stopped }) => {
    const what = `In ${figure(failed)} of ${figure(iterations)} iterations the line search rejected every trial: no step length lowered the objective enough.`;
    if (failed === iterations) {
      return `${what} So the search has found nothing, and the mask says little: try another first step, line search or baseline.`;
    }
    const then =
      stopped === 'failed-search'
        ? 'The run ended there, and the mask is as good as this search makes it.'
        : 'There the mask moved hardly or not at all; the other iterations did their part.';
    return `${what} Nothing is broken. ${then} Another line search or first step may find a better mask.`;
  },
  'constant-map': () => 'The saliency is the same everywhere: nothing stands out.',
};

const zh: WarningWords = {
  'zero-gradient': () => '得分的梯度处处为 0：该类别与图片无关，或者网络已经饱和。',
  'baseline-keeps-class': ({ baseline, image }) =>
    `基线仍保留该类别（概率 ${percent(baseline.probability)}，图片为 ${percent(image.probability)}）：移除证据也难以使其明显降低。请选择其他基线。`,
  'low-confidence': ({ image }) =>
    `网络对该类别没有把握（概率 ${percent(image.probability)}）：对它的解释可能没有多大意义。`,
  'search-failed': ({ failedSearches: failed, iterations, stopped }) => {
    const what = `${figure(iterations)} 次迭代中有 ${figure(failed)} 次，线搜索拒绝了所有尝试：没有一个步长能使目标函数降得足够低。`;
    if (failed === iterations) {
      return `${what}也就是说，搜索一无所获，掩码说明不了什么：请换一个初始步长、线搜索或基线试试。`;
    }
    const then =
      stopped === 'failed-search'
        ? '运行到此结束，掩码已是这种搜索所能达到的最好结果。'
        : '在这些迭代中掩码几乎没有移动或完全没有移动，其余迭代照常改进了它。';
    return `${what}这并不是出错。${then}换一种线搜索或初始步长，也许能找到更好的掩码。`;
  },
  'constant-map': () => '显著图处处相同：没有突出之处。',
};

/** What a reader should know before trusting a run. */
export const warningWords: InEvery<WarningWords> = { en, zh };
