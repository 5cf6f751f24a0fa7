import type { InEvery } from '../../words/language.ts';
import type { ChapterWords } from '../chapter.ts';

const en = {
  text: [
    'At the photo the network is sure, and no small change moves its score: the gradient is close to 0, wherever the evidence lies. So we walk there. The way begins at the baseline, where the evidence is gone, and has S stops. At the stop t the mask is t in every cell: t parts of the photo and 1 − t parts of the baseline.',
    'Somewhere on the way the network makes up its mind. There the score climbs, and there the gradient tells which cells make it climb. We take the gradient at every stop and add up.',
    'The sum can be checked. All cells of one gradient together are the slope of the score at this stop. Slopes times the length of a step add up to the whole climb: the score of the photo minus the score of the baseline. This is called completeness, and integrated gradients have it. I-GOS counts the stop at t only t times, because a small change of the mask moves this stop only t times as far. Its sum adds up to something else: the score of the photo minus the average score on the way.',
  ],
  tryIt:
    'Set S to 1 with the rule “right ends”. The only stop is the photo itself, and the sum is the plain gradient: how much of the climb does it find? Then raise S and watch the error.',
  question: {
    asks: 'The digit 7 on black, S = 1, right ends: the sum is 0.0003, but the score climbs from 3 % to 100 %. Why is so much missing?',
    answers: [
      {
        text: 'The gradient is a noisy guess, and one guess is not enough.',
        why: 'There is no chance in it. Ask again and the same number comes: it is the exact slope, at one place.',
      },
      {
        text: 'The only stop is the photo, where the score no longer climbs. The slope there says nothing about the way.',
        right: true,
        why: 'The climb lies before t = 0.4, and a single slope at the end of the way stands for all of it. With 50 stops many are on the climb, and the error falls to 0.03.',
      },
      {
        text: 'The network decides by something else than the strokes.',
        why: 'With all strokes gone the score is 3 %, so they do decide. The slope at the end of the way just does not show it.',
      },
    ],
  },
  where:
    'f: score of the masked picture; m: the mask, here 1 in every cell; stop s lies at t and has the weight w; the factor t comes from the chain rule.',
  points: 'Stops on the path, S',
  rule: 'Where the stops lie',
  rules: { right: 'right ends of S equal parts', midpoint: 'their middles', gauss: 'Gauss–Legendre' },
  film: 'From the baseline to the photo, stop by stop',
  frame: (number: number, t: string, score: string) => `stop ${number}, t = ${t}, score ${score}`,
  point: 'Stop',
  of: (number: number, all: number) => `${number} of ${all}`,
  pictureText: (t: string) => `The picture at t = ${t}: so much of the photo, and the rest of the baseline.`,
  picture: (t: string, score: string) => `t = ${t}: score ${score}`,
  gradientText: 'Map of the gradient of the score by the cells of the mask, at this stop.',
  gradient: (slope: string) => `Gradient at this stop; all cells together: ${slope}`,
  sumText: 'Map of the sum of all gradients up to this stop, as I-GOS counts them.',
  sum: (number: number, reached: string) => `Sum up to stop ${number}, as I-GOS counts: ${reached}`,
  above: 'orange: to keep this cell raises the score',
  below: 'blue: it lowers the score',
  scoreChart: 'The score along the path',
  scoreX: 't, from the baseline (0) to the photo (1)',
  scoreY: 'Score along the path',
  stops: 'stops',
  ends: 'baseline and photo',
  errorChart: 'Error of the sum by the number of stops',
  errorX: 'S, the number of stops',
  errorY: 'Error of the sum, all stops counted alike',
  error: 'error',
  rough:
    'The error need not fall evenly. Where the score jumps between two stops, their slopes tell little of it: of the goldfish, 20 stops find a quarter of the climb.',
  totals: 'What all cells and stops add up to',
  even: 'All stops counted alike',
  evenRule: 'integrated gradients: photo − baseline',
  scaled: 'Stop t counted t times',
  scaledRule: 'I-GOS: photo − average of the stops',
  sumColumn: 'sum',
  expectedColumn: 'should be',
  errorColumn: 'error',
  ranking: (hidden: string, cells: string) =>
    `Nothing has been optimized yet, but the sum already ranks the cells. Hide a fifth of them (${hidden} of ${cells}), the highest first, and see what is left of the score. The plain gradient ranks, too, even where it is tiny. With 20 stops, the sum does better on 10 of the 12 photos, and worse on the digits 3 and 5. What the optimization adds is a mask that is small, smooth, and tested as a whole.`,
  bySum: 'Score without the fifth that is highest in the sum',
  byPlain: 'Score without the fifth that is highest in the gradient at the photo',
  blindly: 'For comparison: score without every fifth cell, wherever it lies',
} satisfies ChapterWords & Readonly<Record<string, unknown>>;

