import type { InEvery } from '../../words/language.ts';
import type { ChapterWords } from '../chapter.ts';

interface TrialWords {
  readonly number: number;
  readonly step: string;
  readonly objective: string;
  readonly bound: string;
}

const en = {
  text: [
    'Here is everything together. The mask begins with 1 in every cell. Each iteration looks at the pictures along the path, makes a direction of their gradients and of the regularizers, and searches along it for a better mask. The line that runs is lit.',
    'Every step of the run is kept, so you can go forward and back as you like. It is no film: the numbers are computed here and now, on your device. A network evaluation is one pass through the network, forward for a score or backward for a gradient.',
  ],
  tryIt:
    'Press Play, and pause as soon as the score is below 10%. Which of the curves still fall in the iterations after that? Step back and forth and watch the mask meanwhile.',
  question: {
    asks: 'An iteration for the 7 takes 41 network evaluations or a few more. Which line takes most of them?',
    answers: [
      {
        text: 'Line 6, the search: it may try a dozen masks.',
        why: 'A trial is one pass forward, and for the 7 most searches need one to three. Only the last two try twelve. Step through an iteration and count.',
      },
      {
        text: 'Line 3, the gradient along the path.',
        right: true,
        why: 'Each of the 20 stops is one pass forward and one backward: 40 evaluations. An iteration with a single trial takes 41.',
      },
      {
        text: 'Line 4, the regularizers: they look at every cell of the mask.',
        why: 'L1 and total variation are sums over the mask. The network does not run for them at all.',
      },
    ],
  },
  algorithm: 'The algorithm, line by line',
  lines: {
    begin: 'keep everything:',
    repeat: 'repeat, up to K times:',
    path: 'average over the path, its gradient:',
    direction: 'add the regularizers:',
    first: 'long step α first, try',
    shorter: 'shorten α and try again, while',
    update: 'if it passed, take it:',
    end: 'the saliency is 1 − m',
  },
  letters:
    'f: score of the masked picture; g = λ₁ L1 + λ₂ TV, the regularizers; F = f + g; S: stops on the path; clamp: cut to values from 0 to 1.',
  play: 'Play',
  pause: 'Pause',
  back: 'Back',
  step: 'Step',
  toStart: 'To the start',
  iteration: 'Iteration',
  keys: 'Keys while the player has the focus: P plays and pauses, → steps, ← goes back, Home and End jump.',
  player: 'Player',
  atStart: 'At the start: every pixel is kept.',
  atPath: (iteration: number, of: { readonly points: string; readonly average: string }) =>
    `Iteration ${iteration}: the network looks at ${of.points} pictures along the path. Their average score is ${of.average}.`,
  atPlainGradient: (iteration: number) =>
    `Iteration ${iteration}: the gradient of the score at the mask itself, without a path.`,
  atDirection: (iteration: number, length: string) =>
    `Iteration ${iteration}: with the gradient of the regularizers this is the direction; ‖d‖² is ${length}.`,
  passed: (iteration: number, of: TrialWords) =>
    `Iteration ${iteration}, trial ${of.number}: step ${of.step} gives F = ${of.objective}, at most ${of.bound} is allowed. It passes.`,
  refused: (iteration: number, of: TrialWords) =>
    `Iteration ${iteration}, trial ${of.number}: step ${of.step} gives F = ${of.objective}, at most ${of.bound} is allowed. Rejected.`,
  updated: (iteration: number, objective: string) =>
    `Iteration ${iteration} is done: the new mask has F = ${objective}.`,
  kept: (iteration: number) => `Iteration ${iteration} is done: no trial passed, so the mask stays as it was.`,
  ends: {
    iterations: 'The end: all iterations are done.',
    'failed-search': 'The end: the next iteration would be the same again.',
    other: 'The end.',
  },
  running: (done: number, all: number) => `Computing… ${done} of ${all} iterations`,
  mask: 'Mask: white keeps, black removes',
  masked: (score: string) => `Masked picture. Score: ${score}`,
  saliency: 'Saliency: the brighter, the more is removed',
  candidate: 'Mask on trial',
  chart: 'Objective, score and weighted regularizers after each iteration',
  iterationAxis: 'iteration',
  valueAxis: 'after each iteration; the score and the two regularizers add up to the objective',
  objective: 'Objective F',
  score: 'Score',
  l1: 'λ₁ · L1',
  tv: 'λ₂ · TV',
  removed: 'Removed',
  evaluationsHere: 'Network evaluations of this iteration',
  evaluations: 'Network evaluations so far',
  seconds: 'Seconds so far',
} satisfies ChapterWords & Readonly<Record<string, unknown>>;

