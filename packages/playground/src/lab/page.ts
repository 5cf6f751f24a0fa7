import type { FurtherPage } from '../shell/further-page.tsx';
import { shellWords } from '../words/shell.ts';

/** The lab in the contents. */
export const lab: FurtherPage = {
  slug: 'lab',
  title: { en: shellWords.en.lab, zh: shellWords.zh.lab },
  text: {
    en: [
      'Choose any photo, network and class, and every setting of the command line that a result depends on. What you bring stays in this page.',
    ],
    zh: ['照片、网络、类别，以及命令行中影响结果的全部设置，都由你选择。你带来的文件只留在本页。'],
  },
  load: async () => (await import('./index.tsx')).Lab,
};
