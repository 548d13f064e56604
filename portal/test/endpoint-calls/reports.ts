import type { World } from '../two-companies.ts'
import type { Call } from './call.ts'

export const reportsCalls: Record<string, Call> = {
  'reports.listMyReports': {
    call: async world => {
      await ownReport(world, month)
      return {}
    },
    shows: ({ items }) => items.some((one: { month: string }) => one.month === month),
  },
  'reports.getMyReport': { call: async world => ({ params: { month: (await ownReport(world)).month } }), rows: 'company' },
  'reports.getMyReportPdf': { call: async world => ({ params: { month: (await ownReport(world)).month } }), rows: 'company' },
  'reports.listReports': { call: () => ({}) },
  'reports.getReport': { call: async world => ({ params: { reportId: (await ownReport(world)).id } }) },
}

const month = '2020-02'
/** years in which no company has a report */
let year = 1000

/** A report of the company, made anew. */
async function ownReport(world: World, about = `${year++}-02`): Promise<{ id: string; month: string }> {
  const { rows } = await world.database.pool.query<{ id: string }>(
    `insert into health_report (id, company_id, month, facts, made_at) values ($1, $2, $3, '{"machines":[]}', now())
     on conflict (company_id, month) do update set made_at = now() returning id`,
    [world.platform.newId(), world.own.id, about],
  )
  return { id: rows[0]!.id, month: about }
}
