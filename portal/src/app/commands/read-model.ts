import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { ModelError } from '@fettle/engine'
import { type ModelFile, modelInvalid, type ReadModel, readModelApart } from '#features/products/server'
import { StartFailure } from '#platform/server'

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
