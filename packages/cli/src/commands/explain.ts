import { basename, extname } from 'node:path';
import type { Command } from 'commander';
import { interruptible, type OpenedBackend, openBackend } from '../backend.ts';
import { printable } from '../errors.ts';
import { filesOf } from '../explain/files.ts';
import { reportOf } from '../explain/report.ts';
import { planResources } from '../explain/resources.ts';
import { rehearseExplanation, runExplanation } from '../explain/run.ts';
import { type ExplainFlags, makeExplainCommand } from '../options/explain-options.ts';
import { checkOutputFolder, writeOutputFolder } from '../output-folder.ts';
import { makeProgress, type Progress } from '../progress.ts';
import type { Report } from '../report/report.ts';
import { commandLine } from '../shell-words.ts';
import { openSubject } from '../subject.ts';

export function explainCommand(): Command {
  return makeExplainCommand().action(async (image: string, flags: ExplainFlags) => {
    const progress = makeProgress({ quiet: flags.quiet ?? false, colour: flags.color });
    const { report, folder } = await explainPhoto(image, flags, progress).finally(progress.clear);
    for (const warning of report.warnings) progress.note(`warning: ${warning}`);
    process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : `${resultLine(report, folder)}\n`);
  });
}

/** Explains a picture and writes the folder. Nothing is written when anything fails. */
export async function explainPhoto(
  image: string,
  flags: ExplainFlags,
  progress: Progress,
): Promise<{ readonly report: Report; readonly folder: string }> {
  const folder = flags.out ?? `${basename(image, extname(image))}.igos`;
  checkOutputFolder(folder);
  progress.show(() => 'reading the model and the picture');
  const subject = await openSubject(image, flags);
  const { threads, expectedBytes } = await planResources(flags, (rehearsal) => {
    return rehearseExplanation(subject, flags, rehearsal);
  });
  const opened = await openBackend(flags.backend, { threads });
  const backend = interruptible(opened.backend, progress.tick);
  if (expectedBytes !== undefined) progress.note(describeMemory(expectedBytes, opened));
  try {
    const run = await runExplanation(subject, flags, { opened: { ...opened, backend }, progress });
    const report = reportOf(run);
    progress.show(() => 'drawing');
    writeOutputFolder(folder, await filesOf(run, report, commandLine(process.argv.slice(2))));
    return { report, folder };
  } finally {
    backend.dispose();
  }
}

function describeMemory(bytes: number, { backend, threads = 1 }: OpenedBackend): string {
  const workers = threads === 1 ? '1 thread' : `${threads} threads`;
  return `engine memory: about ${Math.ceil(bytes / 1e6)} MB (${backend.name}, ${workers})`;
}

/** What came out, for a person. */
function resultLine({ target, final, metrics, options }: Report, folder: string): string {
  const show = (score: number | null) => {
    if (score === null) return '–';
    return options.score === 'probability' ? `${(100 * score).toFixed(1)} %` : score.toPrecision(4);
  };
  const areas =
    metrics && `; deletion ${metrics.deletion.auc.toFixed(3)}, insertion ${metrics.insertion.auc.toFixed(3)}`;
  const removed = `${show(target.score)} -> ${show(final.score)} with ${(100 * (final.area ?? 0)).toFixed(0)} % removed`;
  const index = target.index === null || target.label === String(target.index) ? '' : ` (${target.index})`;
  const name = target.label.split(',', 1)[0] ?? ''; // the first of several names of a class
  return `${printable(name)}${index}: ${removed}${areas ?? ''}; see ${printable(folder)}/report.html`;
}
