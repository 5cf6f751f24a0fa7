import { runIgos } from './run-igos.ts';

/** 128 and the number of the signal, as shells have it. */
const signalCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

for (const stream of [process.stdout, process.stderr]) endQuietlyWhenNobodyReads(stream);
for (const [signal, code] of Object.entries(signalCodes)) process.once(signal, () => stop(signal, code));
process.exitCode = await runIgos(process.argv.slice(2));

/** `igos models | head -1` closes our output early; that is no failure. */
function endQuietlyWhenNobodyReads(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(process.exitCode ?? 0);
  });
}

/** Files are written in one go at the very end, between which and this nothing can come: there is nothing to undo. */
function stop(signal: string, code: number): never {
  process.stderr.write(`${process.stderr.isTTY ? '\r\x1b[2K' : ''}igos: stopped by ${signal}\n`);
  process.exit(code);
}
