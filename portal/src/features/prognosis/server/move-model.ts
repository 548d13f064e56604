import type { Updateable } from 'kysely'
import type { Platform } from '#platform/server'
import { type ModelStatus, modelMoves } from '../core/index.ts'
import type { PrognosisTables } from './tables.ts'

export type ModelEnd = Updateable<PrognosisTables['life_model']> & { status: Exclude<ModelStatus, 'training'>; reasons: string[] }

/** Moves a model to how its training ended, where the table of moves lets it; one that ended otherwise meanwhile stays so. */
export async function moveModel(platform: Platform, modelId: string, end: ModelEnd): Promise<void> {
  const from = (Object.keys(modelMoves) as ModelStatus[]).filter(status => modelMoves[status].includes(end.status))
  await platform.database.transaction(async () => {
    const { numUpdatedRows } = await platform.database
      .db<PrognosisTables>()
      .updateTable('life_model')
      .set({ ...end, ended_at: platform.now() })
      .where('id', '=', modelId)
      .where('status', 'in', from)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return
    await platform.audit.write({
      action: `life-model.${end.status}`,
      target: { kind: 'life-model', id: modelId },
      facts: { reasons: end.reasons.join(', ') },
    })
    await platform.live.publish('life-models', modelId)
  })
}