const zh: typeof en = {
  text: [
    '现在把所有部分合在一起。掩码从每个单元都是 1 开始。每次迭代先看路径上的图片，用它们的梯度和正则项合成一个方向，再沿这个方向搜索更好的掩码。正在执行的一行会被点亮。',
    '运行的每一步都保留下来，可以随意前进和后退。这不是录像：所有数字都是此时此地在你的设备上算出来的。一次网络计算就是把网络走一遍：前向得到得分，反向得到梯度。',
  ],
  tryIt: '按“播放”，得分一低于 10% 就暂停。在此之后的迭代里，哪些曲线还在下降？前后移动几步，同时观察掩码。',
  question: {
    asks: '对“7”来说，一次迭代要用 41 次或稍多的网络计算。其中大部分花在哪一行？',
    answers: [
      {
        text: '第 6 行，搜索：它可能要试十几个掩码。',
        why: '一次尝试只要前向一遍；对“7”来说，大多数搜索试一到三次就够了，只有最后两次试了十二次。逐步走完一次迭代，数一数。',
      },
      {
        text: '第 3 行，沿路径的梯度。',
        right: true,
        why: '20 站中的每一站都要前向、反向各一遍：共 40 次。只试一次的迭代就是 41 次。',
      },
      {
        text: '第 4 行，正则项：它们要看掩码的每一个单元。',
        why: 'L1 和全变差只是对掩码求和，根本不需要运行网络。',
      },
    ],
  },
  algorithm: '算法，逐行',
  lines: {
    begin: '全部保留：',
    repeat: '重复，最多 K 次：',
    path: '沿路径取平均，求梯度：',
    direction: '加上正则项：',
    first: '先取长步长 α，尝试',
    shorter: '缩短 α 再试，只要',
    update: '若通过，则采用：',
    end: '显著图为 1 − m',
  },
  letters: 'f：被遮图片的得分；g = λ₁ L1 + λ₂ TV，即正则项；F = f + g；S：路径上的站数；clamp：截断到 0 与 1 之间。',
  play: '播放',
  pause: '暂停',
  back: '后退',
  step: '前进一步',
  toStart: '回到开头',
  iteration: '迭代',
  keys: '焦点在播放器内时可用按键：P 播放或暂停，→ 前进一步，← 后退，Home 和 End 跳到首尾。',
  player: '播放器',
  atStart: '开头：所有像素都保留。',
  atPath: (iteration, { points, average }) =>
    `第 ${iteration} 次迭代：网络看路径上的 ${points} 张图片，它们的平均得分为 ${average}。`,
  atPlainGradient: (iteration) => `第 ${iteration} 次迭代：得分在掩码处的梯度，不用路径。`,
  atDirection: (iteration, length) => `第 ${iteration} 次迭代：加上正则项的梯度就得到方向；‖d‖² 为 ${length}。`,
  passed: (iteration, { number, step, objective, bound }) =>
    `第 ${iteration} 次迭代，第 ${number} 次尝试：步长 ${step} 得到 F = ${objective}，允许的最大值是 ${bound}。通过。`,
  refused: (iteration, { number, step, objective, bound }) =>
    `第 ${iteration} 次迭代，第 ${number} 次尝试：步长 ${step} 得到 F = ${objective}，允许的最大值是 ${bound}。被拒绝。`,
  updated: (iteration, objective) => `第 ${iteration} 次迭代完成：新掩码的 F = ${objective}。`,
  kept: (iteration) => `第 ${iteration} 次迭代完成：没有一次尝试通过，掩码保持不变。`,
  ends: {
    iterations: '结束：所有迭代都已完成。',
    'failed-search': '结束：下一次迭代只会重复这一次。',
    other: '结束。',
  },
  running: (done, all) => `正在计算……已完成 ${done} 次迭代，共 ${all} 次`,
  mask: '掩码：白色保留，黑色移除',
  masked: (score) => `加掩码后的图片，得分：${score}`,
  saliency: '显著图：越亮，移除得越多',
  candidate: '正在尝试的掩码',
  chart: '每次迭代之后的目标函数、得分和加权正则项',
  iterationAxis: '迭代',
  valueAxis: '每次迭代之后的值；得分与两个正则项之和就是目标函数',
  objective: '目标函数 F',
  score: '得分',
  l1: 'λ₁ · L1',
  tv: 'λ₂ · TV',
  removed: '移除比例',
  evaluationsHere: '这次迭代的网络计算次数',
  evaluations: '至今的网络计算次数',
  seconds: '至今的秒数',
};

export const words: InEvery<typeof en> = { en, zh };
