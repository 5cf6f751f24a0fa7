import type { UsedBaseline } from '../../engine/baseline-key.ts';
import type { InEvery } from '../../words/language.ts';
import type { ChapterWords } from '../chapter.ts';

const en = {
  text: [
    'A hidden pixel must become something: a network takes no gaps. It becomes the pixel at the same place in the baseline, a picture of the same size that should hold no evidence.',
    'Whether it holds any, the network itself can tell: replace the whole picture by the baseline, and see what is left of the score. As a rule this should be less than half of the picture’s own score. Otherwise hiding more need not lower the score, and a mask says little.',
  ],
  tryIt:
    'Choose the digit 8. Of the six baselines only one takes its evidence away: which? Then make the blur wider, and see how far the score falls.',
  more: [
    'To a network, nothing is not nothing. Asked about a black picture, the digits network still has to spread 100% over ten classes, and gives 43% to the 1 and 39% to the 4. For these two digits black is some evidence already.',
  ],
  question: {
    asks: 'A blur of 7 pixels leaves 99% of the score of the 8. With this baseline, what mask does I-GOS find for the 8?',
    answers: [
      {
        text: 'The strokes of the 8, as with every baseline.',
        why: 'Under this blur the strokes can still be read, so removing them does not lower the score. Under black they count: a mask is an answer about the picture and its baseline together.',
      },
      {
        text: 'An empty one, which removes nothing.',
        right: true,
        why: 'Every cell that is removed has a price, and the score hardly falls for it. No step is worth taking. Run it above: 0.0% is removed.',
      },
      {
        text: 'One over the whole picture, because more has to be removed.',
        why: 'With everything removed the score would still be 99%. The price would be paid for nothing.',
      },
    ],
  },
  names: {
    blur: 'Blur',
    black: 'Black',
    mean: 'Mean',
    noise: 'Noise',
    median: 'Median',
    mixed: 'Mixed',
    own: 'Your own',
  } satisfies Record<UsedBaseline, string>,
  looks: {
    blur: 'The picture, blurred: each pixel is a weighted mean of its neighbours.',
    black: 'Black everywhere.',
    mean: 'The same middle grey everywhere.',
    noise: 'Random pixels between the darkest and the brightest value.',
    median: 'The picture with each pixel replaced by the median of its neighbours: small things go, edges stay.',
    mixed: 'The mean of the blur and the median.',
    own: 'The picture that you brought as the baseline.',
  } satisfies Record<UsedBaseline, string>,
  choose: 'What replaces hidden pixels, and what it leaves of the score. What you choose holds in every chapter.',
  kinds:
    'Blur: each pixel becomes a weighted mean of its neighbours. Mean: one grey everywhere. Noise: random pixels. Median: each pixel becomes the middle value of its neighbours, so that small things go and edges stay. Mixed: halfway between blur and median.',
  itself: 'The picture',
  itselfLooks: 'The picture itself.',
  keeps: 'keeps the answer',
  takes: 'takes it away',
  blur: 'How strong a blur?',
  width: 'Width of the blur',
  pixels: (size: string) => `${size} pixels`,
  usual: (size: string) => `${size} pixels is usual for pictures of this size; 1 changes nothing.`,
  blurred: (size: string) => `The picture under a blur of ${size} pixels.`,
  scoreOf: (target: string) => `Score of “${target}” at the baseline`,
  curve: 'Score at the baseline against the width of the blur',
  widthAxis: 'width of the blur (pixels)',
  score: 'score',
  masks: 'Another baseline, another mask',
  search:
    'I-GOS looks for a mask that lowers the score and removes little. The chapters from here to the eighth show how; here it is enough to see what it finds. The brighter a cell, the more of it is removed.',
  explain: (baseline: string) => `Explain with: ${baseline}`,
  stop: 'Stop',
  step: (k: number, total: number) => `step ${k} of ${total}`,
  named: (name: string, size: string | undefined) => (size === undefined ? name : `${name}, ${size} pixels`),
  removes: (area: string, score: string) => `${area} removed, score ${score}`,
  maskText: (baseline: string) => `What I-GOS removes with the baseline ${baseline}: the brighter, the more.`,
  empty: 'Nothing is removed: no step was worth its price.',
  seams: (baseline: string) =>
    `Even the baseline alone scores ${baseline}. What lowers the score further is the mixture: parts of both side by side. That is not all evidence.`,
  noMask: 'No mask yet. Each one that you make stays here, to be compared.',
} satisfies ChapterWords & Readonly<Record<string, unknown>>;

