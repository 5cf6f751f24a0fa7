import type { InEvery } from '../../words/language.ts';
import type { ChapterWords } from '../chapter.ts';

const en = {
  text: [
    'A convolutional network takes a picture as a block of numbers and gives one number for each class it knows. Softmax makes these numbers positive and lets them add up to one, so that we may read them as probabilities.',
    'It says what it sees. It does not say where, or why. That is what this tour is about: finding the few pixels that the answer rests on.',
  ],
  tryIt: 'Choose another picture and watch the bars. Find a digit that the network is less sure of than of the seven.',
  question: {
    asks: 'The network gives “7” 99 %. What do we know from this number alone?',
    answers: [
      {
        text: 'That it looked at the crossbar of the seven.',
        why: 'The number says nothing about places. Any pixel may have decided.',
      },
      {
        text: 'That, among its ten classes, it strongly prefers “7”. Not which pixels made it do so.',
        right: true,
        why: 'Probabilities compare classes with each other. Where the evidence lies has to be found out by experiments on the picture, or by derivatives.',
      },
      {
        text: 'That the picture certainly is a seven.',
        why: 'A picture of a shoe also gets ten numbers that add up to one.',
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
    '卷积网络把图片当作一个数组来读，并为它认识的每个类别给出一个数。softmax 让这些数都为正，且加起来等于一，于是我们可以把它们当作概率来读。',
    '它说出看到了什么，却没有说在哪里、为什么。这次导览要做的正是这件事：找出支撑答案的少数像素。',
  ],
  tryIt: '换一张图片，看看条形图怎样变化。找出一个数字，网络对它不像对“7”那样有把握。',
  question: {
    asks: '网络给“7”的概率是 99%。单凭这个数，我们知道了什么？',
    answers: [
      { text: '它看了“7”的横笔。', why: '这个数与位置无关，任何像素都可能起了决定作用。' },
      {
        text: '在它的十个类别中，它强烈偏向“7”；但不知道是哪些像素造成的。',
        right: true,
        why: '概率只是把类别相互比较。证据在哪里，要靠对图片做实验，或者靠导数来找。',
      },
      { text: '这张图片一定是“7”。', why: '一张鞋子的图片同样会得到十个加起来等于一的数。' },
    ],
  },
  pictureText: (target) => `网络看到的图片，被认作：${target}。`,
  size: (height, width, channels) => `${height} × ${width} 像素，${channels === '1' ? '灰度' : '红、绿、蓝三通道'}`,
  bars: (classes) => `${classes} 个类别中最可能的五个`,
};

export const words: InEvery<typeof en> = { en, zh };
