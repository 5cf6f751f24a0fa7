import type { InEvery } from '../words/language.ts';
import type { ExampleName } from './example-names.ts';

interface ExampleWords {
  readonly examples: Readonly<Record<ExampleName, string>>;
  /** What the code does. */
  readonly about: Readonly<Record<ExampleName, string>>;
  /** What to change in it, and what to look at then. */
  readonly tryThis: Readonly<Record<ExampleName, string>>;
}

const en: ExampleWords = {
  examples: {
    'by-hand': 'No doubt: a term with its derivative by hand',
    regularizer: 'Calm rows: a term from graph operations',
    direction: 'The integrated gradient by hand: a direction',
    path: 'Close to the baseline: a path',
    'guided-backprop': 'Guided backpropagation: a rule, not the derivative on purpose',
  },
  about: {
    'by-hand':
      'A term of the objective with its value and its derivative side by side. It wants each cell m of the mask to be 0 or 1: m·(1 − m) is largest at one half, and its derivative is 1 − 2m. It stands in for total variation.',
    regularizer:
      'A term of the objective that looks at the mask alone, written with the operations of the library; the library finds its derivative. It stands in for total variation, and asks for calm along the rows only.',
    direction:
      'A direction says where the score rises, one number a cell of the mask. This one is what I-GOS does, step by step: at each stop t of the path the mask is t·m, so that its gradient counts t times.',
    path: 'A path says at which stops between the baseline (0) and the picture (1) the score is averaged, and with which weights. This one squares the usual stops, so that most of them are close to the baseline.',
    'guided-backprop':
      'A rule takes the place of the derivative of an operation, here relu. The true derivative lets the gradient pass where the output is above 0. Guided backpropagation also drops what is negative, for a clearer map: it is not the derivative, on purpose, and the check shows it.',
  },
  tryThis: {
    'by-hand': 'Make the derivative wrong, and see how the line of the plot stays high at every step.',
    regularizer:
      'Let jumps count as they are, not squared. The library finds the derivative of that, too: the check stays right. Then run both, and see another mask.',
    direction:
      'Leave out the factor t. Now the direction is nobody’s derivative: both lines of the plot stay high. Run both: does the line search still find its way?',
    path: 'Leave out the square. These are the built-in stops: run both, and the masks are the same.',
    'guided-backprop':
      'Let what is negative pass, too. This is the true derivative of relu: the line of the plot falls, and both maps are the same.',
  },
};

const zh: ExampleWords = {
  examples: {
    'by-hand': '非此即彼：手写导数的一项',
    regularizer: '平滑的行：用图运算写的一项',
    direction: '手写的积分梯度：一个方向',
    path: '靠近基线：一条路径',
    'guided-backprop': '引导反向传播：一条规则，有意不同于导数',
  },
  about: {
    'by-hand':
      '目标函数中的一项，函数值与导数并排写出。它希望掩码的每个单元 m 要么是 0，要么是 1：m·(1 − m) 在二分之一处最大，导数是 1 − 2m。它取代全变差。',
    regularizer: '目标函数中只看掩码的一项，用库中的运算写成；导数由库求出。它取代全变差，只要求沿行的方向平滑。',
    direction:
      '方向说明得分往哪里上升，掩码的每个单元一个数。这里一步步写出 I-GOS 的做法：在路径上的每一站 t，掩码是 t·m，所以那里的梯度要乘以 t。',
    path: '路径说明在基线（0）与图片（1）之间的哪些站对得分取平均，以及各站的权重。这条路径把通常各站的位置取平方，使大多数站靠近基线。',
    'guided-backprop':
      '规则取代某个运算的导数，这里是 relu。真正的导数在输出大于 0 的地方让梯度通过。引导反向传播还会丢掉负的梯度，让图更清楚：它有意不同于导数，检查会显示这一点。',
  },
  tryThis: {
    'by-hand': '把导数写错，看图中的曲线在任何步长下都降不下来。',
    regularizer:
      '让相邻单元的差按原值计算，不再平方。它的导数同样由库求出，检查结果仍然正确。再运行两者，看看掩码有什么不同。',
    direction: '去掉因子 t。这样的方向就不是任何函数的导数了：图中两条曲线都降不下来。运行两者：线搜索还能找到路吗？',
    path: '去掉平方，就成了内置的各站：运行两者，得到的掩码相同。',
    'guided-backprop': '让负的梯度也通过，这就是 relu 真正的导数：图中的曲线降下来，两张图也相同。',
  },
};

export const exampleWords: InEvery<ExampleWords> = { en, zh };
