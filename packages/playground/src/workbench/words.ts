import type { InEvery } from '../words/language.ts';
import type { Differentiated } from './check.ts';
import type { PartKind } from './reader-code.ts';

/** Of a function along a direction, as the reader reads them. */
interface Slopes {
  readonly of: string;
  readonly claimed: string;
  readonly measured: string;
}

/** The smallest relative difference, and what that means. */
interface Distance {
  readonly smallest: string;
  /** That agree. */
  readonly digits: string;
  /** In per cent. */
  readonly share: string;
}

const en = {
  example: 'Example',
  picture: 'Picture (digits network)',
  restore: 'Back to the example',
  editor: 'Code, in JavaScript',
  makeChange: 'Make this change',
  changeBack: 'Change it back',
  tooLong: (length: number, longest: number) =>
    `This code has ${length} characters; a link holds ${longest}. It runs all the same, but the link leads to the example: keep a copy yourself.`,
  reference: 'What code can give and use',
  parts: {
    rules:
      'By the name of an operation: from the gradient by its output, the gradient by each of its inputs, as graphs; null where nothing flows.',
    direction:
      'One number a cell: where the score rises. problem.gradient, problem.pathGradient and problem.path help.',
    regularizer: 'One number made of the mask, a graph of shape [1, rows, columns, 1], its weight included.',
    byHand: 'The same without graphs: lists of numbers, row by row.',
    path: 'So many places above 0 and up to 1, ascending, and their weights, which sum to 1.',
  },
  operations: 'ag, the first library, has operations for graphs, among others:',
  igosNames: 'igos, the second one, has the built-in parts, to be used or wrapped:',
  problemNames: 'problem, which a direction gets, has among others:',
  ruleNames: 'Rules may be for these operations of the network:',
  readMore:
    'What they take and give is told in the README of @igos/autograd, under “Your own gradients”, and in that of igos, under “Your own parts”.',
  checkTitle: 'Is the derivative right?',
  checking: 'Checking…',
  functions: {
    score: 'the score (before the softmax)',
    average: 'the average score along the path',
    term: 'the term',
  } satisfies Record<Differentiated, string>,
  right: (of: string) => `Right: this is the derivative of ${of}.`,
  wrong: (of: string) => `Wrong: this is not the derivative of ${of}.`,
  otherRule: (of: string) =>
    `Not the derivative of ${of}. A rule may be so on purpose, as guided backpropagation is. But then its map no longer says how the score changes.`,
  onPurpose: (of: string) =>
    `Not the derivative of ${of}, and that is on purpose: it is what this example shows. Such a map may look clearer, but it no longer says how the score changes.`,
  otherDirection: (of: readonly string[]) =>
    `Not the derivative of ${of.join(', nor of ')}. A direction need not be one. But then a step against it may fail to lower the objective, and the line search refuses it.`,
  slopes: ({ of, claimed, measured }: Slopes) =>
    `Along a random direction ${of} has the slope ${claimed} by the code and ${measured} by differences.`,
  agree: ({ smallest, digits }: Distance) =>
    `Relative difference at the best step: ${smallest}. About ${digits} digits agree.`,
  apart: ({ smallest, share }: Distance) =>
    `Relative difference at the best step: ${smallest}. The two are apart by ${share} of the larger one.`,
  plotTitle: 'Relative difference between the derivative and differences, by the length of the step',
  step: 'length of the step h',
  error: 'Relative difference of the two slopes',
  bound: 'bound: what comes below it is right',
  plotKey:
    'The relative difference is how far the two slopes are apart, divided by the larger one: 0.5 where one is half of the other, 10⁻¹⁰ where ten digits agree. For a right derivative it comes far below the bound: shorter steps h come closer, until the rounding of numbers spoils them. (Of a parabola, such as m·(1 − m), long steps are exact already, and the rounding is all that there is.) For a wrong one it stays high at every step.',
  how: 'How it is checked: we go a step h from a place x along a random direction d, forward and back, and see how fast the function rises. The derivative must say the same.',
  where:
    'f: the function; x: a place where nothing is special, a random mask, or the picture with a little noise. We take two directions, and numbers of 64 bits.',
  compareTitle: 'Beside the built-in one',
  run: 'Run both',
  stop: 'Stop',
  running: 'Running yours, then the built-in one…',
  sides: { yours: 'yours', builtIn: 'built-in' },
  maskOf: (side: string) => `Mask, ${side}: white keeps, black hides`,
  gradientOf: (side: string) => `Gradient of the score by the pixels, ${side}: orange above 0, blue below, white 0`,
  scores: 'What came of it',
  rows: {
    score: 'Score of the masked picture',
    area: 'Share that is hidden',
    deletion: 'Deletion (low is good)',
    insertion: 'Insertion (high is good)',
  },
  seen: 'The picture',
  difference: 'Yours minus built-in: orange above 0, blue below, white 0',
  distance: {
    masks: (largest: string) =>
      `The masks differ by ${largest} in the cell where they differ most; a cell goes from 0 to 1.`,
    gradients: (largest: string, share: string) =>
      `The gradients differ by ${largest} at the pixel where they differ most, which is ${share} of the largest value of the built-in one.`,
  },
  iterations: 'Iterations (steps of the mask)',
  against: {
    rules: 'Built-in: the derivative of each operation, as it is.',
    direction: 'Built-in: the gradient of the average score along the path.',
    regularizer: 'Built-in: total variation. L1 is the same in both.',
    path: 'Built-in: equal distances.',
  } satisfies Record<PartKind, string>,
};

