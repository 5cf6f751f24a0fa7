import type { FurtherPage } from '../shell/further-page.tsx';
import { shellWords } from '../words/shell.ts';

/** The lab in the contents. */
export const lab: FurtherPage = {
  slug: 'lab',
  title: { en: shellWords.en.lab, zh: shellWords.zh.lab },
  text: {
    en: [
      'Everything is yours to choose here: the photo, the model, the class, and every setting of the command line that a result depends on. What you bring stays in this page: nothing is sent anywhere.',
    ],
    zh: [
      '这里一切由你决定：照片、模型、类别，以及命令行中影响结果的全部设置。你带来的文件只留在本页，不会发送到任何地方。',
    ],
  },
  load: async () => (await import('./index.tsx')).Lab,
};
