import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const folder = resolve(process.env.FETTLE_DATA ?? join(import.meta.dirname, '../../../shared/data'))

/** Public data with reference answers lie outside the project; FETTLE_DATA says where. Null, said once, where a file is not there. */
export function readPublicData(path: string): string | null {
  const file = join(folder, path)
  if (existsSync(file)) return readFileSync(file, 'utf8')
  console.warn(`skipped: there is no ${path} at FETTLE_DATA`)
  return null
}
