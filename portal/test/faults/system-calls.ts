import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { eventually } from '../eventually.ts'

/** A system call that has returned. */
export interface SystemCall {
  pid: number
  /** seconds since 1970 at its begin */
  at: number
  name: string
  /** the rest of strace's line: arguments with the files behind the descriptors, and the result */
  text: string
}

/** Why system calls cannot be traced here; null where they can. */
export function whyNoTrace(): string | null {
  try {
    execFileSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore', timeout: 20_000 })
    return null
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? 'strace is not installed'
      : 'this system does not let strace trace'
  }
}

/** Traces these processes and those they start from now on; `end` answers the calls in the order in which they began. */
export async function traceCalls(pids: number[], names: string[], file: string): Promise<{ end(): Promise<SystemCall[]> }> {
  const options = ['-f', '-ttt', '-y', '-s', '200', '-e', `trace=${names.join(',')}`, '-e', 'signal=none', '-o', file]
  const child = spawn('strace', [...options, ...pids.flatMap(pid => ['-p', String(pid)])], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr!.on('data', chunk => {
    said += chunk
  })
  await eventually(() => pids.every(pid => said.includes(`Process ${pid} attached`)))
  return {
    async end() {
      child.kill('SIGINT')
      await once(child, 'exit')
      return existsSync(file) ? readCalls(readFileSync(file, 'utf8')) : []
    },
  }
}

/** A call that another one interrupted in the log stands in two lines: its end is joined to its begin. */
function readCalls(log: string): SystemCall[] {
  const calls: SystemCall[] = []
  const unfinished = new Map<number, SystemCall>()
  for (const line of log.split('\n')) {
    const [, pid, at, rest] = /^(\d+)\s+([\d.]+)\s+(.*)$/.exec(line) ?? []
    if (!rest) continue
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest)
    if (resumed) {
      const call = unfinished.get(Number(pid))
      if (call) call.text += resumed[1]
      unfinished.delete(Number(pid))
      continue
    }
    const [, name, text] = /^(\w+)\((.*)$/.exec(rest) ?? []
    if (!name) continue
    const call = { pid: Number(pid), at: Number(at), name, text: text!.replace(/ <unfinished \.\.\.>$/, '') }
    if (text!.endsWith('<unfinished ...>')) unfinished.set(Number(pid), call)
    calls.push(call)
  }
  return calls
}
