import { membersOfCompany } from '#features/accounts/server'
import { intervalsOfCompany, typedDevices } from '#features/devices/server'
import { formatDay, formatNumber, formatUnit, type Language, pathIn } from '#platform/core'
import { mailLayout, type Platform, translate } from '#platform/server'
import type { SignalsFor } from '../signals.ts'
import type { AdvisoryTables } from '../tables.ts'
import { pressingTasks } from './list-maintenance.ts'
import { plans } from './plan.ts'

type Pressing = Awaited<ReturnType<typeof pressingTasks>>[number]

/** Writes to the owners of machines of what is due soon, once for each time round, in a transaction with the marks. */
export async function remindOfMaintenance(platform: Platform, signalsOf: SignalsFor): Promise<void> {
  const { database } = platform
  const typeIds = [...(await plans(database)).keys()]
  const owners = new Set((await typedDevices(database, { typeIds })).flatMap(({ ownerId }) => ownerId ?? []))
  for (const companyId of owners) {
    const own = (await intervalsOfCompany(platform, companyId)).filter(({ role }) => role === 'owner')
    const pressing = await pressingTasks(platform, signalsOf({ kind: 'customer', companyId }), own)
    const anew = await markReminded(platform, companyId, pressing)
    if (anew.length > 0) await mailMembers(platform, companyId, anew)
    for (const { device, standing } of anew)
      await platform.record('maintenance.due', { deviceId: device.id, companyId, task: standing.task.key })
  }
}

/** Those of which the company has not been told since they were done last. */
async function markReminded(platform: Platform, companyId: string, pressing: readonly Pressing[]): Promise<Pressing[]> {
  if (pressing.length === 0) return []
  const marked = await platform.database
    .db<AdvisoryTables>()
    .insertInto('maintenance_reminder')
    .values(
      pressing.map(({ device, standing }) => ({
        device_id: device.id,
        company_id: companyId,
        task_key: standing.task.key,
        since: standing.since?.id ?? 'first',
        sent_at: platform.now(),
      })),
    )
    .onConflict(conflict => conflict.doNothing())
    .returning(['device_id', 'task_key'])
    .execute()
  return pressing.filter(({ device, standing }) =>
    marked.some(row => row.device_id === device.id && row.task_key === standing.task.key),
  )
}

async function mailMembers(platform: Platform, companyId: string, pressing: readonly Pressing[]): Promise<void> {
  for (const member of await membersOfCompany(platform, companyId)) {
    const language = platform.languages.writtenIn(member.language)
    const say = (key: string, values = {}) => translate(language, `advisory:mail.${key}`, values)
    await platform.mail.send({
      to: member.email,
      ...mailLayout(language, {
        subject: say('due.subject', { count: pressing.length }),
        greeting: say('greeting', { name: member.name }),
        paragraphs: [say('due.text')],
        facts: pressing.map(({ device, standing: { task } }) => ({
          label: `${device.model} ${device.serial}`,
          value: `${task.name[language]} · ${dueWords(task, language)}`,
        })),
        action: {
          label: say('due.open'),
          url: new URL(pathIn(language, '/account/maintenance'), platform.config.publicUrl).href,
        },
      }),
    })
  }
}

function dueWords({ due, counter }: Pressing['standing']['task'], language: Language): string {
  const by = [
    due.on && formatDay(due.on, language),
    due.at !== null && counter && `${formatNumber(due.at, language)}\u202f${formatUnit(counter.metric.unit, language)}`,
  ].filter(Boolean)
  const words = by.join(translate(language, 'advisory:or'))
  return due.because ? due.because[language] : words
}
