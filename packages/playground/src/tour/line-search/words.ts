import type { InEvery } from '../../words/language.ts';
import type { ChapterWords } from '../chapter.ts';

const en = {
  text: [
    'Now the mask is improved, in rounds called iterations. Each adds up the gradients along the path and those of L1 and TV: this is the direction d. Then the mask m moves against it, to m − αd. The step length α is found by trial: a long one first, and while it is rejected, a shorter one.',
    'A trial passes if the objective F is low enough: at most the bound, the dashed line. The bound lies below the old F by the share c of what a straight slope would promise, so that for a small c it looks level. This is the Armijo condition. If every trial is rejected, the search has failed.',
  ],
  tryIt:
    'Choose the 9 and move to its last iteration: no trial passes, and the run ends there. Now choose the line search “Armijo, along the path”: a trial passes, and the run goes on.',
  more: [
    'Why can every trial fail? The direction comes from the average over the path, not from F at the mask itself. So nothing promises that F falls along it. “Along the path” judges a trial by the average score on its path instead, which does fit the direction.',
    'Trials are cheap. One asks the network once; the direction, with 20 stops on the path, has asked it for twenty scores and twenty gradients.',
    'The other searches: “cut cells left out” expects nothing of cells that clamping stops. The last two take every step without a look at F; Nesterov’s adds momentum, a part of the movement before.',
  ],
  question: {
    asks: 'Choose the seven and a first step of 20. Its search gets nowhere, in iteration 1 already. Why?',
    answers: [
      {
        text: 'The Armijo constant asks for too large a decrease.',
        why: 'Set it to 0: then it is enough that F does not rise, and still the mask does not move.',
      },
      {
        text: 'Around the whole picture the score is flat: a short step hardly lowers it, while the regularizers rise at once.',
        right: true,
        why: 'The network is so sure of its seven that small cuts do not move the score. A step of 200 jumps across the flat part. This is why the first step is so long.',
      },
      {
        text: 'The direction is zero there.',
        why: 'Then the curve would be level everywhere. It rises to the right: a step does change the mask, and F gets worse.',
      },
    ],
  },
  iteration: 'Iteration',
  firstStep: 'First step',
  decay: 'Factor after a rejection',
  armijo: 'Armijo constant c',
  kind: 'Line search',
  kinds: {
    armijo: 'Armijo, at the mask',
    'armijo-path': 'Armijo, along the path',
    'armijo-projected': 'Armijo, cut cells left out',
    fixed: 'Fixed step, unchecked',
    nag: 'Nesterov, unchecked',
  },
  where:
    'F(m): objective before the step; clamp: cut to values from 0 to 1; ‖d‖²: the squares of all cells of d, added up.',
  chart: (iteration: number) => `The line search of iteration ${iteration}: objective over step length`,
  stepAxis: 'step length α',
  objective: 'objective F',
  pathObjective: 'objective, path average in place of the score',
  curve: 'F along the direction',
  bound: 'Armijo bound',
  rejectedTrials: 'rejected',
  acceptedTrial: 'accepted or taken',
  trials: 'The trials, in their order',
  stepLength: 'Step α',
  objectiveThere: 'F there',
  margin: 'Above the bound',
  verdict: 'Verdict',
  verdicts: { accepted: 'accepted', rejected: 'rejected', unchecked: 'taken unchecked', forced: 'taken all the same' },
  moreTrials: (left: string) => `${left} more, all of them rejected`,
  accepted: (
    iteration: number,
    of: { readonly trials: number; readonly step: string; readonly from: string; readonly to: string },
  ) =>
    `Iteration ${iteration}: ${of.trials === 1 ? 'the first trial passes' : `trial ${of.trials} passes`}, with step ${of.step}. F goes from ${of.from} to ${of.to}.`,
  kept: (iteration: number, of: { readonly trials: number; readonly step: string; readonly margin: string }) =>
    `Iteration ${iteration}: the search failed. All ${of.trials} trials are rejected; even at step ${of.step}, F lies ${of.margin} above the bound. The mask stays as it was.`,
  taken: (iteration: number, of: { readonly step: string; readonly from: string; readonly to: string }) =>
    `Iteration ${iteration}: the step of ${of.step} is taken, whatever the bound says. F goes from ${of.from} to ${of.to}.`,
  rounding: 'So small a change is no more than the rounding of the network’s numbers.',
  ended: 'The next iteration would be the same again, so the run ends here.',
  nagNote: 'Nesterov’s step adds momentum, so its trial does not lie on the curve along the direction.',
  maskAfter: 'The mask after this iteration: white keeps, black removes',
  pictureAfter: (score: string) => `What is left of the picture; its score is ${score}`,
  running: (done: number, all: number) => `Computing… ${done} of ${all} iterations`,
} satisfies ChapterWords & Readonly<Record<string, unknown>>;

