import type { InEvery } from '../../words/language.ts';
import type { ChapterWords } from '../chapter.ts';

const en = {
  text: [
    'A network for pictures reads a picture as numbers, one for each pixel and colour. It answers with one number for each class it knows, such as “7” or “koala”. A last step, the softmax, makes these numbers positive and lets them add up to 100%, so that we may read them as probabilities.',
    'The probability of the class that we ask about is called its score in this tour. It tells what the network sees, but not where, and not why. I-GOS (integrated-gradients optimized saliency) is a method that looks for the part of the picture that the answer rests on. The ten chapters show how it works, on networks that run here, in your browser.',
  ],
  tryIt:
    'Choose other pictures and watch the bars. Which digit is the network least sure of, and what else might it be? Then choose the network for photos: which animal is it least sure of?',
  question: {
    asks: 'The network gives “7” nearly 100%. What do we know from this number alone?',
    answers: [
      {
        text: 'That it looked at the crossbar of the seven.',
        why: 'The number says nothing about places. Any pixel may have decided.',
      },
      {
        text: 'That, among its ten classes, it strongly prefers “7”. Not which pixels made it do so.',
        right: true,
        why: 'Probabilities compare classes with each other. What in the picture speaks for the 7 has to be found out by experiments. The next chapter begins with the plainest.',
      },
      {
        text: 'That the picture certainly is a seven.',
        why: 'A picture of a shoe also gets ten numbers that add up to 100%, and one of them is the largest.',
      },
    ],
  },
  pictureText: (target: string) => `The picture, as the network sees it. It is taken for: ${target}.`,
  size: (height: string, width: string, channels: string) =>
    `${height} × ${width} pixels, ${channels === '1' ? 'grey' : 'red, green and blue'}`,
  bars: (classes: string) => `The five most likely of ${classes} classes`,
} satisfies ChapterWords & Readonly<Record<string, unknown>>;

const zh: typeof en = {
  text: [
    '图像网络把图片当作数来读：每个像素、每种颜色一个数。它为认识的每个类别给出一个数，比如“7”或“考拉”。最后一步叫 softmax，它让这些数都为正，且加起来等于 100%，于是可以当作概率来读。',
    '我们所问的那个类别的概率，在这次导览中叫做它的得分。得分说出网络看到了什么，却没有说在哪里、为什么。I-GOS（用积分梯度优化的显著图）是一种方法，用来寻找图片中支撑答案的那一部分。这十章展示它如何工作，所用的网络就在你的浏览器里运行。',
  ],
  tryIt:
    '换几张图片，看看条形怎样变化。网络对哪个数字最没有把握，它还可能是什么？然后选照片网络：网络对哪种动物最没有把握？',
  question: {
    asks: '网络给“7”的概率接近 100%。单凭这个数，我们知道了什么？',
    answers: [
      { text: '它看了“7”的横笔。', why: '这个数与位置无关，任何像素都可能起了决定作用。' },
      {
        text: '在它的十个类别中，它强烈偏向“7”；但不知道是哪些像素造成的。',
        right: true,
        why: '概率只是把类别相互比较。图片中是什么支持“7”，要靠实验来找。下一章从最朴素的实验开始。',
      },
      { text: '这张图片一定是“7”。', why: '一张鞋子的图片同样会得到十个加起来等于 100% 的数，其中也总有一个最大。' },
    ],
  },
  pictureText: (target) => `网络看到的图片，被认作：${target}。`,
  size: (height, width, channels) => `${height} × ${width} 像素，${channels === '1' ? '灰度' : '红、绿、蓝三通道'}`,
  bars: (classes) => `${classes} 个类别中最可能的五个`,
};

export const words: InEvery<typeof en> = { en, zh };
