/** A Python of our own with the peers in it, made once under the system's temporary folder. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const packages = ['igraph==1.0.0', 'leidenalg==0.12.0', 'networkit==11.3', 'numpy']

/** The path of its interpreter; a sentence that says why there is none otherwise. */
export function peersPython(): { readonly python: string } | { readonly missing: string } {
  const folder = join(tmpdir(), 'ringleader-bench-python')
  const python = join(folder, 'bin', 'python')
  if (existsSync(python) && works(python, ['-c', 'import igraph, leidenalg, networkit, numpy']))
    return { python }
  if (!works('python3', ['--version'])) return { missing: 'there is no python3 on this machine' }
  if (!works('python3', ['-m', 'venv', '--clear', folder]))
    return { missing: 'python3 -m venv failed; on Debian, install python3-venv' }
  return works(python, ['-m', 'pip', 'install', '--quiet', ...packages])
    ? { python }
    : { missing: `pip could not install ${packages.join(', ')}` }
}

const works = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0
