import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { getProduct } from '#features/products/core'
import { emailDigest } from '#platform/server'
import { publishDrillStand, standardDraft } from '../../../../test/small-product.ts'
import { caughtMails, testPortal } from '../../../../test/test-portal.ts'
import { contactConsent, listLeads } from '../core/index.ts'

const { features } = await import('../../../app/features.ts')
const { startPortal } = await import('../../../app/portal.ts')

// Serves requests and no listeners, until the portal that does is killed.
const { api, platform, database } = await testPortal({ background: false })
await publishDrillStand(platform)
const { modelVersionId } = await (await api()).call(getProduct, { params: { slug: 'drill-stand' } })
const sales = await api('sales')

test.each(['sales.open-lead', 'sales.confirm-inquiry'])(
  'an inquiry whose portal is killed inside %s becomes one lead and one mail',
  async listener => {
    const email = `${listener}@example.com`
    const inquiry = JSON.stringify({
      configuration: standardDraft(modelVersionId),
      contact: { email },
      consent: { version: contactConsent.version, accepted: true },
    })
    const { databaseUrl, dataDir } = platform.config
    const child = spawn(
      process.execPath,
      [new URL('../../../../test/killed-inquiry.ts', import.meta.url).pathname, listener, inquiry],
      {
        env: { ...process.env, FETTLE_MODE: 'demo', DATABASE_URL: databaseUrl!, DATA_DIR: dataDir },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    await once(child.stdout!, 'data')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect((await sales.call(listLeads, { query: { search: email } })).total).toBe(0)
    expect(
      (await database.pool.query('select id from caught_mail where recipient_digest = $1', [emailDigest(platform.vault, email)]))
        .rows,
    ).toEqual([])

    const next = await startPortal(platform.config, { features, log: platform.log })
    try {
      // the database takes a moment to see that the killed portal is gone
      let mails = await caughtMails(next)
      let leads = await sales.call(listLeads, { query: { search: email } })
      const done = () => leads.total > 0 && mails.some(mail => mail.to === email)
      for (const deadline = Date.now() + 15_000; !done() && Date.now() < deadline; ) {
        mails = await caughtMails(next)
        leads = await sales.call(listLeads, { query: { search: email } })
      }
      expect(mails.filter(mail => mail.to === email)).toHaveLength(1)
      const { items } = leads
      expect(items).toHaveLength(1)
      const entries = await database.pool.query('select kind from lead_entry where lead_id = $1', [items[0]!.id])
      expect(entries.rows).toEqual([{ kind: 'submitted' }])
      const opened = await database.pool.query(`select id from event where name = 'lead.opened' and data ->> 'leadId' = $1`, [
        items[0]!.id,
      ])
      expect(opened.rows).toHaveLength(1)
    } finally {
      await next.stop()
    }
  },
)
