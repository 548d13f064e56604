/**
 * The portal as `npm start` runs it, with the demo, for benchmarks in a process of its own: without rate limits and stricter mode, since all requests come
 * from one address, and with as many leads as asked for. Prints where it listens; ends with its parent. Arguments: number of leads.
 */
import { loadDemo } from '../portal/src/app/demo.ts'
import { features } from '../portal/src/app/features.ts'
import { builtPages } from '../portal/src/app/pages.ts'
import { startPortal } from '../portal/src/app/portal.ts'
import { contactConsent } from '../portal/src/features/sales/core/consent.ts'
import { readConfig } from '../portal/src/platform/server/config.ts'
import type { Database } from '../portal/src/platform/server/database.ts'

const portal = await startPortal(readConfig(process.env), {
  features,
  pages: async () => ({ pages: await builtPages() }),
  http: { rateLimits: null },
  attackMode: { sampleMs: 86_400_000 }, // the load is no attack
})
await loadDemo(portal.platform)
await portal.settled()
await firstLead()
await multiplyLeads(portal.platform.database, Number(process.argv[2] ?? 0))
console.log(`ready ${await portal.listen()}`)
process.on('message', tellHeld)
process.on('disconnect', stop)
process.on('SIGTERM', stop)

function stop(): void {
  void portal.stop().then(() => process.exit(0))
}

/** To whoever asks: the bytes that are held once what nobody needs is collected. Wants --expose-gc. */
function tellHeld(): void {
  globalThis.gc!()
  const { heapUsed, external } = process.memoryUsage()
  process.send!(heapUsed + external)
}

/** By an inquiry, as a visitor sends it. */
async function firstLead(): Promise<void> {
  const call = async (path: string, body?: unknown) => {
    const answer = await portal.http.app.request(`http://portal.test/api/v1${path}`, {
      ...(body === undefined
        ? {}
        : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    return (await answer.json()) as Record<string, unknown>
  }
  const { items } = (await call('/products')) as {
    items: { modelVersionId: string; selection: unknown; startingPrice: { net: number } | null }[]
  }
  const { modelVersionId, selection, startingPrice } = items.find(item => item.startingPrice !== null)!
  await call('/inquiries', {
    configuration: { modelVersionId, decisions: [], selection, net: startingPrice!.net },
    contact: { name: 'Visitor', company: 'Visitors Ltd', email: 'visitor@visitor.example' },
    consent: { version: contactConsent.version, accepted: true },
  })
  await portal.settled()
}

/** Copies of the leads there are, each with a contact and an inquiry of its own, spread over three years. */
async function multiplyLeads(database: Database, count: number): Promise<void> {
  if (count === 0) return
  const client = await database.pool.connect()
  try {
    await client.query('begin')
    await client.query(
      `create temporary table copy on commit drop as
      select place, l.id as lead, i.id as inquiry, c.id as contact, gen_random_uuid() as new_lead, gen_random_uuid() as new_inquiry,
        gen_random_uuid() as new_contact, now() - place * interval '15 minutes' as at
      from generate_series(1, ${count}) as place
      join (select *, row_number() over (order by id) - 1 as turn, count(*) over () as all_of_them from lead) l on l.turn = place % l.all_of_them
      join inquiry i on i.id = l.inquiry_id join contact c on c.id = i.contact_id`,
    )
    for (const [table, changes] of [
      ['contact', { id: 'new_contact', created_at: 'at' }],
      [
        'inquiry',
        { id: 'new_inquiry', contact_id: 'new_contact', token: 'replace(new_inquiry::text, $$-$$, $$$$)', created_at: 'at' },
      ],
      ['lead', { id: 'new_lead', inquiry_id: 'new_inquiry', created_at: 'at', updated_at: 'at' }],
    ] as const) {
      const { rows } = await client.query<{ name: string }>(`
        select column_name as name from information_schema.columns
        where table_schema = 'public' and table_name = '${table}' and is_identity = 'NO' and is_generated = 'NEVER'
          and coalesce(column_default, '') not like 'nextval%'`)
      const columns = rows.map(({ name }) => name)
      const values = columns.map(name => (changes as Record<string, string>)[name] ?? `t.${name}`)
      await client.query(
        `insert into ${table} (${columns.join(', ')}) select ${values.join(', ')} from copy join ${table} t on t.id = copy.${table}`,
      )
    }
    await client.query('commit')
  } finally {
    client.release()
  }
  await database.pool.query('analyze')
}
