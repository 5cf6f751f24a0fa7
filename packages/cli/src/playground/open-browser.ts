import { spawn } from 'node:child_process';

/** What opens an address with the program that the user chose for it. */
function opener(): readonly [program: string, ...args: string[]] {
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return process.env.WSL_DISTRO_NAME ? ['cmd.exe', '/c', 'start'] : ['xdg-open'];
}

/** Opens the address in the user's browser. Tells whether that worked, once it is known. */
export function openBrowser(address: string): Promise<boolean> {
  const [program, ...args] = opener();
  return new Promise((resolve) => {
    const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true });
    child.unref(); // the browser may outlive us, and must not keep us
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}
