import type { InEvery } from '../../words/language.ts';
import type { ChapterWords } from '../chapter.ts';

const en = {
  text: [
    'A network can be fooled: fine patterns that mean nothing to us can throw its answer over. A mask that wants a low score and nothing else may find one. Such a mask is called adversarial: it breaks the score, and does not show where the evidence is.',
    'Two measures tell. Deletion: pixels give way to the baseline, the most salient first, those that the mask removes most. The score falls, and the area under its curve should be small. Insertion: in the same order the pixels come back into the baseline, and the area should be large. A mask that merely breaks the score does well in the first alone.',
    'I-GOS has four guards. L1 wants a small mask, TV a smooth one; noise on the pictures of the path blurs patterns that need exact values; a coarse mask cannot draw fine ones. The first run has all four, the second none.',
  ],
  tryIt:
    'Open the espresso with the button: it loads the network for photos, and the two runs take some 20 seconds. Then give TV back to the second run, and nothing else: it is still as fine as the picture. What happens to its insertion area, and to what it looks like?',
  more: [
    'How much they matter depends on the picture and on the network. The photo of the espresso shows it best: without them the insertion area falls from about 0.52 to about 0.13, which is what a mask of random numbers gets there. Of the twelve photos deletion falls on all; insertion falls on five, stays on one (within 0.01) and rises on six, because a finer mask also has its merits. At the same fineness, L1, TV and noise together raise insertion on eleven of the twelve.',
    'Digits of 28 × 28 pixels leave little room for fine patterns. There deletion falls mostly because the mask is finer, and on seven of the ten insertion rises.',
  ],
  question: {
    asks: 'A mask has a very small deletion area. Its insertion area is no larger than that of a random mask. What is it?',
    answers: [
      {
        text: 'A very good explanation: the score falls at once.',
        why: 'The score falls, but the pixels that it marked do not bring it back. They break something; they do not hold the evidence.',
      },
      {
        text: 'An adversarial mask: it breaks the score without holding the evidence.',
        right: true,
        why: 'One measure alone can be fooled. A mask that holds the evidence does well on both: taken away, the score falls; brought in alone, it rises.',
      },
      {
        text: 'A sign that the network does not know the class.',
        why: 'With the whole picture the score is high, and insertion ends at the whole picture. It just gets there late.',
      },
    ],
  },
  showEspresso: 'Show the espresso (5.5 MB)',
  second: 'The second run has',
  l1: 'L1',
  tv: 'TV',
  noise: 'noise',
  full: 'a cell for each pixel',
  guarded: 'All four guards',
  bare: 'Second run',
  cells: ([rows, columns]: readonly [number, number]) => `${rows} × ${columns} cells`,
  heat: 'Saliency: bright is removed',
  heatText: (name: string) => `Saliency map, ${name}`,
  masked: 'What the network sees then',
  maskedText: (name: string) => `Masked picture, ${name}`,
  numbers: 'The two runs in numbers',
  score: 'Score of the masked picture',
  area: 'Removed area',
  deletionArea: 'Deletion area (small is good)',
  insertionArea: 'Insertion area (large is good)',
  deletion: 'Score while pixels are deleted',
  insertion: 'Score while pixels are inserted',
  replaced: 'pixels replaced',
  verdicts: {
    insertionFalls:
      'Deletion falls, and insertion falls with it: the second mask breaks the score better, and holds less of the evidence. This is what an adversarial mask looks like.',
    insertionStays:
      'Deletion falls, and insertion does not rise, at least by no more than 0.01: the second mask breaks the score better, but holds no more of the evidence.',
    insertionRises:
      'Deletion falls, and insertion rises: on this picture the second mask holds more of the evidence, too. It is finer, and not adversarial.',
    deletionStays: 'Deletion does not fall: the second mask does not break the score any better than the first.',
  },
} satisfies ChapterWords & Readonly<Record<string, unknown>>;

