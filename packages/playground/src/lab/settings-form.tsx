import { batch } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { inLanguage, punctuation } from '../words/language.ts';
import { isMissing } from './own-input.tsx';
import './settings.css';
import { SettingField } from './setting-field.tsx';
import { writtenSetting } from './setting-text.ts';
import { isChanged, putBack, type SettingGroup, type SettingName, settingGroups, settingNames } from './settings.ts';
import { words } from './words.ts';

/** Every setting of a run, in groups that are folded and say what in them is not as at the start. */
export function SettingsForm() {
  const w = inLanguage(words);
  return (
    <section class="figure settings" aria-labelledby="lab-settings">
      <h2 id="lab-settings">{w.settings}</h2>
      <p>{w.settingsIntro}</p>
      {(Object.keys(settingGroups) as SettingGroup[]).map((group) => (
        <Group key={group} group={group} />
      ))}
      <button
        type="button"
        class="quiet"
        disabled={!settingNames.some(isChanged)}
        onClick={() => batch(() => settingNames.forEach(putBack))}
      >
        {w.reset}
      </button>
    </section>
  );
}

function Group({ group }: { readonly group: SettingGroup }) {
  const w = inLanguage(words);
  const id = useId();
  const details = useRef<HTMLDetailsElement>(null);
  const names: readonly SettingName[] = settingGroups[group];
  const asksForFile = names.some(isMissing);
  useEffect(() => {
    if (asksForFile && details.current) details.current.open = true;
  }, [asksForFile]);
  const changed = names.filter(isChanged).map(writtenSetting);
  return (
    <details ref={details} class="group" data-changed={changed.length > 0 ? '' : undefined} aria-labelledby={id}>
      <summary>
        <span id={id} class="name">
          {w.groups[group]}
        </span>{' '}
        <span class="state">
          {changed.length > 0 ? w.changed(changed.join(punctuation.value.and)) : w.allAsAtStart}
        </span>
      </summary>
      <div class="grid">
        {names.map((name) => (
          <SettingField key={name} name={name} />
        ))}
      </div>
    </details>
  );
}