const zh: typeof en = {
  text: [
    '现在来改进掩码，一轮一轮地进行，每一轮叫一次迭代。每次迭代把沿路径的梯度和 L1、TV 的梯度加起来，这就是方向 d。然后掩码 m 逆着它移动到 m − αd。步长 α 靠尝试来定：先试一个长的，被拒绝就换短一些的。',
    '如果目标函数 F 足够低，不超过上界，即图中的虚线，这次尝试就通过。上界比原来的 F 低，低的量是沿直线预期下降量的 c 倍，所以 c 很小时它看起来是水平的。这就是 Armijo 条件。如果所有尝试都被拒绝，这次搜索就失败了。',
  ],
  tryIt:
    '图片选“9”，转到最后一次迭代：没有一次尝试通过，运行到此结束。再把线搜索选为“Armijo，沿路径”：有尝试通过，运行继续下去。',
  more: [
    '为什么会全部失败？方向来自整条路径上的平均，而不是 F 在当前掩码处的梯度，所以谁也不能保证 F 沿它下降。“沿路径”改用尝试点路径上的平均得分来判断，这与方向是一致的。',
    '尝试很便宜：一次尝试只问网络一次；而路径上有 20 站时，求方向已经向网络要了二十个得分和二十个梯度。',
    '其他几种搜索：“不计被截断的单元”对被截断挡住的单元不作任何预期。最后两种不看 F，每一步都采用；Nesterov 还带有动量，即把之前移动的一部分也加进来。',
  ],
  question: {
    asks: '图片选“7”，初始步长设为 20。搜索在第 1 次迭代就寸步难行。为什么？',
    answers: [
      {
        text: 'Armijo 常数要求的下降量太大。',
        why: '把它设为 0：这时只要 F 不上升就算通过，掩码却仍然不动。',
      },
      {
        text: '在完整图片附近，得分是平的：小步长几乎不降低得分，正则项却立刻上升。',
        right: true,
        why: '网络对“7”太有把握，小的改动不会影响得分。步长 200 一步跨过了平坦区，所以初始步长才取得这么长。',
      },
      { text: '那里的方向为零。', why: '那样曲线就会处处水平。可它向右上升：走一步确实会改变掩码，只是 F 变差了。' },
    ],
  },
  iteration: '迭代',
  firstStep: '初始步长',
  decay: '被拒绝后乘以',
  armijo: 'Armijo 常数 c',
  kind: '线搜索',
  kinds: {
    armijo: 'Armijo，在掩码处',
    'armijo-path': 'Armijo，沿路径',
    'armijo-projected': 'Armijo，不计被截断的单元',
    fixed: '固定步长，不检查',
    nag: 'Nesterov，不检查',
  },
  where: 'F(m)：走这一步之前的目标函数值；clamp：截断到 0 与 1 之间；‖d‖²：d 的所有单元的平方和。',
  chart: (iteration) => `第 ${iteration} 次迭代的线搜索：目标函数随步长的变化`,
  stepAxis: '步长 α',
  objective: '目标函数 F',
  pathObjective: '目标函数（以路径平均代替得分）',
  curve: '沿方向的 F',
  bound: 'Armijo 上界',
  rejectedTrials: '被拒绝',
  acceptedTrial: '被接受或采用',
  trials: '各次尝试，按先后顺序',
  stepLength: '步长 α',
  objectiveThere: '该处的 F',
  margin: '高出上界',
  verdict: '结果',
  verdicts: { accepted: '接受', rejected: '拒绝', unchecked: '未检查，直接采用', forced: '未通过，仍然采用' },
  moreTrials: (left) => `另有 ${left} 次，全部被拒绝`,
  accepted: (iteration, { trials, step, from, to }) =>
    `第 ${iteration} 次迭代：第 ${trials} 次尝试通过，步长 ${step}。F 从 ${from} 变为 ${to}。`,
  kept: (iteration, { trials, step, margin }) =>
    `第 ${iteration} 次迭代：搜索失败。${trials} 次尝试全部被拒绝；即使步长只有 ${step}，F 仍高出上界 ${margin}。掩码保持不变。`,
  taken: (iteration, { step, from, to }) =>
    `第 ${iteration} 次迭代：不论上界如何，都采用步长 ${step}。F 从 ${from} 变为 ${to}。`,
  rounding: '这样小的变化只是网络数值的舍入误差。',
  ended: '下一次迭代只会重复这一次，所以运行到此结束。',
  nagNote: 'Nesterov 的步子带有动量，因此它的尝试点不在沿方向的曲线上。',
  maskAfter: '这次迭代之后的掩码：白色保留，黑色移除',
  pictureAfter: (score) => `图片剩下的部分，得分为 ${score}`,
  running: (done, all) => `正在计算……已完成 ${done} 次迭代，共 ${all} 次`,
};

export const words: InEvery<typeof en> = { en, zh };
