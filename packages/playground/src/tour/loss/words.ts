import type { InEvery } from '../../words/language.ts';
import type { ChapterWords } from '../chapter.ts';

const en = {
  text: [
    'To hide everything breaks any answer and explains nothing. We look for a mask that is small, has few edges, and still breaks the answer. So every mask m gets one number, its objective F, also called loss: the lower, the better. It has three terms.',
    'The score of the masked picture: is the answer broken? L1, the average of 1 − m: how large a share is hidden? And the total variation TV, the squared differences between neighbours in a column, averaged, plus the same for neighbours in a row: it is large where the mask has sharp edges, and 0 where all cells are equal.',
    'L1 and TV are called regularizers, since they keep the mask in order whatever the network says. Their weights λ₁ and λ₂ are prices in units of the score. They are chosen, not computed: other weights, another mask.',
  ],
  tryIt:
    'Paint a mask, then drag λ₁ and λ₂: the mask stays as it is, only its price changes. Bring the objective as low as you can by hand. Then let I-GOS search with the same weights: how much lower does it get?',
  question: {
    asks: 'For the digit 7 on black, with λ₁ = 0 and λ₂ = 0.5, everything is hidden. What is the objective?',
    answers: [
      {
        text: '0.5, the whole of λ₂.',
        why: 'TV counts differences, not what is hidden. A mask that is 0 everywhere has none. “Hide everything” shows it.',
      },
      {
        text: '0.034: only the score that black leaves.',
        right: true,
        why: 'A mask without differences has a TV of 0, however much it hides. Nothing but L1 asks for a small mask: with TV alone, I-GOS hides 39% of the seven, with both terms 26%.',
      },
      {
        text: '1: hiding is what gets punished.',
        why: 'L1 does punish it, but here its weight is 0. “Hide everything” shows the three bars.',
      },
    ],
  },
  where: 'f(m): score of the picture behind the mask m.',
  terms: 'What the mask costs',
  scoreTerm: 'Score',
  scoreDetail: 'of the masked picture',
  l1Term: 'λ₁ · L1',
  tvTerm: 'λ₂ · TV',
  objective: 'Objective',
  objectiveDetail: 'the three, end to end',
  l1: 'λ₁, the weight of L1',
  l1Hint: 'what it costs to hide everything',
  tv: 'λ₂, the weight of TV',
  tvHint: 'what edges cost',
  paint: 'The picture, in cells that can be hidden',
  cell: (row: number, column: number) => `row ${row}, column ${column}, hidden`,
  maskedText: (area: string) => `The picture behind the mask that I-GOS found; ${area} of it is hidden.`,
  foundCaption: (l1: string, tv: string) => `Mask found by I-GOS with λ₁ = ${l1}, λ₂ = ${tv}`,
  run: 'Run I-GOS with these weights',
  stop: 'Stop',
  back: 'Back to my own mask',
  showAll: 'Show everything',
  hideAll: 'Hide everything',
  step: (done: number, all: number) => `Step ${done} of at most ${all}`,
  ended: (steps: number, objective: string) => `After ${steps} steps: objective ${objective}`,
  compare:
    'Three pairs of weights to compare; the masks are shown with what is kept in white and what is hidden in black. L1 alone tends to give scattered cells with hard edges, TV alone a soft mask that spreads, both together something between. It is a tendency, no law: on the 8, TV alone hides less than L1 alone. And weights can be too large: with λ₂ = 20 the first edge costs more than it gains on most digits, and I-GOS hides next to nothing.',
  examples: { l1Only: 'L1 only', tvOnly: 'TV only', both: 'Both' },
  exampleWeights: (l1: string, tv: string) => `λ₁\u00a0=\u00a0${l1}, λ₂\u00a0=\u00a0${tv}`,
  runExample: (name: string) => `Run: ${name}`,
  noMask: 'Not run yet.',
  maskCaption: 'The mask: white is kept, black is hidden',
  maskText: (area: string) => `Mask in greys, white is kept; ${area} is hidden.`,
  found: (score: string, area: string, tv: string) => `score ${score}, hidden ${area}, TV ${tv}`,
} satisfies ChapterWords & Readonly<Record<string, unknown>>;

