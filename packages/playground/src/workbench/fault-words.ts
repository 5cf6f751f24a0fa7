import { failureFrame, failureInWords, quantityInWords } from '../words/failures.ts';
import { figure, type InEvery, inLanguage } from '../words/language.ts';
import type { Complaint, Fault } from './fault.ts';

type Kinds = Complaint['what'];
type Of<What extends Kinds> = Extract<Complaint, { readonly what: What }>;

type FaultWords = { readonly [What in Kinds]: (complaint: Of<What>) => string } & {
  readonly at: (line: number, column: number) => string;
};

const en: FaultWords = {
  at: (line, column) => `Line ${line}, column ${column}: `,
  syntax: ({ slip }) => {
    const slips = {
      unfinished: 'the code ends before it is complete. Is a closing bracket ), ] or } missing?',
      bracket: 'a closing bracket is missing here, or before.',
      reserved: 'this word means something else in JavaScript. If it is await: its function has to be async.',
      sign: 'here is a sign that JavaScript does not know, or a text without its closing quotation mark.',
      twice: 'this name is declared a second time.',
      unexpected: 'this cannot stand here. Is a comma, an operator or a bracket missing just before?',
      other: 'this is no JavaScript.',
    };
    return slips[slip];
  },
  thrown: ({ slip }) => {
    const slips = {
      'unknown-name': 'nothing has this name here. Operations come in by the first line: ({ mul, mean }) => …',
      misused: 'a value is used as what it is not. Often it is undefined: is its name spelt as the library spells it?',
      other: 'the code ends with an error.',
    };
    return slips[slip];
  },
  worker: ({ failure }) => `the code could not be run. ${failureInWords(failure)}`,
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
  syntax: ({ slip }) => {
    const slips = {
      unfinished: '代码还没写完就结束了。是不是少了右括号 )、] 或 }？',
      bracket: '这里或前面少了一个右括号。',
      reserved: '这个词在 JavaScript 中另有用途。如果是 await，它所在的函数必须是 async 函数。',
      sign: '这里有 JavaScript 不认识的符号（例如全角标点），或者一段文字缺少结尾的引号。',
      twice: '这个名称重复声明了。',
      unexpected: '这里不能出现这个内容。它前面是不是少了逗号、运算符或括号？',
      other: '这不是合法的 JavaScript。',
    };
    return slips[slip];
  },
  thrown: ({ slip }) => {
    const slips = {
      'unknown-name': '这里没有叫这个名称的东西。运算要在第一行引入：({ mul, mean }) => …',
      misused: '某个值的用法与它的类型不符。它往往是 undefined：名称的拼写与库中的一致吗？',
      other: '代码因错误而终止。',
    };
    return slips[slip];
  },
  worker: ({ failure }) => `代码无法运行。${failureInWords(failure)}`,
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

/** A stretch of text, in the language of the page unless it has one of its own. */
export interface Stretch {
  readonly text: string;
  readonly lang?: 'en';
}

/** What went wrong, and where, in the reader's language; then what the engine says, where it says anything, as it stands. */
export function faultInWords(fault: Fault): readonly Stretch[] {
  const w = inLanguage(words);
  const say = w[fault.what] as (complaint: Complaint) => string;
  const told = say(fault);
  const { line, column } = fault;
  const isPlaced = line !== undefined && column !== undefined;
  const text = isPlaced ? w.at(line, column) + told : told.charAt(0).toUpperCase() + told.slice(1);
  const original = originalOf(fault);
  if (original === undefined) return [{ text }];
  return [{ text: `${text}${failureFrame().original}“` }, { text: original, lang: 'en' }, { text: '”' }];
}

function originalOf(fault: Fault): string | undefined {
  if (fault.what === 'syntax' || fault.what === 'thrown') return fault.message;
  return fault.what === 'worker' && 'original' in fault.failure ? fault.failure.original : undefined;
}
