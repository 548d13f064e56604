import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { devicesBySerial, typedDevices } from '#features/devices/server'
import { dayIn } from '#features/offers/core'
import { type MachineFacts, monthBefore } from '#features/reports/core'
import { enterReport } from '#features/reports/server'
import { defaultTimeZone } from '#platform/core'
import type { Platform } from '#platform/server'

/** What stands in examples/machines/report.json: findings by days of the month. */
interface DemoReport {
  serial: string
  facts: Omit<MachineFacts, 'device' | 'service' | 'findings'> & {
    findings: (Omit<MachineFacts['findings'][0], 'since' | 'until'> & { sinceDay: number; untilDay: number })[]
  }
}

/** An invented report about the last month for one of the demo's customers. Once: a second one for the month is not made. */
export async function loadDemoReport(platform: Platform): Promise<void> {
  const file = join(import.meta.dirname, '../../../examples/machines/report.json')
  const { serial, facts } = JSON.parse(readFileSync(file, 'utf8')) as DemoReport
  const [named] = await devicesBySerial(platform.database, serial)
  const [device] = named ? await typedDevices(platform.database, { ids: [named.id] }) : []
  if (!device?.ownerId) return
  const month = monthBefore(dayIn(platform.now(), defaultTimeZone))
  const at = (day: number) => `${month}-${day}T04:00:00.000Z`
  const machine: MachineFacts = {
    ...facts,
    device: { id: device.id, serial: device.serial, model: device.model },
    service: [],
    findings: facts.findings.map(({ sinceDay, untilDay, ...one }) => ({ ...one, since: at(sinceDay), until: at(untilDay) })),
  }
  await enterReport(platform, { companyId: device.ownerId, month, facts: { machines: [machine] } })
}