const zh: typeof en = {
  text: [
    '把一切都遮住，任何答案都会被破坏，却什么也没有解释。我们要找的掩码应当小、边缘少，而且仍然能破坏答案。为此，每个掩码 m 得到一个数，即目标函数 F，也叫损失：越低越好。它有三项。',
    '被遮图片的得分：答案被破坏了吗？L1，即 1 − m 的平均值：遮住了多大的比例？以及全变差 TV：同一列中相邻单元之差的平方取平均，再加上同一行中的；掩码边缘锐利处它就大，所有单元相等时它为 0。',
    'L1 和 TV 叫做正则项：不管网络怎么说，它们都让掩码保持规矩。权重 λ₁ 和 λ₂ 是以得分为单位的价格。它们是选定的，不是算出来的：权重不同，掩码就不同。',
  ],
  tryIt:
    '画一个掩码，然后拖动 λ₁ 和 λ₂：掩码不变，变的只是它的代价。先用手把目标函数值降到尽可能低，再让 I-GOS 用同样的权重搜索：它能低多少？',
  question: {
    asks: '黑色基线上的数字 7，λ₁ = 0，λ₂ = 0.5，把一切都遮住。目标函数值是多少？',
    answers: [
      {
        text: '0.5，整个 λ₂。',
        why: 'TV 计的是差异，不是遮住了多少。处处为 0 的掩码没有差异。点“全部遮住”即可看到。',
      },
      {
        text: '0.034：只有黑色图片剩下的得分。',
        right: true,
        why: '没有差异的掩码，无论遮住多少，TV 都是 0。只有 L1 要求掩码小：只用 TV 时，I-GOS 遮住“7”的 39%，两项都用时遮住 26%。',
      },
      {
        text: '1：遮住会受到惩罚。',
        why: 'L1 确实会惩罚，但这里它的权重是 0。点“全部遮住”可看到三个条形。',
      },
    ],
  },
  where: 'f(m)：图片经掩码 m 遮住后的得分。',
  terms: '这个掩码的代价',
  scoreTerm: '得分',
  scoreDetail: '加掩码后的图片',
  l1Term: 'λ₁ · L1',
  tvTerm: 'λ₂ · TV',
  objective: '目标函数',
  objectiveDetail: '三项首尾相接',
  l1: 'λ₁，L1 的权重',
  l1Hint: '遮住一切的代价',
  tv: 'λ₂，TV 的权重',
  tvHint: '边缘的代价',
  paint: '图片，分成可以遮住的单元',
  cell: (row, column) => `第 ${row} 行第 ${column} 列，遮住`,
  maskedText: (area) => `I-GOS 找到的掩码遮住后的图片；遮住了 ${area}。`,
  foundCaption: (l1, tv) => `I-GOS 以 λ₁ = ${l1}、λ₂ = ${tv} 找到的掩码`,
  run: '用这些权重运行 I-GOS',
  stop: '停止',
  back: '回到我画的掩码',
  showAll: '全部显示',
  hideAll: '全部遮住',
  step: (done, all) => `第 ${done} 步，最多 ${all} 步`,
  ended: (steps, objective) => `${steps} 步之后：目标函数值 ${objective}`,
  compare:
    '三组权重可作比较；掩码图中白色为保留，黑色为遮住。只用 L1 往往得到零散、边缘生硬的单元，只用 TV 往往得到柔和而铺开的掩码，两者并用则介于其间。这是倾向，不是定律：在“8”上，只用 TV 反而比只用 L1 遮得少。权重也可能过大：λ₂ = 20 时，在大多数数字上第一条边缘的代价就超过它的收益，I-GOS 几乎什么也不遮。',
  examples: { l1Only: '只用 L1', tvOnly: '只用 TV', both: '两者并用' },
  exampleWeights: (l1, tv) => `λ₁\u00a0=\u00a0${l1}，λ₂\u00a0=\u00a0${tv}`,
  runExample: (name) => `运行：${name}`,
  noMask: '尚未运行。',
  maskCaption: '掩码：白色为保留，黑色为遮住',
  maskText: (area) => `灰度掩码，白色为保留；遮住了 ${area}。`,
  found: (score, area, tv) => `得分 ${score}，遮住 ${area}，TV ${tv}`,
};

export const words: InEvery<typeof en> = { en, zh };
