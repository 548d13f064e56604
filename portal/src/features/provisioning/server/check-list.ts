import { createHash } from 'node:crypto'
import { companyTraits } from '#features/accounts/server'
import { findConfiguration } from '#features/configurator/server'
import { plainKey } from '#features/devices/core'
import { findDevices, typesByKey } from '#features/devices/server'
import type { Finding } from '#features/imports/core'
import type { IncomingFile } from '#platform/core'
import { Failure, type Platform, readTableFile } from '#platform/server'
import type { ListCheck } from '../core/index.ts'
import { companyKey, configurationOf, type JudgedMachine, judgeList, type KnownToList, machineKey } from '../core/judge-list.ts'
import { mostMachines } from '../core/list-form.ts'
import { type ReadList, readList } from '../core/read-list.ts'

/** A list as it was read and judged now. */
export interface JudgedList {
  machines: JudgedMachine[]
  /** of the file and its sheets */
  findings: Finding[]
  sha256: string
  /** tells whether what would be written is still what was shown */
  checked: string
}

/** What would become of each row. Throws file-refused. */
export async function checkList(platform: Platform, file: IncomingFile): Promise<ListCheck> {
  const { machines, findings, checked } = await judgeNow(platform, await readListFile(platform, file))
  const count = (verdict: JudgedMachine['verdict']) => machines.filter(one => one.verdict === verdict).length
  return {
    findings: [...findings],
    counts: { error: count('error'), known: count('known'), new: count('new') },
    machines: machines.map(({ row, verdict, deviceId, findings }) => ({
      ...{ row: row.row, verdict, deviceId, findings: [...findings] },
      ...{ serial: row.values.serial ?? null, model: row.values.model ?? null, company: row.values.company ?? null },
    })),
    checked,
  }
}

/** A list as it stands in a file. */
interface ListInFile extends ReadList {
  sha256: string
}

/** Throws file-refused. */
export async function readListFile(platform: Platform, file: IncomingFile): Promise<ListInFile> {
  const { sheets, sha256 } = await readTableFile(platform, file, { rows: mostMachines + 20, columns: 100 })
  return { ...readList(sheets, platform.now().toISOString().slice(0, 10)), sha256 }
}

/** By what the portal knows at this moment. */
export async function judgeNow(platform: Platform, { rows, findings, place, sha256 }: ListInFile): Promise<JudgedList> {
  const machines = judgeList(rows, place, await knownTo(platform, rows))
  const shown = machines.map(({ row, verdict, deviceId, typeId, companyId, configurationToken }) => [
    ...[row.row, row.values, verdict, deviceId, typeId, companyId, configurationToken],
  ])
  return {
    machines,
    findings,
    sha256,
    checked: createHash('sha256')
      .update(JSON.stringify([findings, shown]))
      .digest('hex'),
  }
}

async function knownTo(platform: Platform, rows: Parameters<typeof judgeList>[0]): Promise<KnownToList> {
  const { database } = platform
  const keys = rows.flatMap(({ values: { serial, model } }) =>
    serial && model ? [{ serialKey: plainKey(serial), modelKey: plainKey(model) }] : [],
  )
  const machines = await findDevices(platform, keys)
  const traits = rows.some(({ values }) => values.company) ? await companyTraits(platform) : []
  const named = traits.flatMap(({ id, name, creditCode }) => [name, creditCode].flatMap(text => (text ? [{ id, text }] : [])))
  const byName = Map.groupBy(named, ({ text }) => companyKey(text))
  const tokens = new Set(rows.flatMap(row => configurationOf(row) ?? []))
  const configurations = new Set<string>()
  for (const token of tokens) if (await isConfiguration(platform, token)) configurations.add(token)
  return {
    machines: new Map(machines.map(({ id, serial, model }) => [machineKey(serial, model), id])),
    types: await typesByKey(database),
    companies: new Map([...byName].map(([key, of]) => [key, [...new Set(of.map(({ id }) => id))]])),
    configurations,
  }
}

const isConfiguration = ({ database }: Platform, token: string): Promise<boolean> =>
  findConfiguration(database, token).then(
    () => true,
    error => {
      if (error instanceof Failure && error.status === 404) return false
      throw error
    },
  )
