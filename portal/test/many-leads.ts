import { getProduct } from '#features/products/core'
import { contactConsent, submitInquiry } from '#features/sales/core'
import { emailDigest } from '#platform/server'
import { publishDrillStand, standardDraft } from './small-product.ts'
import type { TestPortal } from './test-portal.ts'

/** One inquiry through the portal, and then copies of it, each of another contact, ten minutes apart. One in 9,000 of them has this address, all say so. */
export async function fillWithLeads(
  { api, platform, portal, database }: TestPortal,
  many: number,
  address: string,
): Promise<void> {
  await publishDrillStand(platform)
  const visitor = await api()
  const { modelVersionId } = await visitor.call(getProduct, { params: { slug: 'drill-stand' } })
  await visitor.call(submitInquiry, {
    body: {
      configuration: standardDraft(modelVersionId),
      contact: { name: '王磊', company: '常州磊鑫机械', phone: '13800138000' },
      consent: { version: contactConsent.version, accepted: true },
    },
  })
  await portal.settled()
  const { vault } = platform
  await database.pool.query(
    `
    with n as (select g, gen_random_uuid() as contact, gen_random_uuid() as inquiry, '公司' || g % 9000 as company,
        case when g % 9000 = 4711 then $1 else 'digest ' || g end as email,
        date_trunc('milliseconds', now()) - g * interval '10 minutes' as at
      from generate_series(1, ${many}) g),
    k as (insert into contact (id, name, email, email_digest, company_name, language, created_at)
      select contact, '客户' || g, $2, email, company, 'zh-CN', at from n),
    i as (insert into inquiry (id, token, configuration_id, contact_id, message, unlisted, consent_version, consent_at, source, created_at)
      select inquiry, 'token' || g, (select id from configuration limit 1), contact, $3, $4, '1', at, '{}', at from n)
    insert into lead (id, inquiry_id, status, assignee_id, net, currency, created_at, updated_at, product_id, search, email_digest)
      select gen_random_uuid(), inquiry, (array['new', 'contacted', 'qualified', 'offered', 'won', 'lost'])[g % 6 + 1], null, g * 100, 'CNY', at, at,
        (select id from product limit 1), '客户' || g || e'\\n' || company, email from n`,
    [
      emailDigest(vault, address),
      await vault.seal(address, 'contact.email'),
      await vault.seal('', 'inquiry.message'),
      await vault.seal('', 'inquiry.unlisted'),
    ],
  )
  await database.pool.query('analyze')
}
