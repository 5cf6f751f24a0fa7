import type { FailureWords } from './failure-words.ts';
import { count, short } from './language.ts';

const limits: Readonly<Record<string, string>> = {
  jsonBytes: 'bytes in model.json',
  jsonDepth: 'levels of brackets in model.json',
  nodes: 'nodes or layers',
  tensors: 'weights in its list',
  rank: 'axes of one weight',
  weightBytes: 'bytes of weights',
  elements: 'numbers in the result of one layer',
};

const sides = { maskSize: 'The side of the mask', blurSize: 'The width of the blur', medianSize: 'The median window' };

const quantities: Readonly<Record<string, string>> = {
  'output of the model': 'the output of the network',
  'start mask': 'the mask at the start',
};

export const failuresEn: FailureWords = {
  failed: 'That did not work. ',
  original: ' The error says: ',
  quantities,
  'no-picture': () =>
    'This file is not a picture that your browser can read. Choose a PNG, JPEG or WebP picture; a photo program can save yours as one.',
  'picture-memory': () => 'The browser has no memory left for this picture. Close other tabs, or choose a smaller one.',
  'picture-too-large': ({ megapixels, most }) =>
    `The picture has ${count(megapixels)} megapixels; the limit is ${count(most)}. Make it smaller in a photo program, then choose it again.`,
  'picture-not-fetched': ({ status }) =>
    status === undefined
      ? 'The picture could not be downloaded. Without a network, only pictures that were used before are here: choose one of them, or try again later.'
      : `The picture could not be downloaded (the server answered ${status}). Reload the page, or choose another picture.`,
  'array-damaged': () => 'This .npy file is damaged, or cut short. Save the array again with np.save.',
  'array-dtype': ({ dtype }) =>
    `The numbers in this .npy file are of the type ${short(dtype)}. Save the array as float32: np.save(file, array.astype('float32')).`,
  'array-order': () =>
    'The array in this .npy file is stored column by column. Save it as np.save(file, np.ascontiguousarray(array)).',
  'array-not-finite': () =>
    'The array in this .npy file holds a number that is NaN or infinite. Replace such numbers, then save it again.',
  'array-shape': ({ got, wanted }) =>
    `The array has the shape ${got.join(' × ')}, and the network takes ${wanted.join(' × ')} (rows, columns, channels). Save it in that shape.`,
  'baseline-shape': ({ got, wanted }) =>
    `The array of your baseline has the shape ${got.join(' × ')}, and the network takes ${wanted.join(' × ')} (rows, columns, channels). Save it in that shape, or choose another baseline.`,
  'model-missing-file': ({ path }) =>
    path === 'model.json'
      ? 'There is no model.json among these files. Choose the folder of a TensorFlow.js model, with all that is in it.'
      : `The model needs the file “${short(path)}”, which is not among its files. Choose the whole folder, with all that is in it.`,
  'model-unreadable-file': ({ path }) =>
    `The file “${short(path)}” of the model could not be read or downloaded. Without a network, only networks that were used before are here; else choose the model again.`,
  'model-unsupported': ({ parts }) =>
    `The model computes with what this page does not know: ${parts
      .map(({ name, op, detail }) => {
        return `${short(op)}${detail === undefined ? '' : ` with ${short(detail)}`} (at “${short(name)}”)`;
      })
      .join(', ')}. Choose a model without these, or export yours with common layers in their place.`,
  'model-not-finite-weight': ({ weight }) =>
    `The weight “${short(weight)}” of the model holds NaN or infinity. Train or export the model again: a network with such a weight answers nothing.`,
  'model-too-large': ({ limit, count: found, most }) =>
    `The model is larger than the page allows: ${count(found)} ${limits[limit] ?? limit}, at most ${count(most)}. Choose a smaller one.`,
  'model-damaged': () =>
    'These are not the complete files of a TensorFlow.js model: something in them is missing, damaged or of a kind that is not known. Export the model again.',
  'no-such-output': ({ model, wanted, outputs }) =>
    `“${short(model)}” has no output “${short(wanted)}”. It has: ${outputs.map((name) => short(name)).join(', ')}. Choose one of these.`,
  'no-encoding': ({ model }) =>
    `“${short(model)}” does not say how a photo becomes its input, or does not take one photo. Put an igos.json with that beside its model.json.`,
  'no-classifier': ({ model }) =>
    `“${short(model)}” is no classifier: its output is no softmax, so it has no probabilities of classes. If it has logits, name their node in an igos.json (logitsNode).`,
  'no-finite-answer': ({ model }) =>
    `“${short(model)}” answers this picture with NaN or infinity. Check its weights, and how pixels become its input.`,
  'no-scale': ({ model }) =>
    `The input of “${short(model)}” is no picture of 1 or 3 channels, so there is no way to say how pixels become it. Leave that field empty.`,
  'label-count': ({ model, labels, classes }) =>
    `You gave ${count(labels)} names for the ${count(classes)} classes of “${short(model)}”. Give one name a line, in the order of the classes.`,
  'bad-scale': ({ text }) =>
    `“${short(text)}” does not say how pixels become the input. Type 0..1, -1..1 or imagenet, or mean/std with std above 0, such as 127/128; three values each for three channels.`,
  'target-no-such-class': ({ index, classes }) =>
    `There is no class ${index}: the network has ${count(classes)}, numbered from 0 to ${classes - 1}. Type one of these numbers, or leave the field empty.`,
  'target-no-labels': ({ wanted }) =>
    `The classes of this network have no names, so “${short(wanted)}” is none of them. Type the number of a class, or leave the field empty.`,
  'target-unknown-label': ({ wanted, nearest = '' }) =>
    `No class is called “${short(wanted)}”. The nearest name is “${short(nearest)}”. Type that, or a number, or leave the field empty.`,
  'target-ambiguous-label': ({ wanted, classes }) =>
    `Several classes are called “${short(wanted)}”: ${classes.join(', ')}. Type the number of one of them.`,
  'target-unreadable': ({ text }) =>
    `“${short(text)}” names no class. Type a number or a name; for a difference index:3-5, for a weighted sum 3:1,5:-0.5.`,
  'not-finite': ({ quantity, iteration }) =>
    `A number became NaN or infinite: ${short(quantities[quantity] ?? `the ${quantity}`)}${
      iteration === undefined ? '' : `, in iteration ${iteration + 1}`
    }. Check how pixels become the input of the network, and its weights; smaller steps may help, too.`,
  setting: ({ setting }) =>
    setting
      ? `${sides[setting]} does not go with this picture, which is too small for it. Choose a smaller value.`
      : 'One of the settings has a value that does not go with the others. Change it, or set everything as at the start in the lab.',
  'start-mask': () =>
    'This is no mask that a run could begin with. That is an array of rows and columns, with numbers from 0 (replaced) to 1 (kept), no larger than the picture, and of the mask size where one is set.',
  'too-many-files': ({ most }) =>
    `The folder holds more than ${count(most)} files, which no model does. Choose the folder with model.json in it.`,
  'files-not-read': () =>
    'The browser could not read the file: it may have been moved or changed meanwhile. Choose it again.',
  'model-not-here': () =>
    'The link asks for a model of somebody’s own, which a link cannot hold. Choose another network, or open that model in the lab.',
  'nothing-open': () => 'No picture is open yet. Choose a network and a picture first.',
  'run-gone': () => 'This result is no longer kept. Explain again.',
  'part-not-loaded': () =>
    'This part of the page could not be downloaded. Without a network, only parts that were visited before are here. Try again later, and reload the page.',
  'worker-not-started': () =>
    'The part of the page that computes could not be started. Reload the page; if that does not help, try another browser, since this one may not allow workers.',
  'gpu-lost': () =>
    'The connection to the graphics card was lost, as happens when its driver restarts. Try again, or compute with WebAssembly; all settings are kept.',
  'measuring-lost': () =>
    'The connection to the graphics card was lost while its speed was measured. The page goes on with what it computes with; measure again to see whether the card is back.',
  'gpu-missing': () =>
    'This browser has no graphics card that could compute this way, or no driver for it. Try again, or compute with WebAssembly, which is always there.',
  memory: () =>
    'There is no memory left to compute this. Close other tabs, or choose a smaller network or fewer stops on the path; then reload the page.',
  unforeseen: () => 'Something went wrong that the page has no words for. Reload it; all settings are in its link.',
};
