import type { InEvery } from '../../words/language.ts';
import type { ChapterWords } from '../chapter.ts';

const en = {
  text: [
    'The plainest experiment there is: hide a part of the picture and ask again. If the score falls, the part held evidence: something that speaks for the class.',
    'What is hidden is written down as a mask, a grid of 14 × 14 cells with a number for each: 1 keeps the pixels under the cell, 0 replaces them. By what, the next chapter lets you choose: to begin with, by black in a digit and by a blurred copy in a photo. From cell to cell the mask changes gradually, so hidden parts have soft edges.',
  ],
  tryIt:
    'Paint over the picture, with the pointer or with arrow keys and space; painting on a hidden cell shows it again. Bring the score of the 7 below 50% and hide as little as you can: nine cells, 4.6%, can be enough.',
  question: {
    asks: 'Hide any single cell of the 7, whichever you take: its score stays at 100.0%. What follows?',
    answers: [
      {
        text: 'That the network does not look at the picture.',
        why: 'Hide every cell, and the score falls to 3.4%. Something in the picture mattered.',
      },
      {
        text: 'Nothing yet: two places may hold the same evidence, and one of them is enough.',
        right: true,
        why: 'Evidence that is there twice shows only when both places are hidden together. With 196 cells there are 19,110 pairs: we need a better way than trying.',
      },
      {
        text: 'That all cells matter equally.',
        why: 'Nine cells in the right places bring the score below 50%; nine in an empty corner change nothing. What a cell does alone says little of what it does together with others.',
      },
    ],
  },
  paint: 'The picture, in cells that can be hidden',
  cell: (row: number, column: number) => `row ${row}, column ${column}, hidden`,
  score: (target: string) => `Score of “${target}”`,
  hidden: 'Hidden',
  showAll: 'Show everything',
} satisfies ChapterWords & Readonly<Record<string, unknown>>;

const zh: typeof en = {
  text: [
    '最朴素的实验：遮住图片的一部分，再问一次。如果得分下降，这一部分就含有证据，也就是支持该类别的东西。',
    '遮住什么，记录在掩码里：14 × 14 个单元的网格，每个单元一个数，1 保留其下的像素，0 替换它们。换成什么，下一章可以选择；开始时，数字换成黑色，照片换成模糊的副本。掩码在单元之间逐渐过渡，所以被遮部分的边缘是柔和的。',
  ],
  tryIt:
    '用指针，或用方向键和空格键，在图片上涂抹；在已遮住的单元上再涂一次，它就重新显示。把“7”的得分降到 50% 以下，并且遮得尽量少：九个单元，即 4.6%，就可能够了。',
  question: {
    asks: '在“7”上任意遮住一个单元，无论哪一个，得分都是 100.0%。由此能得出什么？',
    answers: [
      { text: '网络根本没有看图片。', why: '把所有单元都遮住，得分就降到 3.4%。可见图片中有东西起了作用。' },
      {
        text: '目前还得不出任何结论：同样的证据可能在两个地方，有一处就够了。',
        right: true,
        why: '重复出现的证据，只有两处一起遮住时才显现。196 个单元有 19,110 对：需要比逐一尝试更好的办法。',
      },
      {
        text: '所有单元同等重要。',
        why: '九个位置合适的单元能把得分降到 50% 以下，空白角落里的九个单元却毫无影响。单独一个单元的作用，说明不了它与其他单元合在一起时的作用。',
      },
    ],
  },
  paint: '图片，分成可以遮住的单元',
  cell: (row, column) => `第 ${row} 行第 ${column} 列，遮住`,
  score: (target) => `“${target}”的得分`,
  hidden: '已遮住',
  showAll: '全部显示',
};

export const words: InEvery<typeof en> = { en, zh };
