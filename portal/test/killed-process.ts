// Records an event, begins to deliver it, says so, and waits to be killed. Started by the events test.
import { sql } from 'kysely'
import { openDatabase } from '../src/platform/server/database.ts'
import { createRecord, createRelay } from '../src/platform/server/events.ts'
import { createLog } from '../src/platform/server/log.ts'
import { createMetrics } from '../src/platform/server/metrics.ts'
import type { Platform } from '../src/platform/server/platform.ts'
import { openSignals } from '../src/platform/server/signals.ts'

const url = process.argv[2]!
const log = createLog('error')
const database = openDatabase(url, () => {})
const platform = { database, log, record: createRecord(database, () => new Date()), metrics: createMetrics('test') } as Platform
const feature = {
  name: 'killed',
  on: {
    'part.made': [
      {
        name: 'killed',
        async handle({ id, data }: { id: string; data: { part: string } }) {
          await sql`insert into handled (event_id, part) values (${id}, ${data.part})`.execute(database.db())
          process.stdout.write('delivering\n')
          await new Promise(() => {})
        },
      },
    ],
  },
}
await createRelay(platform, [feature], await openSignals(url, log)).start()
await database.transaction(() => platform.record('part.made' as never, { part: 'from the killed process' } as never))
