import { readManufacturer } from '#features/manufacturer/server'
import { workingMinutes } from '#features/sales/core'
import { leadOrigin, readAnswering } from '#features/sales/server'
import type { DomainEvent } from '#platform/core'
import type { Listener, Platform } from '#platform/server'
import { dayIn, direct, sourceOf } from '../core/index.ts'
import type { FigureTables } from './tables.ts'
import { addFacts, dayNow } from './tally.ts'

/** A saved configuration is counted on its day, with an inquiry or without. */
export const countSaved: Listener<'configuration.saved'> = {
  name: 'figures.count-saved',
  async handle({ data, at }, platform) {
    const day = await dayNow(platform, new Date(at))
    await addFacts(platform, [{ day, fact: 'saved', productId: data.productId, source: direct, amount: 1 }])
  },
}

const name = 'figures.follow-lead'

/** An inquiry is counted when its lead is opened. */
export const followOpened: Listener<'lead.opened'> = {
  name,
  async handle({ data: { leadId } }, platform) {
    const origin = await leadOrigin(platform.database, leadId)
    if (!origin) return // erased meanwhile
    const { productId, source, at } = origin
    await platform.database
      .db<FigureTables>()
      .insertInto('figure_lead')
      .values({
        lead_id: leadId,
        product_id: productId,
        source: sourceOf(source),
        asked_at: at,
        inquired_on: await dayNow(platform, at),
        answered_on: null,
        answer_minutes: null,
        in_time: null,
        offered_on: null,
        won_on: null,
      })
      .onConflict(conflict => conflict.doNothing())
      .execute()
  },
}

/** Whoever was called needs no mail: a lead that goes on has been answered. One that is given up has not. */
export const followMoved: Listener<'lead.status-changed'> = {
  name,
  async handle({ data: { leadId, to }, at }, platform) {
    if (to === 'new' || to === 'lost') return
    await noteAnswer(platform, leadId, at)
    if (to === 'offered' || to === 'won') await noteStep(platform, leadId, 'offered_on', at)
    if (to === 'won') await noteStep(platform, leadId, 'won_on', at)
  },
}

export const followAnswered: Listener<'lead.answered'> = {
  name,
  handle: ({ data, at }: DomainEvent<'lead.answered', { leadId: string }>, platform) => noteAnswer(platform, data.leadId, at),
}

/** The first answer alone is held against the rule, which is the one that holds now. */
async function noteAnswer(platform: Platform, leadId: string, eventAt: string): Promise<void> {
  const { database } = platform
  const lead = await database
    .db<FigureTables>()
    .selectFrom('figure_lead')
    .select('asked_at')
    .where('lead_id', '=', leadId)
    .where('answered_on', 'is', null)
    .executeTakeFirst()
  if (!lead) return
  const at = new Date(eventAt)
  const { timeZone } = await readManufacturer(database)
  const { rule } = await readAnswering(database)
  await database
    .db<FigureTables>()
    .updateTable('figure_lead')
    .set({
      answered_on: dayIn(at, timeZone),
      answer_minutes: Math.max(0, Math.round((at.getTime() - lead.asked_at.getTime()) / 60_000)),
      in_time: rule.within === 0 ? null : workingMinutes(lead.asked_at, at, rule, timeZone) <= rule.within * 60,
    })
    .where('lead_id', '=', leadId)
    .execute()
}

/** The first time counts. */
async function noteStep(platform: Platform, leadId: string, step: 'offered_on' | 'won_on', at: string): Promise<void> {
  await platform.database
    .db<FigureTables>()
    .updateTable('figure_lead')
    .set({ [step]: await dayNow(platform, new Date(at)) })
    .where('lead_id', '=', leadId)
    .where(step, 'is', null)
    .execute()
}