const zh: typeof en = {
  text: [
    '在照片处，网络已经很有把握，微小的改动都不会让得分变化：无论证据在哪里，梯度都接近 0。所以我们一路走过去。路从证据已被抹去的基线开始，一共停 S 站。在 t 这一站，掩码的每个单元都等于 t：照片占 t 份，基线占 1 − t 份。',
    '网络在途中的某处拿定主意。得分在那里上升，那里的梯度会告诉我们是哪些单元让它上升。我们在每一站取梯度，再把它们加起来。',
    '这个和可以检验。一个梯度的所有单元之和，就是得分在这一站的斜率。斜率乘以步长，加起来就是整个上升量：照片的得分减去基线的得分。这叫完备性，积分梯度具有这一性质。I-GOS 只把 t 这一站计 t 次，因为掩码的微小变化只让这一站移动 t 倍那么远。因此它的和是另一个数：照片的得分减去途中的平均得分。',
  ],
  tryIt:
    '选“右端点”规则，把 S 设为 1。唯一的一站就是照片本身，和就是普通梯度：它找到了上升量的多少？然后增大 S，观察误差。',
  question: {
    asks: '黑色基线上的数字 7，S = 1，右端点：和为 0.0003，而得分从 3% 升到 100%。为什么少了这么多？',
    answers: [
      {
        text: '梯度是带噪声的估计，一次估计不够。',
        why: '这里没有随机性。再算一次，得到的还是同一个数：它是某一个位置上精确的斜率。',
      },
      {
        text: '唯一的一站是照片，得分在那里已不再上升。那里的斜率说明不了途中的情形。',
        right: true,
        why: '上升发生在 t = 0.4 之前，而终点的一个斜率代表了全程。取 50 站时，有许多站在上升段上，误差降到 0.03。',
      },
      {
        text: '网络依据的不是笔画，而是别的东西。',
        why: '笔画全部去掉后得分只有 3%，可见起决定作用的正是笔画。只是终点的斜率显示不出来。',
      },
    ],
  },
  where: 'f：加掩码后图片的得分；m：掩码，这里每个单元都是 1；第 s 站位于 t，权重为 w；因子 t 来自链式法则。',
  points: '路径上的站数 S',
  rule: '各站的位置',
  rules: { right: 'S 等分的右端点', midpoint: '各等分的中点', gauss: '高斯–勒让德' },
  film: '从基线到照片，一站一站',
  frame: (number, t, score) => `第 ${number} 站，t = ${t}，得分 ${score}`,
  point: '当前站',
  of: (number, all) => `${number} / ${all}`,
  pictureText: (t) => `t = ${t} 处的图片：照片占这么多，其余是基线。`,
  picture: (t, score) => `t = ${t}：得分 ${score}`,
  gradientText: '得分对掩码各单元的梯度图，取自这一站。',
  gradient: (slope) => `这一站的梯度；所有单元之和：${slope}`,
  sumText: '到这一站为止所有梯度之和的图，按 I-GOS 的方式计数。',
  sum: (number, reached) => `到第 ${number} 站为止的和，按 I-GOS 计数：${reached}`,
  above: '橙色：保留该单元使得分上升',
  below: '蓝色：使得分下降',
  scoreChart: '沿路径的得分',
  scoreX: 't，从基线（0）到照片（1）',
  scoreY: '沿路径的得分',
  stops: '各站',
  ends: '基线与照片',
  errorChart: '和的误差与站数',
  errorX: '站数 S',
  errorY: '和的误差，各站计数相同',
  error: '误差',
  rough:
    '误差不一定单调下降。得分若在两站之间跳变，两站的斜率就说明不了多少：对金鱼照片，20 站只找到上升量的四分之一。',
  totals: '所有单元、所有站加起来',
  even: '各站计数相同',
  evenRule: '积分梯度：照片 − 基线',
  scaled: 't 站计 t 次',
  scaledRule: 'I-GOS：照片 − 各站平均',
  sumColumn: '和',
  expectedColumn: '应为',
  errorColumn: '误差',
  ranking: (hidden, cells) =>
    `到这里还没有做任何优化，但这个和已经给单元排了序。从最高的开始遮住五分之一（${cells} 个中的 ${hidden} 个），看得分还剩多少。普通梯度即使很小，也能排序。取 20 站时，12 张照片中有 10 张是和更好，在数字 3 和 5 上则更差。优化带来的，是一个小而平滑、并且整体经过检验的掩码。`,
  bySum: '去掉和最高的五分之一后的得分',
  byPlain: '去掉照片处梯度最高的五分之一后的得分',
  blindly: '作为对照：不论位置，每五个单元去掉一个后的得分',
};

export const words: InEvery<typeof en> = { en, zh };
