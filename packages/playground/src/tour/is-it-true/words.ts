import type { MethodName } from 'igos/named';
import type { InEvery } from '../../words/language.ts';
import type { ChapterWords } from '../chapter.ts';

const en = {
  text: [
    'Every saliency map looks convincing. Whether it is true can be tested on the network itself. Deletion and insertion replace pixels in 50 equal steps, the most salient first. If the map is right, the score falls at once while they are deleted, and rises at once while they are inserted into the baseline.',
    'Four methods play it here with the same picture. I-GOS is the mask of this tour. Integrated gradients add up the gradient on the way from the baseline to the picture, once, and optimize nothing. The gradient is the plain one, at the picture. The random mask knows nothing: whatever calls itself an explanation has to beat it.',
  ],
  tryIt:
    'Press play and watch which curves move first. Then choose the digit 3: one of the methods that did well on the 7 needs long to bring the score down. Which?',
  more: [
    'Look at the table without mercy. For the digit 7, integrated gradients alone have the better areas, both of them, and took a fraction of the work. On other pictures it is not so: on the photo of the espresso their insertion area is about 0.15, little more than that of the random mask, and that of I-GOS about 0.59 (0.52 with the noise of the chapter before). What the optimized mask adds everywhere is something else: one part of the picture with a stated size, and the score that is left without it.',
  ],
  question: {
    asks: 'For the digit 7, integrated gradients have a smaller deletion area and a larger insertion area than the mask of I-GOS. What follows?',
    answers: [
      {
        text: 'The mask of I-GOS is wrong.',
        why: 'It is far better than the gradient and the random mask on both areas, and removing what it marks brings the score close to 0.',
      },
      {
        text: 'Integrated gradients are the better explanation of any picture.',
        why: 'Try the digit 3: there their deletion area is many times that of I-GOS. One picture says nothing about the next.',
      },
      {
        text: 'For putting the pixels of this picture in order one map was enough; that is all that the areas measure.',
        right: true,
        why: 'Deletion and insertion read a map as an order of pixels. How much to remove, and what score is left then, is not in an order: that is what the mask says.',
      },
    ],
  },
  methods: {
    igos: 'I-GOS',
    'integrated-gradients': 'Integrated gradients',
    gradient: 'Gradient',
    random: 'Random mask',
  } satisfies Record<MethodName, string>,
  play: 'Play',
  pause: 'Pause',
  replaced: 'Pixels replaced',
  step: (step: number, last: number, share: string) => `step ${step} of ${last}: ${share}`,
  deletion: 'Deletion',
  insertion: 'Insertion',
  scoreNow: (what: string, score: string) => `${what}: ${score}`,
  deleted: (name: string, share: string) =>
    `The picture without the ${share} of its pixels that are most salient by this method: ${name}`,
  inserted: (name: string, share: string) =>
    `The baseline with the ${share} of the picture's pixels that are most salient by this method: ${name}`,
  curves: (name: string) => `Score by the share of replaced pixels: ${name}`,
  share: 'pixels replaced',
  score: 'Score',
  areas: 'Areas under the whole curves',
  deletionArea: 'Deletion (small is good)',
  insertionArea: 'Insertion (large is good)',
  best: 'best',
  ties: (share: string) =>
    `In ${share} of its cells this mask of I-GOS is exactly 1, which puts them in no order. Among themselves they go by the gradient along the path of the finished mask: those that would raise the score most come first.`,
} satisfies ChapterWords & Readonly<Record<string, unknown>>;

const zh: typeof en = {
  text: [
    '每一张显著图看起来都很有说服力。它是不是真的，可以用网络本身来检验。删除和插入分 50 个相等的步骤替换像素，最显著的先换。如果显著图是对的，删除时得分立刻下降，插入基线时得分立刻上升。',
    '这里有四种方法用同一张图片比试。I-GOS 是本导览讲的掩码。积分梯度只做一次：把从基线到图片一路上的梯度加起来，不做任何优化。梯度就是图片处的普通梯度。随机掩码什么也不知道：凡是自称解释的，都必须胜过它。',
  ],
  tryIt: '按“播放”，看哪些曲线先动。然后选择数字 3：在 7 上表现很好的方法中，有一种要很久才能把得分降下来。是哪一种？',
  more: [
    '请不留情面地看这张表。对数字 7，单凭积分梯度，两个面积就都更好，计算量也只是零头。换了图片就未必：在浓缩咖啡的照片上，积分梯度的插入面积约为 0.15，比随机掩码好不了多少，而 I-GOS 约为 0.59（加上前一章的噪声则为 0.52）。优化得到的掩码在哪里都多给出一样东西：图片中大小明确的一部分，以及去掉它之后剩下的得分。',
  ],
  question: {
    asks: '对数字 7，积分梯度的删除面积比 I-GOS 的掩码小，插入面积比它大。由此能得出什么？',
    answers: [
      {
        text: 'I-GOS 的掩码是错的。',
        why: '它的两个面积都远胜于梯度和随机掩码，而且去掉它标出的部分，得分接近 0。',
      },
      {
        text: '对任何图片，积分梯度都是更好的解释。',
        why: '试试数字 3：在那里它的删除面积是 I-GOS 的许多倍。一张图片说明不了下一张。',
      },
      {
        text: '要给这张图片的像素排序，一张显著图就够了；两个面积衡量的也只是排序。',
        right: true,
        why: '删除和插入把显著图当作像素的顺序来读。该移除多少、移除之后还剩多少得分，顺序里没有，而掩码说的正是这些。',
      },
    ],
  },
  methods: {
    igos: 'I-GOS',
    'integrated-gradients': '积分梯度',
    gradient: '梯度',
    random: '随机掩码',
  },
  play: '播放',
  pause: '暂停',
  replaced: '已替换的像素',
  step: (step, last, share) => `第 ${step} 步，共 ${last} 步：${share}`,
  deletion: '删除',
  insertion: '插入',
  scoreNow: (what, score) => `${what}：${score}`,
  deleted: (name, share) => `去掉该方法认为最显著的 ${share} 像素后的图片：${name}`,
  inserted: (name, share) => `基线加上该方法认为最显著的 ${share} 图片像素：${name}`,
  curves: (name) => `得分随已替换像素比例的变化：${name}`,
  share: '已替换的像素',
  score: '得分',
  areas: '整条曲线下的面积',
  deletionArea: '删除（越小越好）',
  insertionArea: '插入（越大越好）',
  best: '最好',
  ties: (share) =>
    `这个 I-GOS 掩码有 ${share} 的单元恰好等于 1，彼此分不出先后。它们之间按最终掩码路径上的梯度排序，最能提高得分的在前。`,
};

export const words: InEvery<typeof en> = { en, zh };