const zh: typeof en = {
  text: [
    '被遮住的像素总要变成点什么：网络不接受空缺。它变成基线中同一位置的像素；基线是一张同样大小、不应含有证据的图片。',
    '基线是否含有证据，网络自己就能说明：把整张图片换成基线，看得分还剩多少。一般来说，应少于原图得分的一半。否则，遮得再多，得分也不一定下降，掩码也就说明不了什么。',
  ],
  tryIt: '选数字 8。六种基线中只有一种去掉了它的证据：是哪一种？然后加宽模糊，看看得分能降到多少。',
  more: [
    '对网络来说，“什么都没有”并不等于没有。面对全黑的图片，数字网络仍要把 100% 分给十个类别，其中 43% 给了 1，39% 给了 4。对这两个数字来说，黑色本身已经算一点证据。',
  ],
  question: {
    asks: '宽度为 7 像素的模糊使“8”仍有 99% 的得分。用这个基线，I-GOS 会为“8”找到怎样的掩码？',
    answers: [
      {
        text: '“8”的笔画，用哪种基线都一样。',
        why: '这样模糊之后，笔画仍然可以辨认，移除它们并不会降低得分。换成黑色，它们就重要了：掩码回答的是图片与基线合在一起的问题。',
      },
      {
        text: '空的掩码，什么也不移除。',
        right: true,
        why: '每移除一个单元都要付出代价，得分却几乎不降，没有哪一步值得走。在上面运行一次：移除 0.0%。',
      },
      {
        text: '盖住整张图片的掩码，因为需要移除更多。',
        why: '就算全部移除，得分仍是 99%。代价白白付出了。',
      },
    ],
  },
  names: { blur: '模糊', black: '黑色', mean: '均值', noise: '噪声', median: '中值', mixed: '混合', own: '你自己的' },
  looks: {
    blur: '模糊后的图片：每个像素是其邻域的加权平均。',
    black: '处处为黑色。',
    mean: '处处为同一种中间灰。',
    noise: '在最暗值与最亮值之间的随机像素。',
    median: '每个像素换成其邻域中值后的图片：小的东西消失，边缘保留。',
    mixed: '模糊与中值的平均。',
    own: '你带来作为基线的图片。',
  },
  choose: '用什么替换被遮住的像素，以及它保留多少得分。这里的选择对每一章都有效。',
  kinds:
    '模糊：每个像素变成其邻域的加权平均。均值：处处同一种灰。噪声：随机像素。中值：每个像素变成其邻域的中间值，小的东西消失，边缘保留。混合：介于模糊与中值之间，取两者的平均。',
  itself: '图片',
  itselfLooks: '图片本身。',
  keeps: '答案仍在',
  takes: '答案已消失',
  blur: '模糊要多强？',
  width: '模糊的宽度',
  pixels: (size) => `${size} 像素`,
  usual: (size) => `这种大小的图片通常用 ${size} 像素；1 表示不改变。`,
  blurred: (size) => `以 ${size} 像素的宽度模糊后的图片。`,
  scoreOf: (target) => `“${target}”在基线处的得分`,
  curve: '基线处的得分随模糊宽度的变化',
  widthAxis: '模糊的宽度（像素）',
  score: '得分',
  masks: '换一个基线，换一个掩码',
  search:
    'I-GOS 寻找一个既能降低得分、又移除得少的掩码。从这里到第八章会展示它是怎么找的；这里只要看看它找到了什么。单元越亮，移除得越多。',
  explain: (baseline) => `用此基线解释：${baseline}`,
  stop: '停止',
  step: (k, total) => `第 ${k} 步，共 ${total} 步`,
  named: (name, size) => (size === undefined ? name : `${name}，${size} 像素`),
  removes: (area, score) => `移除 ${area}，得分 ${score}`,
  maskText: (baseline) => `以“${baseline}”为基线时 I-GOS 移除的部分：越亮，移除得越多。`,
  empty: '什么也没有移除：没有哪一步值得其代价。',
  seams: (baseline) =>
    `单是基线的得分就有 ${baseline}。得分进一步下降是混合造成的：两张图片的局部并排出现。这并不全是证据。`,
  noMask: '还没有掩码。每找到一个都会留在这里，以便比较。',
};

export const words: InEvery<typeof en> = { en, zh };
