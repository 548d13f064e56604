import type { Listener } from '#platform/server'
import type { SalesTables } from './tables.ts'

/** The lead whose attachment was scanned late is read again by whoever has it open. */
export const showJudgedFile: Listener<'file.judged'> = {
  name: 'sales.show-judged-file',
  async handle({ data: { fileId } }, { database, live }) {
    const leads = await database
      .db<SalesTables>()
      .selectFrom('inquiry_attachment as a')
      .innerJoin('lead as l', 'l.inquiry_id', 'a.inquiry_id')
      .select('l.id')
      .where('a.file_id', '=', fileId)
      .execute()
    for (const { id } of leads) await live.publish('leads', id)
  },
}
