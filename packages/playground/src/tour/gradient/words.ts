import type { InEvery } from '../../words/language.ts';
import type { ChapterWords } from '../chapter.ts';

const en = {
  text: [
    'Hiding cells one by one takes a question for each. The gradient answers all of them at once: for every number that goes in, it holds a slope, how fast the score rises when this number grows a little. One pass back through the network gives it for every pixel, or for every cell of the mask.',
    'But slopes speak of small changes. Where the network is sure, no small change moves the score: it is flat, and the gradient is close to 0 everywhere, although the picture is full of evidence. This is called saturation.',
    'Mix a little of the picture into the baseline and raise its share: the score climbs on the first part of the way and is flat at the end. The end is the picture itself, where gradients are usually asked for.',
  ],
  tryIt:
    'Switch on the same colours for every share: at 100% the maps are all but empty. Now move the share down until the slope is greatest: there the gradient has something to say. The less sure the network is, the more slope is left at 100%: compare the 7 with the 3.',
  question: {
    asks: 'In the two cells, at (1, 1), the gradient is exactly (0, 0). Does neither of them matter?',
    answers: [
      {
        text: 'Right, they do not matter: the gradient is the importance.',
        why: 'Set both to 0 and the score falls from 1 to 0. They are all that matters.',
      },
      {
        text: 'They do: each of them is enough, so that a small change of one is made up for by the other.',
        right: true,
        why: 'The slope by a is 1 − b, and b is 1. On the way from (0, 0) the other one is not yet there, so each has a slope; counted as above, its average is 1/6.',
      },
      {
        text: 'It cannot be told: the step of the gradient was too small.',
        why: 'A gradient of exactly 0 stays 0 with every step length. Press the first button below the two cells: nothing moves.',
      },
    ],
  },
  picture: 'From the baseline to the picture',
  share: 'Share of the picture',
  mixed: (share: string, baseline: string) => `${share} of the picture, mixed into the baseline (${baseline}).`,
  mixedCaption: 'what the network sees',
  scoreOf: (target: string) => `Score of “${target}”`,
  slope: 'Slope of the score at this share',
  pixelMap: (largest: string) =>
    `The size of the gradient for each pixel; the brighter, the larger. The largest is ${largest}.`,
  pixelCaption: (largest: string) => `gradient by pixels: the brighter, the steeper; at most ${largest}`,
  cellMap: (largest: string) =>
    `The gradient for each cell of the mask: orange where keeping the cell raises the score, blue where it lowers it. The largest size is ${largest}.`,
  cellCaption: (largest: string) => `gradient by cells of the mask, at most ${largest}`,
  key: 'In the map of the cells, orange: keeping more of the cell raises the score; blue: it lowers it; white: it does not matter here.',
  oneScale: 'Same colours for every share (off: the largest value of each map gets the strongest colour)',
  curve: 'Score against the share of the picture, and its slope where you are',
  score: 'score',
  tangent: 'slope here',
  cells: 'Why it is flat: two cells',
  formula: 'The smallest example of saturation has two cells, a and b. The score is 1 as long as one of them is whole:',
  way: 'Its slope by a is 1 − b, which is 0 as long as b is whole. On the way from (0, 0) to the cells both have a slope. At the share t of the way it counts t times, since a change of a moves that point only t times as far. The average along the way is what I-GOS goes by; the next chapter does the same with pictures.',
  cell: (name: string) => `Cell ${name}`,
  cellsText: (a: string, b: string) => `Two cells; a is ${a}, b is ${b}; the brighter, the more of it is there.`,
  cellScore: 'Score',
  here: 'Gradient here',
  average: 'Gradient of the average score on the way from (0, 0)',
  pair: (a: string, b: string) => `(${a}, ${b})`,
  wayTitle: 'The way from (0, 0) to the cells: the score, and what each point of the way adds to the average gradient',
  wayAxis: 'share t of the way',
  wayLabel: 'score, and slopes times t',
  slopeBy: (name: string) => `t × slope by ${name}`,
  averageBy: (name: string) => `its average, by ${name}`,
  stepHere: 'Step against the gradient here',
  stepAverage: 'Step against the average gradient',
  reset: 'Both back to 1',
  steps:
    'A step against a gradient should lower the score. Each step takes 6 times the gradient away from the cells, which stay between 0 and 1.',
} satisfies ChapterWords & Readonly<Record<string, unknown>>;

