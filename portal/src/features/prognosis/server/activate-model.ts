import type { Account, Platform } from '#platform/server'
import { ranBefore } from '../core/index.ts'
import { refused } from './problems.ts'
import { getPart, type Part } from './read-parts.ts'
import { runningModel } from './running-models.ts'
import type { PrognosisTables } from './tables.ts'
import { modelRow } from './train-model.ts'

/** Lets an accepted model foretell from now on. */
export async function activateModel(platform: Platform, actor: Account, modelId: string) {
  return platform.database.transaction(async () => {
    const model = await modelRow(platform, modelId)
    if (model.status !== 'accepted') throw refused('model-not-accepted')
    const part = { typeId: model.type_id, component: model.component }
    if ((await runningModel(platform.database, part.typeId, part.component)) !== modelId)
      await write(platform, actor, part, modelId, 'activated')
    return getPart(platform.database, part)
  })
}

/** Lets the model foretell that was activated before the one that runs; where there was none, none does. */
export async function rollBackModel(platform: Platform, actor: Account, part: Part) {
  return platform.database.transaction(async () => {
    await getPart(platform.database, part)
    if (!(await runningModel(platform.database, part.typeId, part.component))) throw refused('no-model-runs')
    await write(platform, actor, part, await before(platform, part), 'rolled-back')
    return getPart(platform.database, part)
  })
}

async function before({ database }: Platform, { typeId, component }: Part): Promise<string | null> {
  const rows = await database
    .db<PrognosisTables>()
    .selectFrom('life_model_activation')
    .select(['model_id as modelId', 'how'])
    .where('type_id', '=', typeId)
    .where('component', '=', component)
    .orderBy('id')
    .execute()
  return ranBefore(rows)
}

async function write(
  { database, newId, now, audit, live }: Platform,
  actor: Account,
  { typeId, component }: Part,
  modelId: string | null,
  how: 'activated' | 'rolled-back',
): Promise<void> {
  await database
    .db<PrognosisTables>()
    .insertInto('life_model_activation')
    .values({ id: newId(), type_id: typeId, component, model_id: modelId, how, by_id: actor.id, at: now() })
    .execute()
  await audit.write({
    action: `life-model.${how}`,
    target: { kind: 'device-type', id: typeId },
    facts: { component, model: modelId ?? '' },
  })
  await live.publish('life-models', typeId)
}
