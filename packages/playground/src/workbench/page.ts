import type { FurtherPage } from '../shell/further-page.tsx';
import { shellWords } from '../words/shell.ts';

/** The workbench in the contents, with what can be read before its editor is there. */
export const workbench: FurtherPage = {
  slug: 'workbench',
  title: { en: shellWords.en.workbench, zh: shellWords.zh.workbench },
  text: {
    en: [
      'Every part of the method is a value, and yours can take its place: the derivative of an operation, the direction of a step, a term of the objective, the path. Write one here, in JavaScript. You see at once whether its derivative is right, and then what it does to the mask.',
      'Your code is a function of the two libraries that this page is made with, @igos/autograd and igos. It gives an object with one part: rules, direction, regularizer or path. It runs in a worker of its own, which is ended when it takes too long. The worker has neither network nor storage: nothing leaves this page. Only the link has your code in it, so that you can share it.',
    ],
    zh: [
      '方法的每个部分都是一个值，都可以换成你自己的：某个运算的导数、一步的方向、目标函数中的一项、积分路径。在这里用 JavaScript 写一个，马上就能看到它的导数对不对，再看它让掩码变成什么样。',
      '你的代码是一个函数，参数是本页面所用的两个库：@igos/autograd 和 igos。它返回一个对象，其中含有一个部分：rules（规则）、direction（方向）、regularizer（正则项）或 path（路径）。代码在单独的 worker 中运行，超时就会被终止。这个 worker 既没有网络也没有存储：没有任何数据离开本页面。只有链接里带着你的代码，所以你可以把它分享出去。',
    ],
  },
  load: async () => (await import('./workbench.tsx')).Workbench,
};
