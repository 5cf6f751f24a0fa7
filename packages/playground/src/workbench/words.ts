import type { InEvery } from '../words/language.ts';
import type { Differentiated } from './check.ts';
import type { ExampleName } from './example-names.ts';
import type { PartKind } from './reader-code.ts';

interface Numbers {
  readonly of: string;
  readonly claimed: string;
  readonly measured: string;
  readonly smallest: string;
}

const en = {
  example: 'Example',
  picture: 'Picture (digits network)',
  restore: 'Back to the example',
  editor: 'Code, in JavaScript',
  examples: {
    'guided-backprop': 'Guided backpropagation: a rule',
    direction: 'The integrated gradient by hand: a direction',
    regularizer: 'Calm rows: a term from graph operations',
    'by-hand': 'No doubt: a term with its derivative by hand',
    path: 'Close to the baseline: a path',
  } satisfies Record<ExampleName, string>,
  about: {
    'guided-backprop':
      'A rule takes the place of the derivative of an operation, here relu. The true derivative lets the gradient pass where the output is above 0. Guided backpropagation also drops what is negative. Make it the true derivative again: return [select(greater(output, 0), grad, 0)].',
    direction:
      'A direction says where the score rises, one number a cell of the mask. This one is what I-GOS does, step by step: at each stop t of the path the mask is t·m, so that its gradient counts t times. Take the t out of the last product and see what the check says.',
    regularizer:
      'A term of the objective that looks at the mask alone, written with the operations of the library; the library finds its derivative. It stands in for total variation, and asks for calm along the rows only. Ask for calm along the columns, or make 0.5 larger.',
    'by-hand':
      'A term with its value and its derivative side by side. It wants each cell to be 0 or 1: m·(1 − m) is largest at one half. It stands in for total variation. Make the derivative wrong, 1 − m instead of 1 − 2 * m, and see the check.',
    path: 'A path says at which stops between the baseline (0) and the picture (1) the score is averaged, and with which weights. This one squares the usual stops, so that most of them are close to the baseline.',
  } satisfies Record<ExampleName, string>,
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
  operations: 'Operations of the first library, among others:',
  checkTitle: 'Is the derivative right?',
  checking: 'Checking…',
  functions: {
    score: 'the score (before the softmax)',
    average: 'the average score along the path',
    term: 'the term',
  } satisfies Record<Differentiated, string>,
  right: (of: string) => `Right: this is the derivative of ${of}.`,
  wrong: (of: readonly string[]) => `Wrong: this is not the derivative of ${of.join(', nor of ')}.`,
  wrongRule:
    'A rule may be so on purpose, as guided backpropagation is. But then its map no longer says how the score changes.',
  wrongDirection:
    'A direction need not be a derivative. But then a step against it may fail to lower the objective, and the line search refuses it.',
  numbers: ({ of, claimed, measured, smallest }: Numbers) =>
    `Of ${of}: along a random direction the code says ${claimed}, differences say ${measured}. At the best step they are ${smallest} apart, as a share of the larger one.`,
  plotTitle: 'How far the derivative is from differences, by the length of the step',
  step: 'length of the step h',
  error: 'Difference, as a share of the larger number',
  plotKey:
    'For a right derivative the line comes down to about 10⁻⁸ or lower; at short steps it rises again, since numbers are rounded. For a wrong one it stays high at every step. All of this at a place where nothing is special: a random mask, or the picture with a little noise.',
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
  distance: (largest: string) => `The two differ by ${largest} where they differ most.`,
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
  examples: {
    'guided-backprop': '引导反向传播：一条规则',
    direction: '手写的积分梯度：一个方向',
    regularizer: '平滑的行：用图运算写的一项',
    'by-hand': '非此即彼：手写导数的一项',
    path: '靠近基线：一条路径',
  },
  about: {
    'guided-backprop':
      '规则取代某个运算的导数，这里是 relu。真正的导数在输出大于 0 的地方让梯度通过。引导反向传播还会丢掉负的梯度。试着把它改回真正的导数：return [select(greater(output, 0), grad, 0)]。',
    direction:
      '方向说明得分往哪里上升，掩码的每个单元一个数。这里一步步写出 I-GOS 的做法：在路径上的每一站 t，掩码是 t·m，所以那里的梯度要乘以 t。把最后一个乘积中的 t 去掉，看看检查的结果。',
    regularizer:
      '目标函数中只看掩码的一项，用库中的运算写成；导数由库求出。它取代全变差，只要求沿行的方向平滑。试着改成沿列的方向平滑，或者把 0.5 调大。',
    'by-hand':
      '函数值与导数并排写出的一项。它希望每个单元要么是 0，要么是 1：m·(1 − m) 在二分之一处最大。它取代全变差。试着把导数写错，用 1 − m 代替 1 − 2 * m，看看检查的结果。',
    path: '路径说明在基线（0）与图片（1）之间的哪些站对得分取平均，以及各站的权重。这条路径把通常各站的位置取平方，使大多数站靠近基线。',
  },
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
  operations: '第一个库中的部分运算：',
  checkTitle: '导数正确吗？',
  checking: '正在检查……',
  functions: { score: '得分（softmax 之前）', average: '沿路径的平均得分', term: '这一项' },
  right: (of) => `正确：这是${of}的导数。`,
  wrong: (of) => `错误：这不是${of.join('的导数，也不是')}的导数。`,
  wrongRule: '规则可以有意如此，引导反向传播就是这样。但这样得到的图不再说明得分如何变化。',
  wrongDirection: '方向不一定要是导数。但这样的话，沿它的反方向走一步可能无法降低目标函数，线搜索会拒绝这一步。',
  numbers: ({ of, claimed, measured, smallest }) =>
    `${of}：沿一个随机方向，代码给出 ${claimed}，差分给出 ${measured}。在最好的步长下，二者之差占较大者的 ${smallest}。`,
  plotTitle: '导数与差分相差多少，随步长变化',
  step: '步长 h',
  error: '差值占较大者的比例',
  plotKey:
    '导数正确时，曲线会降到约 10⁻⁸ 或更低；步长很短时又会上升，因为数值有舍入误差。导数错误时，曲线在任何步长下都很高。检查都在没有特殊之处的地方进行：一个随机掩码，或加了少许噪声的图片。',
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
  distance: (largest) => `二者相差最大的地方差 ${largest}。`,
  against: {
    rules: '内置：每个运算真正的导数。',
    direction: '内置：沿路径的平均得分的梯度。',
    regularizer: '内置：全变差。两边的 L1 相同。',
    path: '内置：各站等距。',
  },
};

export const words: InEvery<typeof en> = { en, zh };
