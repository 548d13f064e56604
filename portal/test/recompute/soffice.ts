import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** "LibreOffice 7.4.7.2 …"; undefined where it is not installed. */
export function sofficeVersion(): string | undefined {
  const { status, stdout } = spawnSync('soffice', ['--version'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim().replace(/^LibreOffice (\S+).*$/s, 'LibreOffice $1') : undefined
}

/** The first sheet as text: tabs between cells, every number with all its digits, in quotes. */
export const tabSeparated = 'csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,false,false'

/** Opens a spreadsheet in LibreOffice and saves it in another format. Fails where LibreOffice writes nothing. */
export async function convert(bytes: Uint8Array, from: string, to: string): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'fettle-soffice-'))
  try {
    const source = join(folder, `sheet.${from}`)
    writeFileSync(source, bytes)
    // a profile of its own: two at once would fight for one
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
    const child = spawn(
      'soffice',
      ['--headless', '--norestore', profile, '--convert-to', to, '--outdir', join(folder, 'out'), source],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    )
    let said = ''
    child.stderr.on('data', data => {
      said += data
    })
    const code = await new Promise(resolve => child.once('close', resolve))
    try {
      return new Uint8Array(readFileSync(join(folder, 'out', `sheet.${to.split(':')[0]}`)))
    } catch {
      throw new Error(`LibreOffice wrote nothing (${code}): ${said}`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
