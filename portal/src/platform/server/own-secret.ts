import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartFailure } from './start-failure.ts'

/** 32 random bytes, made at the first start. */
export function ownSecret(dataDir: string, name: string, encoding: 'hex' | 'base64'): string {
  const file = join(dataDir, name)
  try {
    if (!existsSync(file)) {
      mkdirSync(dataDir, { recursive: true, mode: 0o700 })
      writeOnce(file, randomBytes(32).toString(encoding))
    }
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new StartFailure(
      `DATA_DIR: "${dataDir}" cannot be written (${(error as NodeJS.ErrnoException).code}). Set it to a folder this user may write.`,
    )
  }
}

/** Whole or not at all, also on a full disk; the file of a process that was first stays. */
function writeOnce(file: string, text: string): void {
  const draft = `${file}.${process.pid}`
  try {
    writeFileSync(draft, text, { mode: 0o600 })
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
}
