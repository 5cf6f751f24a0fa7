import { render } from 'preact';
import { keepOpened } from './engine/client.ts';
import { keepOffline } from './offline.ts';
import { App } from './shell/app.tsx';
import { followLink } from './state/page-state.ts';
import './style.css';

const page = document.querySelector('#page');
if (!page) throw new Error('the page has no element #page');
followLink();
keepOpened();
keepOffline();
render(<App />, page);
