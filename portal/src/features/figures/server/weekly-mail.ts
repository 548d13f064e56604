import { sql } from 'kysely'
import { listStaff } from '#features/accounts/server'
import { readManufacturer } from '#features/manufacturer/server'
import { formatDate, formatMoney, formatNumber, type Language, pathIn } from '#platform/core'
import { type Account, mailLayout, type Platform, translate } from '#platform/server'
import {
  addDays,
  average,
  type Day,
  dayIn,
  durationWords,
  type Figures,
  mondayOf,
  rate,
  type ValuedStep,
  valuedSteps,
} from '../core/index.ts'
import { readFigures } from './read-figures.ts'
import type { FigureTables } from './tables.ts'

/** Hour of Monday, by the manufacturer's clock, from which the figures of the week before are sent. */
const fromHour = 8

/** Mails the figures of last week to everybody who wants them and may read them; once a week each, in the transaction with the mark. */
export async function mailFigures(platform: Platform): Promise<void> {
  const { database, now } = platform
  const { timeZone } = await readManufacturer(database)
  const lastWeek = addDays(mondayOf(dayIn(new Date(now().getTime() - fromHour * 60 * 60_000), timeZone)), -7)
  const due = await database
    .db<FigureTables>()
    .selectFrom('figure_mail')
    .select(['person_id', 'language'])
    .where(sql<boolean>`sent_for < ${lastWeek}::date`)
    .forUpdate()
    .execute()
  if (due.length === 0) return
  const readers = new Map((await listStaff(platform, 'figures.read')).map(one => [one.id, one]))
  const seeAmounts = new Set((await listStaff(platform, 'offer.read')).map(({ id }) => id))
  const figures = await readFigures(platform, { period: 'week', at: lastWeek, seesAmounts: true })
  for (const { person_id, language } of due) {
    const reader = readers.get(person_id)
    if (!reader) continue
    const seen = seeAmounts.has(person_id) ? figures : { ...figures, amounts: null }
    await send(platform, reader.email, platform.languages.writtenIn(language), seen)
  }
  await database
    .db<FigureTables>()
    .updateTable('figure_mail')
    .set({ sent_for: lastWeek })
    .where(
      'person_id',
      'in',
      due.map(({ person_id }) => person_id),
    )
    .execute()
}

/** Mails somebody the figures of last week now. */
export async function mailFiguresTo(
  platform: Platform,
  { email }: Account,
  language: Language,
  seesAmounts: boolean,
): Promise<void> {
  const figures = await readFigures(platform, { period: 'week', at: addDays(await today(platform), -7), seesAmounts })
  await platform.database.transaction(() => send(platform, email, language, figures))
}

export async function wantsMail({ database }: Platform, { id }: Account): Promise<boolean> {
  const query = database.db<FigureTables>().selectFrom('figure_mail').select('person_id').where('person_id', '=', id)
  return (await query.executeTakeFirst()) !== undefined
}

/** Begins with the week that is under way, or ends it. */
export async function setMail(platform: Platform, { id }: Account, language: Language, weekly: boolean): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    const before = await wantsMail(platform, { id } as Account)
    const db = database.db<FigureTables>()
    if (!weekly) await db.deleteFrom('figure_mail').where('person_id', '=', id).execute()
    else
      await db
        .insertInto('figure_mail')
        .values({ person_id: id, language, sent_for: addDays(mondayOf(await today(platform)), -7) })
        .onConflict(conflict => conflict.column('person_id').doUpdateSet({ language }))
        .execute()
    await platform.audit.write({
      action: 'figures.mail-changed',
      target: { kind: 'account', id },
      before: { weekly: before },
      after: { weekly },
    })
  })
}

async function today({ database, now }: Platform): Promise<Day> {
  return dayIn(now(), (await readManufacturer(database)).timeZone)
}

async function send(platform: Platform, to: string, language: Language, figures: Figures): Promise<void> {
  const { from, to: until } = figures.period.counted
  const say = (key: string, values = {}) => translate(language, `figures:${key}`, values)
  const day = (at: Day) => formatDate(`${at}T00:00:00Z`, language, 'UTC')
  const { minutes, judged, inTime, unanswered } = figures.answering
  const spent = figures.configuring.seconds
  await platform.mail.send({
    to,
    ...mailLayout(language, {
      subject: say('mail.weekly.subject', { from: day(from), to: day(until) }),
      paragraphs: [
        say('mail.weekly.text'),
        ...(figures.sampleUntil !== null && figures.sampleUntil >= from ? [say('sample')] : []),
      ],
      facts: [
        ...figures.steps.map(({ step, now, earlier }) => ({
          label: say(`step.${step}`),
          value: `${formatNumber(now ?? 0, language)}${earlier === null ? '' : say('mail.weekly.before', { count: formatNumber(earlier, language) })}`,
        })),
        ...amountFacts(figures, language),
        ...(minutes === null ? [] : [{ label: say('answering.median'), value: durationWords(minutes * 60, language) }]),
        ...(judged === 0 ? [] : [{ label: say('answering.inTime'), value: `${Math.round(rate(inTime, judged)! * 100)}%` }]),
        { label: say('answering.unanswered'), value: formatNumber(unanswered, language) },
        ...(spent === null ? [] : [{ label: say('configuring.median'), value: durationWords(spent, language) }]),
      ],
      action: {
        label: say('mail.weekly.action'),
        url: new URL(`${pathIn(language, '/console/figures')}?period=week&at=${from}`, platform.config.publicUrl).href,
      },
      closing: say('mail.weekly.closing'),
    }),
  })
}

/** What was asked for, offered and won is worth, a line each and in each currency; nothing where there was nothing, or the reader may not see it. */
function amountFacts({ amounts }: Figures, language: Language): { label: string; value: string }[] {
  const say = (key: string, values = {}) => translate(language, `figures:${key}`, values)
  return (amounts?.now ?? []).flatMap(worth => {
    const { currency } = worth
    const money = (net: number) => formatMoney(net, currency, language)
    const earlier = amounts?.earlier && (amounts.earlier.find(one => one.currency === currency) ?? null)
    const before = (step: ValuedStep) =>
      amounts?.earlier ? say('mail.weekly.before', { count: money(earlier?.[step].net ?? 0) }) : ''
    const deal = average(worth.won, currency)
    return [
      ...valuedSteps.map(step => ({ label: say(`worth.${step}`), value: `${money(worth[step].net)}${before(step)}` })),
      ...(deal === null ? [] : [{ label: say('worth.deal'), value: money(deal) }]),
    ]
  })
}
