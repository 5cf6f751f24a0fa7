import type { InEvery } from '../words/language.ts';
import { type LabWords, labEn } from './words-en.ts';
import { labZh } from './words-zh.ts';

export type { LabWords };

export const words: InEvery<LabWords> = { en: labEn, zh: labZh };
