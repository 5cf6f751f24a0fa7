import type { InEvery } from '../../words/language.ts';
import type { ChapterWords } from '../chapter.ts';

const en = {
  text: [
    'The plainest experiment there is: hide a part of the picture and ask again. Where the score falls, there was evidence.',
    'What is hidden is a mask: one number for each cell of a coarse grid, 1 to keep the pixels below it and 0 to replace them. Here black replaces the strokes of a digit, and a blurred copy replaces the pixels of a photo. The edges between cells are smooth.',
  ],
  tryIt:
    'Paint over the picture, with the pointer or with arrow keys and space. Bring the score below 50 % with as few cells as you can.',
  question: {
    asks: 'Every single cell of a picture is hidden in turn, and no time does the score move. What follows?',
    answers: [
      {
        text: 'That the network does not look at the picture.',
        why: 'Hide everything, and the score does fall. Something in it mattered.',
      },
      {
        text: 'Nothing yet: two places may hold the same evidence, and one of them is enough.',
        right: true,
        why: 'Evidence that is there twice shows only when both places are hidden together. With 196 cells there are 19,110 pairs: we need a better way than trying.',
      },
      {
        text: 'That all cells matter equally.',
        why: 'They may, but a single cell that is missed by nobody says nothing about two.',
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
    '最朴素的实验：遮住图片的一部分，再问一次。得分下降的地方，就有证据。',
    '遮住什么由掩码决定：粗网格的每个单元一个数，1 保留其下的像素，0 替换它们。这里数字的笔画用黑色替换，照片的像素用模糊版本替换。单元之间平滑过渡。',
  ],
  tryIt: '用鼠标或手指，或者用方向键和空格键，在图片上涂抹。用尽量少的单元把得分降到 50% 以下。',
  question: {
    asks: '逐个遮住图片的每一个单元，得分都没有变化。由此能得出什么？',
    answers: [
      { text: '网络根本没有看图片。', why: '把全部遮住，得分确实会下降。图片中有东西起了作用。' },
      {
        text: '目前还得不出任何结论：同样的证据可能在两个地方，有一处就够了。',
        right: true,
        why: '重复出现的证据，只有两处一起遮住时才显现。196 个单元有 19,110 对：需要比逐一尝试更好的办法。',
      },
      { text: '所有单元同等重要。', why: '有可能，但缺了哪一个单元都无所谓，并不能说明两个单元的情形。' },
    ],
  },
  paint: '图片，分成可以遮住的单元',
  cell: (row, column) => `第 ${row} 行第 ${column} 列，遮住`,
  score: (target) => `“${target}”的得分`,
  hidden: '已遮住',
  showAll: '全部显示',
};

export const words: InEvery<typeof en> = { en, zh };
