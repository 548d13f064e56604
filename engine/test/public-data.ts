import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Public models lie outside the project; FETTLE_DATA says where. Tests that need them are skipped without. */
const folder = resolve(process.env.FETTLE_DATA ?? join(import.meta.dirname, '../../../shared/data'), 'configurator')

export const publicData = existsSync(folder)

let told = false

export function tellWithout(what: string): void {
  if (publicData || told) return
  told = true
  console.warn(`${what} skipped: no public models at FETTLE_DATA`)
}

export function readPublic(path: string): string {
  return readFileSync(join(folder, path), 'utf8')
}

export function listPublic(path: string): string[] {
  return publicData ? readdirSync(join(folder, path)).map(name => `${path}/${name}`) : []
}