const zh: typeof en = {
  text: [
    '网络是可以被欺骗的：有些细小的图案对我们毫无意义，却能推翻它的答案。只追求低得分的掩码，可能正好找到这样的图案。这种掩码称为对抗掩码：它破坏了得分，却没有指出证据在哪里。',
    '两个指标可以看出来。删除：像素逐步让位给基线，最显著的先换，也就是掩码移除最多的那些；得分下降，曲线下面积应当小。插入：像素按同样的顺序放回基线，面积应当大。只会破坏得分的掩码，只在第一项上好。',
    'I-GOS 有四道防护。L1 要求掩码小，TV 要求掩码平滑；路径图片上的噪声会抹去依赖精确数值的图案；粗糙的掩码画不出细小的图案。第一次运行四道俱全，第二次一道也没有。',
  ],
  tryIt:
    '用按钮打开浓缩咖啡的照片：这会加载照片网络，两次运行大约需要 20 秒。然后只把 TV 还给第二次运行：掩码仍与图片一样细。它的插入面积有什么变化？样子又有什么变化？',
  more: [
    '它们有多重要，取决于图片和网络。浓缩咖啡的照片最能说明问题：没有防护时，插入面积从约 0.52 降到约 0.13，与随机数组成的掩码相当。十二张照片的删除面积全都下降；插入面积有五张下降，一张不变（相差不超过 0.01），六张上升，因为更细的掩码也有好处。在同样的精细程度下，L1、TV 和噪声合起来提高了十二张中十一张的插入面积。',
    '28 × 28 像素的数字没有多少空间容纳细小的图案。那里的删除面积下降，主要是因为掩码更细；十个数字中有七个的插入面积上升。',
  ],
  question: {
    asks: '一个掩码的删除面积非常小，而插入面积并不比随机掩码大。它是什么？',
    answers: [
      {
        text: '非常好的解释：得分一下子就降了。',
        why: '得分确实降了，但它标出的像素并不能把得分带回来。这些像素破坏了什么，却不包含证据。',
      },
      {
        text: '对抗掩码：破坏了得分，却不包含证据。',
        right: true,
        why: '单独一个指标可能被骗过。包含证据的掩码在两个指标上都好：拿走它，得分下降；只放入它，得分上升。',
      },
      {
        text: '说明网络不认识这个类别。',
        why: '看到整张图片时得分很高，而插入最终会回到整张图片，只是来得太晚。',
      },
    ],
  },
  showEspresso: '显示浓缩咖啡（5.5\u00a0MB）',
  second: '第二次运行包含',
  l1: 'L1',
  tv: 'TV',
  noise: '噪声',
  full: '每个像素一个单元',
  guarded: '四道防护',
  bare: '第二次运行',
  cells: ([rows, columns]) => `${rows} × ${columns} 个单元`,
  heat: '显著图：越亮，移除得越多',
  heatText: (name) => `显著图，${name}`,
  masked: '此时网络看到的图片',
  maskedText: (name) => `加掩码后的图片，${name}`,
  numbers: '两次运行的数值',
  score: '加掩码后图片的得分',
  area: '移除比例',
  deletionArea: '删除面积（越小越好）',
  insertionArea: '插入面积（越大越好）',
  deletion: '删除像素时的得分',
  insertion: '插入像素时的得分',
  replaced: '已替换的像素',
  verdicts: {
    insertionFalls:
      '删除面积下降，插入面积也随之下降：第二个掩码更能破坏得分，包含的证据却更少。这正是对抗掩码的样子。',
    insertionStays: '删除面积下降，插入面积没有上升（变化不超过 0.01）：第二个掩码更能破坏得分，却没有包含更多的证据。',
    insertionRises: '删除面积下降，插入面积上升：在这张图片上，第二个掩码也包含了更多的证据。它更细，但不是对抗掩码。',
    deletionStays: '删除面积没有下降：第二个掩码并不比第一个更能破坏得分。',
  },
};

export const words: InEvery<typeof en> = { en, zh };
