import { quantityInWords, wholeFailureInWords } from '../words/failures.ts';
import { figure, type InEvery, inLanguage } from '../words/language.ts';
import type { Complaint, Fault } from './fault.ts';

type Kinds = Complaint['what'];
type Of<What extends Kinds> = Extract<Complaint, { readonly what: What }>;

type FaultWords = { readonly [What in Kinds]: (complaint: Of<What>) => string } & {
  readonly at: (line: number, column: number) => string;
};

const en: FaultWords = {
  at: (line, column) => `Line ${line}, column ${column}: `,
  syntax: ({ message }) => `this is no JavaScript (${message}).`,
  thrown: ({ message }) => `the code ends with an error (${message}).`,
  worker: ({ failure }) => `the code could not be run. ${wholeFailureInWords(failure)}`,
  slow: ({ seconds }) =>
    `the code was not done after ${seconds} seconds, so it was ended. Is there a loop that never ends?`,
  stopped: () => 'you have stopped the code.',
  'no-function': () => 'the code has to end in a function that gives the part: export default (ag, igos) => ({ … }).',
  'no-part': () =>
    'the function gives none of the parts. It has to give an object with rules, direction, regularizer or path.',
  'several-parts': () => 'the function gives several parts. Give one: rules, direction, regularizer or path.',
  'wrong-type': ({ name, wanted }) =>
    `${name} has to be ${{ function: 'a function', array: 'a list of numbers', object: 'an object' }[wanted]}.`,
  'no-such-op': ({ name, ops }) =>
    `the network has nothing that is called “${name}”, so this rule changes nothing. It has: ${ops.join(', ')}.`,
  'wrong-length': ({ name, wanted, got }) => `${name} needs ${wanted} numbers, and has ${got}.`,
  'not-finite': ({ name }) => `${quantityInWords(name)} has a number that is not finite (NaN or infinity).`,
  'path-weights': ({ sum }) =>
    `the weights of the path sum to ${figure(sum, 4)}. They have to sum to 1, as those of an average do.`,
  'path-nodes': ({ node }) =>
    `the path has a node at ${figure(node, 4)}. Nodes lie above 0 (the baseline) and up to 1 (the picture).`,
};

const zh: FaultWords = {
  at: (line, column) => `第 ${line} 行第 ${column} 列：`,
  syntax: ({ message }) => `这不是合法的 JavaScript（${message}）。`,
  thrown: ({ message }) => `代码因错误而终止（${message}）。`,
  worker: ({ failure }) => `代码无法运行。${wholeFailureInWords(failure)}`,
  slow: ({ seconds }) => `代码过了 ${seconds} 秒还没有结束，已被终止。是不是有死循环？`,
  stopped: () => '你停止了代码的运行。',
  'no-function': () => '代码最后要导出一个函数，由它返回要替换的部分：export default (ag, igos) => ({ … })。',
  'no-part': () => '函数没有返回任何可替换的部分。它要返回一个对象，其中含有 rules、direction、regularizer 或 path。',
  'several-parts': () => '函数返回了多个可替换的部分。只能返回一个：rules、direction、regularizer 或 path。',
  'wrong-type': ({ name, wanted }) =>
    `${name} 必须是${{ function: '函数', array: '一组数', object: '对象' }[wanted]}。`,
  'no-such-op': ({ name, ops }) => `网络中没有名为“${name}”的运算，这条规则不起任何作用。网络中有：${ops.join('、')}。`,
  'wrong-length': ({ name, wanted, got }) => `${name} 需要 ${wanted} 个数，实际有 ${got} 个。`,
  'not-finite': ({ name }) => `${quantityInWords(name)}中有非有限的数（NaN 或无穷大）。`,
  'path-weights': ({ sum }) => `路径的权重之和是 ${figure(sum, 4)}。它们应像求平均那样，总和为 1。`,
  'path-nodes': ({ node }) => `路径有一个节点在 ${figure(node, 4)}。节点应大于 0（基线），不超过 1（图片）。`,
};

const words: InEvery<FaultWords> = { en, zh };

/** What went wrong, and where, in the reader's language. The engine's own words stay as they are. */
export function faultInWords(fault: Fault): string {
  const w = inLanguage(words);
  const say = w[fault.what] as (complaint: Complaint) => string;
  const told = say(fault);
  const { line, column } = fault;
  if (line !== undefined && column !== undefined) return w.at(line, column) + told;
  return told.charAt(0).toUpperCase() + told.slice(1);
}
