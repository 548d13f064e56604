import { type Addressee, addressees } from '#features/accounts/server'
import { certificatesEnding, type EndingCertificate } from '#features/devices/server'
import { tell } from '#features/notices/server'
import { formatDate, type LocalizedText } from '#platform/core'
import { type Platform, translate } from '#platform/server'
import { type ReminderDays, reminderDays, reminderDue } from '../core/reminder-stage.ts'
import type { ProvisioningTables } from './tables.ts'

const dayMs = 86_400_000
/** Reminders are remembered for so long; the certificates they were about have ended by then. */
const keptDays = 400
/** A notice names so many machines at most. */
const mostNamed = 5

/**
 * Tells those who can renew them of certificates that end in 30, 7 and 1 days, once each: staff who look after machines, and administrators of
 * the company that owns the machine. One notice for all that end in the same time. In the transaction of the job.
 */
export async function remindOfCertificates(platform: Platform): Promise<void> {
  const now = platform.now()
  const ending = await certificatesEnding(platform, new Date(now.getTime() + reminderDays[0] * dayMs))
  const due = await notYetTold(platform, ending)
  for (const [days, of] of Map.groupBy(due, ({ days }) => days)) {
    const certificates = of.map(({ certificate }) => certificate)
    const ours = certificates.filter(({ byManufacturer }) => byManufacturer)
    if (ours.length > 0) await remind(platform, await addressees(platform, { staffWith: 'device.manage' }), ours, days)
    for (const [companyId, theirs] of Map.groupBy(certificates, one => one.companyId))
      if (companyId !== null) await remind(platform, await administratorsOf(platform, companyId), theirs, days)
  }
  await platform.database
    .db<ProvisioningTables>()
    .deleteFrom('certificate_reminder')
    .where('told_at', '<', new Date(now.getTime() - keptDays * dayMs))
    .execute()
}

async function notYetTold(
  { database, now }: Platform,
  ending: readonly EndingCertificate[],
): Promise<{ certificate: EndingCertificate; days: ReminderDays }[]> {
  const due = ending.flatMap(certificate => {
    const days = reminderDue(certificate.endsAt, now())
    return days === null ? [] : [{ certificate, days }]
  })
  if (due.length === 0) return []
  const fresh = await database
    .db<ProvisioningTables>()
    .insertInto('certificate_reminder')
    .values(due.map(({ certificate, days }) => ({ subject_id: certificate.id, days, told_at: now() })))
    .onConflict(known => known.doNothing())
    .returning(['subject_id', 'days'])
    .execute()
  const told = new Set(fresh.map(({ subject_id, days }) => `${subject_id} ${days}`))
  return due.filter(({ certificate, days }) => told.has(`${certificate.id} ${days}`))
}

const administratorsOf = async (platform: Platform, companyId: string): Promise<Addressee[]> =>
  (await addressees(platform, { companyIds: [companyId] })).filter(({ administrates }) => administrates)

async function remind(
  platform: Platform,
  to: readonly Addressee[],
  certificates: readonly EndingCertificate[],
  days: ReminderDays,
): Promise<void> {
  const [first] = certificates
  const only = certificates.length === 1 ? first!.of : null
  const say = (key: string, values = {}): LocalizedText => ({
    'zh-CN': translate('zh-CN', `provisioning:reminder.${key}`, values),
    en: translate('en', `provisioning:reminder.${key}`, values),
  })
  const ends = first!.endsAt.toISOString()
  const authority = certificates.some(({ of }) => of.kind === 'authority')
  await tell(platform, {
    kind: 'certificate',
    urgency: days === 30 ? 'high' : 'critical',
    key: `certificate:${days}:${first!.id}`,
    subjectId: first!.id,
    about: null,
    to,
    content: {
      title: say(only?.kind === 'authority' ? 'authority' : certificates.length === 1 ? 'one' : 'many', {
        count: certificates.length,
        days,
      }),
      where: namesOf(certificates),
      text: say(authority ? 'textAuthority' : 'text'),
      facts: [
        {
          label: say('ends'),
          value: { 'zh-CN': formatDate(ends, 'zh-CN', 'UTC'), en: formatDate(ends, 'en', 'UTC') },
        },
      ],
      happenedAt: platform.now().toISOString(),
      paths:
        only?.kind === 'device'
          ? { customer: `/account/machines/${only.deviceId}/nameplate`, staff: `/console/devices/${only.deviceId}` }
          : { customer: '/account/machines', staff: '/console/device-certificates' },
    },
  })
}

function namesOf(certificates: readonly EndingCertificate[]): string {
  const names = certificates.slice(0, mostNamed).map(({ of }) => (of.kind === 'device' ? `${of.model} ${of.serial}` : of.name))
  return certificates.length > mostNamed ? `${names.join(', ')} … (${certificates.length})` : names.join(', ')
}
