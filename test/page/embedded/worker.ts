import { explainDigit } from './explain-digit.ts';

postMessage(await explainDigit(new URL('./models/digits/', location.href)));
