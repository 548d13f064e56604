import type { Selectable } from 'kysely'
import type { Addressee } from '#features/accounts/server'
import { formatTime, pathIn } from '#platform/core'
import { mailLayout, type Platform, translate } from '#platform/server'
import { floodLimits, type OutsideChannel, urgencies } from '../core/index.ts'
import type { NoticeTables } from './tables.ts'

/** A notice that is about to leave the portal. */
export type DueNotice = Pick<
  Selectable<NoticeTables['notice']>,
  'id' | 'kind' | 'urgency' | 'subject_id' | 'device_id' | 'moment' | 'content'
>

interface Sending {
  platform: Platform
  person: Addressee
  channel: OutsideChannel
  /** of the reader */
  zone: string
}

/** Machines a summary names at most. */
const mostNamed = 20
/** ms after which a text message about an alarm is of no use */
const smsLife = 3_600_000

/** One message about one thing. */
export async function sendEach({ platform, person, channel, zone }: Sending, notice: DueNotice): Promise<void> {
  const language = platform.languages.writtenIn(person.language)
  const say = (key: string, values = {}) => translate(language, `notices:${key}`, values)
  const { title, where, text, facts, happenedAt, paths } = notice.content
  const named = say(`told.${notice.kind}`, { title: title[language] })
  if (channel === 'sms') return sendSms(platform, person, { what: named, where })
  await platform.mail.send({
    to: person.email,
    ...mailLayout(language, {
      subject: say('mail.subject', { urgency: say(`urgency.${notice.urgency}`), title: named, where }),
      greeting: say('mail.greeting', { name: person.name }),
      paragraphs: text[language] ? [text[language]] : [],
      facts: [
        ...facts.map(({ label, value }) => ({ label: label[language], value: value[language] })),
        { label: say('happenedAt'), value: formatTime(happenedAt, language, zone) },
      ],
      action: { label: say('mail.open'), url: addressOf(platform, person, paths[person.side]) },
      closing: say('mail.why', { address: addressOf(platform, person, settingsPath[person.side]) }),
    }),
  })
}

/** One message for many: how many of which urgency, at which machines. */
export async function sendSummary({ platform, person, channel }: Sending, notices: readonly DueNotice[]): Promise<void> {
  const language = platform.languages.writtenIn(person.language)
  const say = (key: string, values = {}) => translate(language, `notices:${key}`, values)
  const machines = [...Map.groupBy(notices, ({ content }) => content.where)].toSorted(([, a], [, b]) => b.length - a.length)
  const count = { count: notices.length, machines: machines.length }
  if (channel === 'sms') return sendSms(platform, person, { what: say('flood.short', count), where: machines[0]![0] })
  await platform.mail.send({
    to: person.email,
    ...mailLayout(language, {
      subject: say('flood.subject', count),
      greeting: say('mail.greeting', { name: person.name }),
      paragraphs: [
        say('flood.text', { most: floodLimits.most, minutes: floodLimits.windowMs / 60_000 }),
        ...(machines.length > mostNamed ? [say('flood.more', { count: machines.length - mostNamed })] : []),
      ],
      facts: machines.slice(0, mostNamed).map(([label, of]) => ({
        label,
        value: urgencies
          .flatMap(urgency => {
            const many = of.filter(notice => notice.urgency === urgency).length
            return many > 0 ? [say('flood.many', { urgency: say(`urgency.${urgency}`), many })] : []
          })
          .join(say('flood.comma')),
      })),
      action: { label: say('flood.open'), url: addressOf(platform, person, listPath[person.side]) },
      closing: say('mail.why', { address: addressOf(platform, person, settingsPath[person.side]) }),
    }),
  })
}

async function sendSms(
  { sms, now }: Platform,
  { phone }: Addressee,
  { what, where }: { what: string; where: string },
): Promise<void> {
  if (!sms?.offers('notice') || phone === null) return
  const params = { what: short(what), where: short(where) }
  await sms.send({ to: phone, template: 'notice', params, until: new Date(now().getTime() + smsLife) })
}

/** Carriers take 35 characters for a variable. */
const short = (text: string): string => ([...text].length > 35 ? `${[...text].slice(0, 34).join('')}…` : text)

const listPath = { customer: '/account/notices', staff: '/console/notices' }
const settingsPath = { customer: '/account/notices/settings', staff: '/console/notices/settings' }

const addressOf = (platform: Platform, { language }: Addressee, path: string): string =>
  new URL(pathIn(platform.languages.writtenIn(language), path), platform.config.publicUrl).href