const zh: typeof en = {
  text: [
    '逐个遮住单元，每个单元都要问一次。梯度一次就回答了所有这些问题：对输入的每一个数，它都有一个斜率，即这个数稍微增大时得分上升得多快。在网络中反向传播一遍，就得到每个像素、或掩码每个单元的斜率。',
    '但斜率说的只是微小的变化。在网络很有把握的地方，微小的变化都不会让得分变动：得分是平的，梯度处处接近 0，尽管图片中满是证据。这叫做饱和。',
    '把图片一点点混入基线，并逐渐提高它的比例：得分在路程的前一段上升，到末尾就平了。末尾正是图片本身，而人们通常就在那里求梯度。',
  ],
  tryIt:
    '打开“所有比例使用同一种颜色标度”：在 100% 处，两张图几乎是空的。再把比例往下移，直到斜率最大：梯度在那里才有话说。网络越没有把握，100% 处剩下的斜率就越大：比较一下 7 和 3。',
  question: {
    asks: '在两个单元的例子中，(1, 1) 处的梯度恰好是 (0, 0)。难道它们都不重要吗？',
    answers: [
      {
        text: '对，都不重要：梯度就是重要性。',
        why: '把两个都设为 0，得分就从 1 降到 0。重要的恰恰只有它们。',
      },
      {
        text: '重要：其中任何一个都足够，所以一个的微小变化由另一个补上了。',
        right: true,
        why: '对 a 的斜率是 1 − b，而 b 是 1。在从 (0, 0) 出发的路上，另一个还没有到位，所以每一个都有斜率；按上面的方式计，平均为 1/6。',
      },
      {
        text: '无法判断：沿梯度走的步长太小了。',
        why: '恰好为 0 的梯度，无论步长多大都是 0。按两个单元下面的第一个按钮：什么都不动。',
      },
    ],
  },
  picture: '从基线到图片',
  share: '图片的比例',
  mixed: (share, baseline) => `把 ${share} 的图片混入基线（${baseline}）。`,
  mixedCaption: '网络看到的图片',
  scoreOf: (target) => `“${target}”的得分`,
  slope: '得分在此比例处的斜率',
  pixelMap: (largest) => `每个像素的梯度大小：越亮越大。最大值为 ${largest}。`,
  pixelCaption: (largest) => `对像素的梯度，越亮越陡；最大 ${largest}`,
  cellMap: (largest) =>
    `掩码每个单元的梯度：橙色表示保留该单元使得分上升，蓝色表示使得分下降。绝对值最大为 ${largest}。`,
  cellCaption: (largest) => `对掩码单元的梯度，最大 ${largest}`,
  key: '单元图中，橙色：多保留该单元使得分上升；蓝色：使得分下降；白色：在这里无关紧要。',
  oneScale: '所有比例使用同一种颜色标度（关闭时，每张图的最大值都用最强的颜色）',
  curve: '得分随图片比例的变化，以及当前位置的斜率',
  score: '得分',
  tangent: '此处的斜率',
  cells: '为什么会平：两个单元',
  formula: '饱和的最小例子只有两个单元 a 和 b。只要其中一个完整，得分就是 1：',
  way: '它对 a 的斜率是 1 − b，只要 b 完整，斜率就是 0。在从 (0, 0) 到这两个单元的路上，两者都有斜率。路程比例为 t 的点计 t 次，因为 a 的变化只让那一点移动 t 倍那么远。I-GOS 依据的是沿路的平均；下一章对图片做同样的事。',
  cell: (name) => `单元 ${name}`,
  cellsText: (a, b) => `两个单元；a 为 ${a}，b 为 ${b}；越亮表示保留得越多。`,
  cellScore: '得分',
  here: '此处的梯度',
  average: '从 (0, 0) 出发，途中平均得分的梯度',
  pair: (a, b) => `(${a}, ${b})`,
  wayTitle: '从 (0, 0) 到这两个单元的路：得分，以及路上每一点对平均梯度的贡献',
  wayAxis: '路程比例 t',
  wayLabel: '得分，以及斜率的 t 倍',
  slopeBy: (name) => `t × 对 ${name} 的斜率`,
  averageBy: (name) => `其平均，对 ${name}`,
  stepHere: '沿此处梯度的反方向走一步',
  stepAverage: '沿平均梯度的反方向走一步',
  reset: '两个都回到 1',
  steps: '逆着梯度走一步，得分应当下降。每一步从单元中减去梯度的 6 倍，单元保持在 0 与 1 之间。',
};

export const words: InEvery<typeof en> = { en, zh };
