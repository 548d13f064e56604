import type { z } from 'zod'
import type { LocalizedText } from '../core/index.ts'
import { type Change, differences } from './configuration-changes.ts'
import { Failure, type LocalizedFieldError } from './errors.ts'
import type { ServerFeature } from './feature.ts'
import { faultsIn } from './http-validation.ts'
import type { Platform } from './platform.ts'
import { version } from './version.ts'

/**
 * One thing that is set up in the console, as it moves to another installation. A feature lists its own in `ServerFeature.configuration`.
 * What it reads must be what it writes: exported, imported and exported again it is the same. Secrets are no part of it.
 */
// biome-ignore lint/suspicious/noExplicitAny: the variance of schemas leaves no other name for "some part"
export interface ConfigurationPart<Value = any> {
  /** its key in the file, for good: 'profile' */
  name: string
  title: LocalizedText
  /** the value in the file; what it refuses is named by its path, with the remedy */
  schema: z.ZodType<Value>
  /** what stands here; null: nobody has set it up, and the file does not speak of it */
  read(platform: Platform): Promise<Value | null>
  /** What is wrong beyond the schema; field: the path below the part, '/logo'. */
  check?(platform: Platform, value: Value): Promise<LocalizedFieldError[]>
  /** Puts the value in place of what stands here, in the ambient transaction, with its entry in the audit log. Absent: it is done by hand. */
  write?(platform: Platform, value: Value): Promise<void>
  /** What somebody has to do himself before this holds here as it did there: a password, an address that is a secret. */
  byHand?(platform: Platform, value: Value): Promise<LocalizedText[]>
}

/** Gives a part its exact type; does nothing else. */
export const configurationPart = <Value>(part: ConfigurationPart<Value>): ConfigurationPart<Value> => part

const format = 'fettle-configuration'
/** Rises when a file of before can no longer be read. */
const formatVersion = 1

export interface ConfigurationFile {
  format: typeof format
  version: number
  /** that wrote it */
  fettle: string
  parts: Record<string, unknown>
}

/** What an import does, or would do. */
export interface ConfigurationPlan {
  /** parts that become other than they are, with what changes in them */
  parts: { name: string; title: LocalizedText; changes: Change[] }[]
  /** names of parts that stand here already as in the file */
  same: string[]
  byHand: LocalizedText[]
}

/** What is set up here, as text of a file. */
export async function exportConfiguration(platform: Platform, features: readonly ServerFeature[]): Promise<string> {
  const parts: Record<string, unknown> = {}
  for (const part of partsOf(features)) {
    const value = await part.read(platform)
    if (value !== null) parts[part.name] = value
  }
  return `${JSON.stringify({ format, version: formatVersion, fettle: version, parts } satisfies ConfigurationFile, null, 2)}\n`
}

/**
 * What the file would change; nothing is written. Fails with `configuration-invalid` naming every wrong value by its path, with the
 * remedy. What the file does not speak of stays as it is.
 */
export async function planConfiguration(
  platform: Platform,
  features: readonly ServerFeature[],
  text: string,
): Promise<ConfigurationPlan> {
  return planOf(platform, await readValues(platform, features, text))
}

/** Does all that `planConfiguration` says, in one transaction, or fails and does nothing. */
export async function importConfiguration(
  platform: Platform,
  features: readonly ServerFeature[],
  text: string,
): Promise<ConfigurationPlan> {
  return platform.database.transaction(async () => {
    const values = await readValues(platform, features, text)
    const plan = await planOf(platform, values)
    for (const { part, value } of values)
      if (plan.parts.some(({ name }) => name === part.name)) await part.write?.(platform, value)
    if (plan.parts.length > 0)
      await platform.audit.write({
        action: 'configuration.imported',
        target: { kind: 'portal', id: 'configuration' },
        facts: { parts: plan.parts.map(({ name }) => name) },
      })
    return plan
  })
}

/** Who does it, for entries and events that name somebody; 'command' where nobody is signed in. */
export function actorOf({ audit }: Pick<Platform, 'audit'>): { id: string } {
  const { actor } = audit.current()
  return { id: 'id' in actor ? actor.id : 'command' }
}

interface PartValue {
  part: ConfigurationPart
  value: unknown
}

async function planOf(platform: Platform, values: readonly PartValue[]): Promise<ConfigurationPlan> {
  const plan: ConfigurationPlan = { parts: [], same: [], byHand: [] }
  for (const { part, value } of values) {
    const changes = part.write ? differences(await part.read(platform), value) : []
    if (changes.length > 0) plan.parts.push({ name: part.name, title: part.title, changes })
    else if (part.write) plan.same.push(part.name)
    plan.byHand.push(...((await part.byHand?.(platform, value)) ?? []))
  }
  return plan
}

