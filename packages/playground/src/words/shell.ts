import type { PhotoName } from '../engine/samples.ts';
import { type InEvery, inLanguage } from './language.ts';

const en = {
  title: 'See I-GOS think',
  skip: 'Skip to the text',
  contents: 'Contents',
  tour: 'The tour',
  lab: 'The lab',
  workbench: 'The workbench',
  language: 'Language',
  theme: 'Colours',
  themes: { auto: 'as the system', light: 'light', dark: 'dark' },
  previous: 'Previous',
  next: 'Next',
  chapter: (number: number, total: number) => `Chapter ${number} of ${total}`,
  tryIt: 'Try',
  question: 'Question',
  right: 'Right.',
  wrong: 'Not quite.',
  loading: 'Loading the network…',
  loadingPart: 'Loading this part of the page…',
  computing: 'Computing…',
  contestant: (name: string, iteration: number, total: number) =>
    iteration === 0 ? `${name}: computing…` : `${name}: iteration ${iteration} of ${total}`,
  refused: (names: string) => `The link holds values that mean nothing here; these are as at the start: ${names}.`,
  network: 'Network',
  picture: 'Picture',
  models: { digits: 'Digits (56 kB)', 'efficientnet-lite0': 'Photos: EfficientNet-Lite0 (5.5 MB)', own: 'Your own' },
  ownPhoto: 'Your own photo',
  again: 'Try again',
  onProcessor: 'Compute with WebAssembly',
  photos: {
    ...{ dog: 'dog', cat: 'cat', koala: 'koala', panda: 'panda', red_panda: 'red panda', lemur: 'lemur' },
    ...{
      polar_bear: 'polar bear',
      macaw: 'macaw',
      hen: 'hen',
      goldfish: 'goldfish',
      crab: 'crab',
      espresso: 'espresso',
    },
  } satisfies Record<PhotoName, string>,
};

export type ShellWords = typeof en;

const zh: ShellWords = {
  title: '看 I-GOS 如何思考',
  skip: '跳到正文',
  contents: '目录',
  tour: '导览',
  lab: '实验室',
  workbench: '工作台',
  language: '语言',
  theme: '配色',
  themes: { auto: '跟随系统', light: '浅色', dark: '深色' },
  previous: '上一章',
  next: '下一章',
  chapter: (number, total) => `第 ${number} 章，共 ${total} 章`,
  tryIt: '试一试',
  question: '问题',
  right: '正确。',
  wrong: '不太对。',
  loading: '正在加载神经网络……',
  loadingPart: '正在加载页面的这一部分……',
  computing: '正在计算……',
  contestant: (name, iteration, total) =>
    iteration === 0 ? `${name}：正在计算……` : `${name}：第 ${iteration} 次迭代，共 ${total} 次`,
  refused: (names) => `链接中有无法识别的值，以下各项已恢复为初始值：${names}。`,
  network: '网络',
  picture: '图片',
  models: { digits: '数字（56 kB）', 'efficientnet-lite0': '照片：EfficientNet-Lite0（5.5 MB）', own: '你自己的' },
  ownPhoto: '你自己的照片',
  again: '重试',
  onProcessor: '改用 WebAssembly 计算',
  photos: {
    ...{ dog: '狗', cat: '猫', koala: '考拉', panda: '大熊猫', red_panda: '小熊猫', lemur: '狐猴' },
    ...{ polar_bear: '北极熊', macaw: '金刚鹦鹉', hen: '母鸡', goldfish: '金鱼', crab: '螃蟹', espresso: '浓缩咖啡' },
  },
};

export const shellWords: InEvery<ShellWords> = { en, zh };

/** A bundled picture by its name in links; a digit is its own name. */
export function pictureInWords(name: string): string {
  const { photos } = inLanguage(shellWords);
  return Object.hasOwn(photos, name) ? photos[name as PhotoName] : name;
}
