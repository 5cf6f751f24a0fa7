import { useId } from 'preact/hooks';
import { state } from '../state/page-state.ts';
import { inLanguage, type Language, language } from '../words/language.ts';
import { shellWords } from '../words/shell.ts';

const themes = ['auto', 'light', 'dark'] as const;

export function Header() {
  const words = inLanguage(shellWords);
  const id = useId();
  return (
    <header>
      <p class="title">{words.title}</p>
      <div class="control">
        <label for={`${id}-language`}>{words.language}</label>
        <select
          id={`${id}-language`}
          value={language.value}
          onChange={({ currentTarget }) => {
            state.lang.value = currentTarget.value as Language;
          }}
        >
          <option value="en" lang="en">
            English
          </option>
          <option value="zh" lang="zh">
            中文
          </option>
        </select>
      </div>
      <div class="control">
        <label for={`${id}-theme`}>{words.theme}</label>
        <select
          id={`${id}-theme`}
          value={state.theme.value}
          onChange={({ currentTarget }) => {
            state.theme.value = currentTarget.value as (typeof themes)[number];
          }}
        >
          {themes.map((theme) => (
            <option key={theme} value={theme}>
              {words.themes[theme]}
            </option>
          ))}
        </select>
      </div>
    </header>
  );
}