async function readValues(platform: Platform, features: readonly ServerFeature[], text: string): Promise<PartValue[]> {
  const { parts } = readFile(text)
  const known = new Map(partsOf(features).map(part => [part.name, part]))
  const faults: LocalizedFieldError[] = []
  const values: PartValue[] = []
  for (const [name, given] of Object.entries(parts)) {
    const part = known.get(name)
    const place = `/parts/${name}`
    if (!part) {
      faults.push({ field: place, ...unknownPart })
      continue
    }
    const { value, errors: refused } = faultsIn(part.schema, given)
    const errors = [...refused, ...(refused.length > 0 ? [] : unknownNames(given, value))]
    const found = errors.length > 0 ? errors : ((await part.check?.(platform, value)) ?? [])
    faults.push(...found.map(error => ({ ...error, field: `${place}${error.field}` })))
    values.push({ part, value })
  }
  if (faults.length > 0) throw configurationInvalid(faults)
  return values
}

/** What a schema passes over would be lost without a word: a slip of the pen, or what only a newer version knows. */
function unknownNames(given: unknown, read: unknown, path = ''): LocalizedFieldError[] {
  if (typeof given !== 'object' || given === null || typeof read !== 'object' || read === null) return []
  return Object.entries(given).flatMap(([name, value]) => {
    const place = `${path}/${name}`
    if (Array.isArray(given) || Object.hasOwn(read, name))
      return unknownNames(value, (read as Record<string, unknown>)[name], place)
    return [{ field: place, ...unknownName }]
  })
}

function readFile(text: string): ConfigurationFile {
  let file: Partial<ConfigurationFile> | null = null
  try {
    file = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw configurationInvalid([{ field: '', ...noJson }])
  }
  if (file?.format !== format) throw configurationInvalid([{ field: '/format', ...otherFormat }])
  if (typeof file.version !== 'number' || file.version > formatVersion || file.version < 1)
    throw configurationInvalid([{ field: '/version', value: String(file.version), ...otherVersion }])
  if (typeof file.parts !== 'object' || file.parts === null || Array.isArray(file.parts))
    throw configurationInvalid([{ field: '/parts', ...otherFormat }])
  return file as ConfigurationFile
}

/** Every part, by hand of each feature; two of one name would overwrite each other. */
function partsOf(features: readonly ServerFeature[]): ConfigurationPart[] {
  const parts = features.flatMap(({ configuration = [] }) => configuration)
  const twice = parts.find(({ name }, place) => parts.findIndex(part => part.name === name) !== place)
  if (twice) throw new Error(`Two features have a part of the configuration named ${twice.name}`)
  return parts
}

const configurationInvalid = (errors: LocalizedFieldError[]) =>
  new Failure({
    status: 422,
    type: 'configuration-invalid',
    title: { 'zh-CN': '设置文件有误', en: 'The file of settings has errors' },
    detail: {
      'zh-CN': `有 ${errors.length} 处有误，没有更改任何设置。`,
      en: `${errors.length === 1 ? 'One value is' : `${errors.length} values are`} wrong. Nothing was changed.`,
    },
    remedy: { 'zh-CN': '请修改所列之处后重试。', en: 'Correct what is named, then try again.' },
    errors: errors.slice(0, 50),
  })

const noJson = {
  message: { 'zh-CN': '文件不是 JSON。', en: 'The file is not JSON.' },
  remedy: { 'zh-CN': '请使用“导出”得到的文件。', en: 'Take a file that an export wrote.' },
}
const otherFormat = {
  message: { 'zh-CN': '这不是 Fettle 的设置文件。', en: 'This is no file of Fettle’s settings.' },
  remedy: noJson.remedy,
}
const otherVersion = {
  message: { 'zh-CN': '此版本不认识该文件的版本。', en: 'This portal does not know the version of the file.' },
  remedy: { 'zh-CN': '请先升级门户。', en: 'Upgrade the portal first.' },
}
const unknownName = {
  message: { 'zh-CN': '此版本没有这一项。', en: 'This portal knows nothing of this name.' },
  remedy: { 'zh-CN': '请检查拼写，或升级门户。', en: 'Check how it is written, or upgrade the portal.' },
}
const unknownPart = {
  message: { 'zh-CN': '此版本没有这项设置。', en: 'This portal has no such part.' },
  remedy: { 'zh-CN': '请升级门户，或从文件中删除此项。', en: 'Upgrade the portal, or take the part out of the file.' },
}
