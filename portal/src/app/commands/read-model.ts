import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { ModelError } from '@fettle/engine'
import { findVersion, type ModelFile, modelInvalid, type ReadModel, readModelApart } from '#features/products/server'
import { type Database, StartFailure } from '#platform/server'

/** A model file from the disk. Throws StartFailure where it cannot be read. */
export function modelFile(path: string): ModelFile {
  try {
    return { fileName: basename(path), bytes: new Uint8Array(readFileSync(path)) }
  } catch (error) {
    throw new StartFailure(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}): name a file that exists.`)
  }
}

/** A model file read and proved. Fails with `model-invalid` as an import does. */
export async function provedModel(path: string): Promise<Extract<ReadModel, { ok: true }>> {
  const file = modelFile(path)
  const read = await readModelApart(file)
  if (!read.ok) throw modelInvalid(file.fileName, read.errors)
  return read
}

/** Prints what was found, each with its place and what to do about it. */
export function printPlaces(path: string, places: readonly ModelError[]): void {
  for (const { path: place, message, remedy } of places) console.log(`  ${path}:${place}: ${message.en} → ${remedy.en}`)
}

/** A version of a product as commands name it: `vmc-850`, `vmc-850@1.2.0`, `vmc-850@draft`. Throws StartFailure where there is none. */
export async function versionNamed(database: Database, name: string) {
  const [slug = '', version] = name.split('@')
  const found = await findVersion(database, slug, version)
  if (!found) throw new StartFailure(`"${name}" is no product with that version: see the console under Products.`)
  return found
}
