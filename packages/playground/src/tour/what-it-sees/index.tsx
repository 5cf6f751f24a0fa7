import { opened } from '../../engine/client.ts';
import { Bars } from '../../parts/bars.tsx';
import { Picture } from '../../parts/picture.tsx';
import { SubjectChooser } from '../../parts/subject.tsx';
import { count, inLanguage, percent } from '../../words/language.ts';
import type { Chapter } from '../chapter.ts';
import { words } from './words.ts';

function Figure() {
  const w = inLanguage(words);
  const { value } = opened;
  const view = value.phase === 'ready' ? value.view : undefined;
  const [height = 0, width = 0, channels = 0] = view?.inputShape ?? [];
  return (
    <>
      <SubjectChooser />
      <div class="columns">
        <Picture
          image={view?.pixels}
          text={view ? w.pictureText(view.target) : ''}
          caption={view && w.size(count(height), count(width), count(channels))}
        />
        <Bars
          caption={view ? w.bars(count(view.model.classes)) : ''}
          rows={(view?.top ?? []).slice(0, 5).map(({ label, probability }, i) => {
            return { name: firstName(label), value: probability, strong: i === 0 };
          })}
          format={(share) => percent(share)}
        />
      </div>
    </>
  );
}

/** Of a label with several: `German shepherd, alsatian`. */
function firstName(label: string): string {
  return label.split(', ')[0] ?? label;
}

export const whatItSees: Chapter = {
  slug: 'what-it-sees',
  title: { en: 'What the network sees', zh: '网络看到了什么' },
  Figure,
  words,
};
