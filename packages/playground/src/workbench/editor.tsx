import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { Annotation, Compartment, type Text } from '@codemirror/state';
import { lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useSignalEffect } from '@preact/signals';
import { EditorView, minimalSetup } from 'codemirror';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Stretch } from './fault-words.ts';

/** What is marked in the code. */
export interface Mark {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly message: readonly Stretch[];
}

/** Where an editor is put: styles of its own go into a shadow root, which the content policy allows. */
export function Editor({
  code,
  label,
  mark,
  onChange,
  onLeave,
}: {
  /** The text, whenever it is set from elsewhere. */
  readonly code: { readonly value: string };
  readonly label: string;
  readonly mark: Mark | undefined;
  readonly onChange: (code: string) => void;
  /** The reader turns to something else. */
  readonly onLeave: () => void;
}) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | undefined>(undefined);
  const heard = useRef(onChange);
  heard.current = onChange;
  useLayoutEffect(() => {
    if (!host.current) return;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    const view = new EditorView({
      ...{ parent: root, root, doc: code.value },
      extensions: [
        ...[minimalSetup, lineNumbers(), indentOnInput(), bracketMatching(), lintGutter(), javascript()],
        ...[syntaxHighlighting(colours), theme, EditorView.lineWrapping, labelled.of([])],
        EditorView.updateListener.of(({ docChanged, state, transactions }) => {
          if (docChanged && transactions.some((each) => !each.annotation(fromOutside))) {
            heard.current(state.doc.toString());
          }
        }),
      ],
    });
    editor.current = view;
    return () => {
      view.destroy();
      editor.current = undefined;
    };
  }, []);
  useSignalEffect(() => {
    const { value } = code;
    const view = editor.current;
    if (!view || view.state.doc.toString() === value) return;
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: value },
      annotations: fromOutside.of(true),
    });
  });
  useEffect(() => {
    editor.current?.dispatch({
      effects: labelled.reconfigure(EditorView.contentAttributes.of({ 'aria-label': label })),
    });
  }, [label]);
  useEffect(() => {
    const view = editor.current;
    if (view) view.dispatch(setDiagnostics(view.state, mark ? [diagnosticOf(mark, view.state.doc)] : []));
  }, [mark?.line, mark?.column, mark && textOf(mark)]);
  return <div class="editor" ref={host} onFocusOut={onLeave} />;
}

const labelled = new Compartment();

/** On changes that are not the reader's. */
const fromOutside = Annotation.define<boolean>();

/** From the place to the end of its line, and something to see even there. */
function diagnosticOf(mark: Mark, doc: Text) {
  const { line: number, column } = mark;
  const line = doc.line(Math.min(Math.max(1, number), doc.lines));
  const from = Math.min(line.from + Math.max(0, column - 1), Math.max(line.from, line.to - 1));
  const renderMessage = () => {
    const element = document.createElement('span');
    for (const { text, lang } of mark.message) {
      const stretch = document.createElement('span');
      stretch.textContent = text;
      if (lang) stretch.lang = lang;
      element.append(stretch);
    }
    return element;
  };
  return { from, to: line.to, severity: 'error' as const, message: textOf(mark), renderMessage };
}

function textOf({ message }: Mark): string {
  return message.map(({ text }) => text).join('');
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.definitionKeyword], color: 'var(--accent)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--series-3)' },
  { tag: [tags.string, tags.regexp, tags.special(tags.string)], color: 'var(--series-4)' },
  { tag: tags.comment, color: 'var(--soft)', fontStyle: 'italic' },
]);

const theme = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--paper)', fontSize: '0.875rem' },
  '&.cm-focused': { outline: '3px solid var(--accent)', outlineOffset: '2px' },
  '.cm-content': { caretColor: 'var(--ink)', paddingBlock: '0.5rem' },
  '.cm-scroller': { fontFamily: 'ui-monospace, "Noto Sans Mono", monospace', lineHeight: '1.5' },
  '.cm-gutters': { color: 'var(--soft)', backgroundColor: 'var(--wash)', borderRight: '1px solid var(--line)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--accent) 30%, transparent)',
  },
  '.cm-tooltip': { color: 'var(--ink)', backgroundColor: 'var(--raised)', border: '1px solid var(--line)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--wash)', outline: '1px solid var(--soft)' },
});