const zh: typeof en = {
  example: '示例',
  picture: '图片（数字网络）',
  restore: '恢复示例',
  editor: '代码（JavaScript）',
  makeChange: '做这个修改',
  changeBack: '改回来',
  tooLong: (length, longest) =>
    `这段代码有 ${length} 个字符，链接最多容纳 ${longest} 个。代码照样运行，但链接指向的是示例：请自己保存一份。`,
  reference: '代码可以返回什么、使用什么',
  parts: {
    rules: '以运算的名称为键：由对输出的梯度给出对每个输入的梯度，都是图；没有梯度流过的地方用 null。',
    direction: '每个单元一个数：得分往哪里上升。可以使用 problem.gradient、problem.pathGradient 和 problem.path。',
    regularizer: '由掩码算出的一个数；掩码是形状为 [1, rows, columns, 1] 的图，权重包含在内。',
    byHand: '同上，但不用图：一组数，逐行排列。',
    path: '若干个大于 0、不超过 1 的位置，从小到大，以及各自的权重，权重之和为 1。',
  },
  operations: 'ag 是第一个库，其中有构成图的运算，例如：',
  igosNames: 'igos 是第二个库，其中有内置的各部分，可以直接使用，也可以包装：',
  problemNames: '方向得到的 problem 中有以下成员，等等：',
  ruleNames: '规则可以针对网络中的这些运算：',
  readMore:
    '它们的参数和返回值见 @igos/autograd 的 README（“Your own gradients”一节）和 igos 的 README（“Your own parts”一节）。',
  checkTitle: '导数正确吗？',
  checking: '正在检查……',
  functions: { score: '得分（softmax 之前）', average: '沿路径的平均得分', term: '这一项' },
  right: (of) => `正确：这是${of}的导数。`,
  wrong: (of) => `错误：这不是${of}的导数。`,
  otherRule: (of) => `这不是${of}的导数。规则可以有意如此，引导反向传播就是这样。但这样得到的图不再说明得分如何变化。`,
  onPurpose: (of) =>
    `这不是${of}的导数，而且是有意如此：这正是本示例要说明的。这样的图也许看起来更清楚，但不再说明得分如何变化。`,
  otherDirection: (of) =>
    `这不是${of.join('的导数，也不是')}的导数。方向不一定要是导数。但这样的话，沿它的反方向走一步可能无法降低目标函数，线搜索会拒绝这一步。`,
  slopes: ({ of, claimed, measured }) => `沿一个随机方向，${of}的斜率：代码给出 ${claimed}，差分给出 ${measured}。`,
  agree: ({ smallest, digits }) => `在最好的步长下，相对误差是 ${smallest}：大约有 ${digits} 位数字一致。`,
  apart: ({ smallest, share }) => `在最好的步长下，相对误差是 ${smallest}：二者之差是较大者的 ${share}。`,
  plotTitle: '导数与差分之间的相对误差，随步长变化',
  step: '步长 h',
  error: '两个斜率的相对误差',
  bound: '界限：降到它以下就是正确的',
  plotKey:
    '相对误差是两个斜率之差除以其中较大的一个：一个是另一个的一半时是 0.5，有十位数字一致时是 10⁻¹⁰。导数正确时，它降到界限以下很远：步长 h 越短，二者越接近，直到数值的舍入误差破坏差分为止。（对抛物线，例如 m·(1 − m)，长步长的差分就已经精确，剩下的只有舍入误差。）导数错误时，它在任何步长下都很大。',
  how: '如何检查：从一点 x 出发，沿随机方向 d 向前、向后各走一步 h，看函数上升得多快。导数给出的应当与此相同。',
  where:
    'f：要检查的函数；x：没有特殊之处的一点，即一个随机掩码，或加了少许噪声的图片。取两个方向，用 64 位浮点数计算。',
  compareTitle: '与内置的并排比较',
  run: '运行两者',
  stop: '停止',
  running: '先运行你的，再运行内置的……',
  sides: { yours: '你的', builtIn: '内置' },
  maskOf: (side) => `掩码（${side}）：白色保留，黑色遮住`,
  gradientOf: (side) => `得分对像素的梯度（${side}）：橙色大于 0，蓝色小于 0，白色为 0`,
  scores: '结果',
  rows: {
    score: '加掩码后图片的得分',
    area: '遮住的比例',
    deletion: '删除（越小越好）',
    insertion: '插入（越大越好）',
  },
  seen: '图片',
  difference: '你的减去内置的：橙色大于 0，蓝色小于 0，白色为 0',
  distance: {
    masks: (largest) => `两个掩码在相差最大的单元差 ${largest}；每个单元的值在 0 到 1 之间。`,
    gradients: (largest, share) => `两个梯度在相差最大的像素差 ${largest}，是内置梯度最大值的 ${share}。`,
  },
  iterations: '迭代次数（掩码走的步数）',
  against: {
    rules: '内置：每个运算真正的导数。',
    direction: '内置：沿路径的平均得分的梯度。',
    regularizer: '内置：全变差。两边的 L1 相同。',
    path: '内置：各站等距。',
  },
};

export const words: InEvery<typeof en> = { en, zh };
