import { membersOfCompany } from '#features/accounts/server'
import { readManufacturer } from '#features/manufacturer/server'
import { formatDate, pathIn } from '#platform/core'
import { type Listener, mailLayout, type Platform, translate } from '#platform/server'
import type { ListedEntitlement } from '../core/index.ts'
import { readEntitlement } from './list-entitlements.ts'

/** What has been said of an entitlement by mail; `left`: that it ends in so many days. */
type Occasion = 'granted' | 'declined' | 'taken-back' | 'left' | 'over'

/** The company hears that it has what it asked for. Who begins a trial sees it on the page. */
export const tellOfGrant: Listener<'entitlement.granted'> = {
  name: 'packages.tell-of-grant',
  async handle({ data: { entitlementId, kind } }, platform) {
    if (kind !== 'trial') await mailCompany(platform, entitlementId, 'granted')
  },
}

/** It hears what the manufacturer has declined or taken back; what it ended itself it knows. */
export const tellOfEnd: Listener<'entitlement.ended'> = {
  name: 'packages.tell-of-end',
  async handle({ data: { entitlementId, ending } }, platform) {
    if (ending === 'declined' || ending === 'taken-back') await mailCompany(platform, entitlementId, ending)
  },
}

/** Writes to whoever is of the company, each in his language. days: how many are left, where that is what is told */
export async function mailCompany(platform: Platform, entitlementId: string, occasion: Occasion, days = 0): Promise<void> {
  const one = await readEntitlement(platform, entitlementId)
  const { timeZone } = await readManufacturer(platform.database)
  for (const member of await membersOfCompany(platform, one.company.id)) {
    const language = platform.languages.writtenIn(member.language)
    const values = { name: one.package.name[language], machine: machineOf(one), count: days }
    const say = (key: string, more = {}) => translate(language, `packages:mail.${key}`, { ...values, ...more })
    const fact = (key: string, value: string | null) => (value ? [{ label: translate(language, `packages:${key}`), value }] : [])
    const day = (at: string | null) => at && formatDate(at, language, timeZone)
    await platform.mail.send({
      to: member.email,
      ...mailLayout(language, {
        subject: say(`${occasion}.subject`),
        greeting: say('greeting', { name: member.name }),
        paragraphs: [say(`${occasion}.text`)],
        facts: [
          ...fact('package', values.name),
          ...fact('machine', values.machine),
          ...fact('from', day(one.from)),
          ...fact('until', day(one.until)),
        ],
        action: {
          label: say('open'),
          url: new URL(pathIn(language, `/account/machines/${one.device.id}/packages`), platform.config.publicUrl).href,
        },
      }),
    })
  }
}

const machineOf = ({ device: { model, serial } }: ListedEntitlement) => `${model} ${serial}`
