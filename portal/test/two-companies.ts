import type { Model } from '@fettle/engine'
import { getMe, signUp, verifyEmail } from '#features/accounts/core'
import { saveConfiguration } from '#features/configurator/core'
import { getProduct } from '#features/products/core'
import { contactConsent, submitInquiry } from '#features/sales/core'
import type { Api } from '#platform/core'
import { publishDrillStand, standardDraft } from './small-product.ts'
import type { TestPortal, Visitor } from './test-portal.ts'

/** A customer firm with an administrator and a member, a saved configuration and an inquiry with its lead. */
export interface Company {
  id: string
  name: string
  admin: Person
  member: Person
  configurationToken: string
  inquiryToken: string
  leadId: string
}

export interface Person {
  id: string
  email: string
  /** how he signs in */
  visitor: Extract<Visitor, object>
  api: Api
}

export interface World extends TestPortal {
  /** whose rows are asked for */
  own: Company
  /** whose people are strangers to them */
  other: Company
  productId: string
  modelVersionId: string
}

const password = 'a bench, a vice and a file'

/** Two companies with rows of everything a company has. change: of the drill stand that they configure */
export async function twoCompanies(portal: TestPortal, change: Partial<Model> = {}): Promise<World> {
  const productId = await publishDrillStand(portal.platform, change)
  const { modelVersionId } = await (await portal.api()).call(getProduct, { params: { slug: 'drill-stand' } })
  const own = await newCompany(portal, 'Alpha Machining', 'alpha.example', modelVersionId)
  const other = await newCompany(portal, 'Beta Tools', 'beta.example', modelVersionId)
  return { ...portal, own, other, productId, modelVersionId }
}

async function newCompany(portal: TestPortal, name: string, domain: string, modelVersionId: string): Promise<Company> {
  const admin = await newCustomer(portal, { email: `owner@${domain}`, companyName: name })
  const member = await newCustomer(portal, { email: `member@${domain}` })
  const { account } = await admin.api.call(getMe, {})
  const id = account!.companyId!
  const { pool } = portal.database
  await pool.query(`update company_member set company_id = $1, role = 'member' where person_id = $2`, [id, member.id])
  const saved = await member.api.call(saveConfiguration, { body: standardDraft(modelVersionId) })
  const inquiry = await admin.api.call(submitInquiry, {
    body: {
      configuration: { token: saved.token },
      contact: { email: admin.email, company: name },
      consent: { version: contactConsent.version, accepted: true },
    },
  })
  await portal.portal.settled()
  const { rows } = await pool.query('select l.id from lead l join inquiry i on i.id = l.inquiry_id where i.token = $1', [
    inquiry.token,
  ])
  return { id, name, admin, member, configurationToken: saved.token, inquiryToken: inquiry.token, leadId: rows[0].id }
}

/** Signs a customer up and confirms his address. */
export async function newCustomer(
  portal: TestPortal,
  { email, companyName }: { email: string; companyName?: string },
): Promise<Person> {
  const nobody = await portal.api()
  const visitor = { email, password }
  await nobody.call(signUp, { body: { name: `Person ${email}`, ...visitor, ...(companyName ? { companyName } : {}) } })
  await nobody.call(verifyEmail, { body: { token: await linkToken(portal, email) } })
  const api = await portal.api(visitor)
  return { id: (await api.call(getMe, {})).account!.id, email, visitor, api }
}

/** The token of the link in the last mail to an address. */
export async function linkToken({ mails }: TestPortal, email: string): Promise<string> {
  const token = (await mails()).findLast(mail => mail.to === email)?.text.match(/[?&]token=([\w-]+)/)?.[1]
  if (!token) throw new Error(`No mail with a link to ${email}`)
  return token
}
