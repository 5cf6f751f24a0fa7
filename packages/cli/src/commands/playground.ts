import { Command, Option } from 'commander';
import { numberIn } from '../options/values.ts';
import { openBrowser } from '../playground/open-browser.ts';
import { pageFiles } from '../playground/page-files.ts';
import { serveFiles } from '../playground/serve-files.ts';
import { makeProgress } from '../progress.ts';

interface PlaygroundFlags {
  readonly port: number;
  readonly open: boolean;
}

/** I-G-O-S on the keys of a telephone. */
const usualPort = 4467;

export function playgroundCommand(): Command {
  return new Command('playground')
    .description('Open the page that shows I-GOS at work. It is served to this machine only, until Ctrl-C.')
    .addOption(
      new Option('--port <n>', 'where to serve it; 0 for any that is free')
        .argParser(numberIn({ min: 0, max: 65535, integer: true }))
        .default(usualPort),
    )
    .addOption(new Option('--no-open', 'print the address, and leave the browser to you'))
    .action(playground);
}

/** Serves the page until the program is stopped; the address goes to stdout. */
async function playground({ port, open }: PlaygroundFlags): Promise<void> {
  const { note } = makeProgress();
  const address = await serveFiles(pageFiles(), port);
  process.stdout.write(`${address}\n`);
  note('Ctrl-C ends it');
  if (open && !(await openBrowser(address))) note('no browser could be opened: open the address yourself');
}
