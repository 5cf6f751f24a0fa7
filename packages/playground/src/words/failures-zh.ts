import type { FailureWords } from './failure-words.ts';
import { count, short } from './language.ts';

const limits: Readonly<Record<string, string>> = {
  jsonBytes: 'model.json 的字节数',
  jsonDepth: 'model.json 中括号的层数',
  nodes: '节点数或层数',
  tensors: '权重的个数',
  rank: '单个权重的维数',
  weightBytes: '权重的字节数',
  elements: '单层结果中数值的个数',
};

const sides = { maskSize: '掩码边长', blurSize: '模糊宽度', medianSize: '中值窗口' };

const quantities: Readonly<Record<string, string>> = {
  'output of the model': '网络的输出',
  'start mask': '起始掩码',
  image: '图片',
  baseline: '基线',
  saliency: '显著图',
  score: '得分',
  probability: '概率',
  gradient: '梯度',
  'path gradient': '路径梯度',
  direction: '方向',
  'length of the direction': '方向的长度',
  'L1 term': 'L1 项',
  'TV term': 'TV 项',
  'gradient of the L1 term': 'L1 项的梯度',
  'gradient of the TV term': 'TV 项的梯度',
};

export const failuresZh: FailureWords = {
  failed: '出错了。',
  original: '错误原文：',
  quantities,
  'no-picture': () =>
    '浏览器无法把这个文件当作图片读取。请选择 PNG、JPEG 或 WebP 图片；看图软件可以把你的图片另存为这些格式。',
  'picture-memory': () => '浏览器已没有足够的内存来打开这张图片。请关闭其他标签页，或选择小一些的图片。',
  'picture-too-large': ({ megapixels, most }) =>
    `这张图片有 ${count(100 * megapixels)} 万像素，上限是 ${count(100 * most)} 万像素。请先用看图软件缩小，再重新选择。`,
  'picture-not-fetched': ({ status }) =>
    status === undefined
      ? '图片下载失败。离线时只能使用以前打开过的图片：请选择其中一张，或稍后再试。'
      : `图片下载失败（服务器返回 ${status}）。请重新加载页面，或选择另一张图片。`,
  'array-damaged': () => '这个 .npy 文件已损坏或不完整。请用 np.save 重新保存数组。',
  'array-dtype': ({ dtype }) =>
    `这个 .npy 文件中数值的类型是 ${short(dtype)}。请保存为 float32：np.save(file, array.astype('float32'))。`,
  'array-order': () => '这个 .npy 文件中的数组是按列存储的。请这样保存：np.save(file, np.ascontiguousarray(array))。',
  'array-not-finite': () => '这个 .npy 文件的数组中有 NaN 或无穷大。请替换这些数值后重新保存。',
  'array-shape': ({ got, wanted }) =>
    `数组的形状是 ${got.join(' × ')}，而网络需要 ${wanted.join(' × ')}（行、列、通道）。请按此形状保存。`,
  'baseline-shape': ({ got, wanted }) =>
    `基线数组的形状是 ${got.join(' × ')}，而网络的输入是 ${wanted.join(' × ')}（行、列、通道）。请按该形状保存，或选择其他基线。`,
  'model-missing-file': ({ path }) =>
    path === 'model.json'
      ? '这些文件中没有 model.json。请选择 TensorFlow.js 模型的文件夹，并包含其中的全部文件。'
      : `模型需要文件“${short(path)}”，但所选文件中没有它。请选择整个文件夹，并包含其中的全部文件。`,
  'model-unreadable-file': ({ path }) =>
    `无法读取或下载模型的文件“${short(path)}”。离线时只能使用以前打开过的神经网络；否则请重新选择模型。`,
  'model-unsupported': ({ parts }) =>
    `模型用到了本页面不支持的运算：${parts
      .map(({ name, op, detail }) => {
        return `${short(op)}${detail === undefined ? '' : `（含 ${short(detail)}）`}，位于“${short(name)}”`;
      })
      .join('；')}。请选择不含这些运算的模型，或改用常见的层后重新导出。`,
  'model-not-finite-weight': ({ weight }) =>
    `模型的权重“${short(weight)}”中有 NaN 或无穷大。含有这种权重的网络给不出任何回答，请重新训练或重新导出模型。`,
  'model-too-large': ({ limit, count: found, most }) =>
    `模型超出了页面的限制：${limits[limit] ?? limit}为 ${count(found)}，最多允许 ${count(most)}。请选择小一些的模型。`,
  'model-damaged': () =>
    '这些文件不是完整的 TensorFlow.js 模型：其中有内容缺失、损坏，或属于不支持的类型。请重新导出模型。',
  'no-such-output': ({ model, wanted, outputs }) =>
    `“${short(model)}”没有名为“${short(wanted)}”的输出。它的输出有：${outputs.map((name) => short(name)).join('、')}。请从中选择。`,
  'no-encoding': ({ model }) =>
    `“${short(model)}”没有说明照片如何变成它的输入，或者它的输入不是一张照片。请在 model.json 旁边放一个写明此项的 igos.json。`,
  'no-classifier': ({ model }) =>
    `“${short(model)}”不是分类器：它的输出不是 softmax，因而没有各类别的概率。如果它有 logit，请在 igos.json 中写明相应节点的名称（logitsNode）。`,
  'no-finite-answer': ({ model }) =>
    `“${short(model)}”对这张图片的回答是 NaN 或无穷大。请检查它的权重，以及像素如何变成输入。`,
  'no-scale': ({ model }) =>
    `“${short(model)}”的输入不是 1 个或 3 个通道的图片，因而无法指定像素如何变成输入。请把该项留空。`,
  'label-count': ({ model, labels, classes }) =>
    `“${short(model)}”有 ${count(classes)} 个类别，你给出了 ${count(labels)} 个名称。请按类别的顺序每行写一个名称。`,
  'bad-scale': ({ text }) =>
    `“${short(text)}”没有说明像素如何变成输入。请填 0..1、-1..1 或 imagenet，或写成 mean/std（std 大于 0），例如 127/128；三个通道时各写三个值。`,
  'target-no-such-class': ({ index, classes }) =>
    `没有类别 ${index}：网络共有 ${count(classes)} 个类别，编号为 0 到 ${classes - 1}。请填其中一个编号，或留空。`,
  'target-no-labels': ({ wanted }) => `这个网络的类别没有名称，因而找不到“${short(wanted)}”。请填类别的编号，或留空。`,
  'target-unknown-label': ({ wanted, nearest = '' }) =>
    `没有名为“${short(wanted)}”的类别，最接近的名称是“${short(nearest)}”。请填这个名称或编号，或留空。`,
  'target-ambiguous-label': ({ wanted, classes }) =>
    `有多个类别名为“${short(wanted)}”：${classes.join('、')}。请填其中一个的编号。`,
  'target-unreadable': ({ text }) =>
    `“${short(text)}”不是类别。请填编号或名称；两类之差写成 index:3-5，加权和写成 3:1,5:-0.5。`,
  'not-finite': ({ quantity, iteration }) =>
    `计算中出现了 NaN 或无穷大：${quantities[quantity] ?? short(quantity)}${
      iteration === undefined ? '' : `，在第 ${iteration + 1} 次迭代`
    }。请检查像素如何变成网络的输入，以及网络的权重；减小步长也可能有用。`,
  setting: ({ setting }) =>
    setting
      ? `${sides[setting]}与这张图片不符：图片太小。请选择小一些的值。`
      : '有一项设置的值与其他设置不符。请修改它，或在实验室中全部恢复初始值。',
  'start-mask': () =>
    '这不能作为一次运行的初始掩码。初始掩码是由行和列组成的数组，数值从 0（替换）到 1（保留），不大于图片；若已设定掩码大小，还须与之相同。',
  'too-many-files': ({ most }) =>
    `这个文件夹中的文件超过 ${count(most)} 个，不会是模型。请选择含有 model.json 的文件夹。`,
  'files-not-read': () => '浏览器无法读取该文件：它可能已被移动或修改。请重新选择。',
  'model-not-here': () => '链接中要用的是某人自己的模型，而链接无法携带模型。请选择其他网络，或在实验室中打开该模型。',
  'nothing-open': () => '还没有打开图片。请先选择网络和图片。',
  'run-gone': () => '这个结果已不再保留。请重新解释。',
  'part-not-loaded': () => '页面的这一部分下载失败。离线时只能使用以前访问过的部分。请稍后重新加载页面。',
  'worker-not-started': () =>
    '页面的计算部分无法启动。请重新加载页面；如果仍然不行，请换一个浏览器，当前浏览器可能不允许使用 worker。',
  'gpu-lost': () =>
    '与显卡的连接已断开，显卡驱动重启时会出现这种情况。请重试，或改用 WebAssembly 计算；所有设置都会保留。',
  'measuring-lost': () => '测量速度时与显卡的连接断开了。页面仍用当前的引擎计算；请重新测量，看显卡是否已恢复。',
  'gpu-missing': () =>
    '此浏览器没有可以用这种方式计算的显卡，或缺少显卡驱动。请重试，或改用始终可用的 WebAssembly 计算。',
  memory: () => '已没有足够的内存完成计算。请关闭其他标签页，或选择较小的网络、较少的路径站数，然后重新加载页面。',
  unforeseen: () => '出现了页面无法说明的错误。请重新加载页面；所有设置都保存在链接中。',
};
