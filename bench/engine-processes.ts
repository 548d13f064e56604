import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

/**
 * Runs a file of this folder in a process of its own, gives it a job as JSON and reads its answer as JSON.
 * Rejects with the last line it said where it fails, or where it takes longer than so many seconds.
 */
export async function askProcess<Answer>(
  file: string,
  args: string[],
  job: unknown,
  seconds: number,
  options: string[] = [],
): Promise<Answer> {
  const child = spawn(process.execPath, [...options, join(import.meta.dirname, file), ...args])
  let late = false
  const timer = setTimeout(() => {
    late = true
    child.kill('SIGKILL')
  }, 1000 * seconds)
  try {
    const ended = new Promise<number | null>(resolve => child.once('close', resolve))
    child.stdin.on('error', () => {}) // it ended before it read all: its code says so
    child.stdin.end(JSON.stringify(job))
    const [answer, said, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
    if (late) throw new Error(`no answer within ${seconds} s`)
    if (code !== 0) throw new Error(/^\w*Error.*$/m.exec(said)?.[0] ?? `ended with ${code}`)
    return JSON.parse(answer) as Answer
  } finally {
    clearTimeout(timer)
  }
}
