import { z } from 'zod'
import { endpoint } from '#platform/core'

const record = z.object({
  /** unified social credit code or VAT number; null: not known, like the rest */
  creditCode: z.string().nullable(),
  address: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  notes: z.string().nullable(),
  contacts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      post: z.string().nullable(),
      phone: z.string().nullable(),
      email: z.string().nullable(),
      notes: z.string().nullable(),
      /** null: he cannot sign in */
      accountId: z.string().nullable(),
    }),
  ),
})
export type CompanyRecordView = z.output<typeof record>

export const getCompanyRecord = endpoint({
  id: 'accounts.getCompanyRecord',
  method: 'GET',
  path: '/companies/{companyId}/record',
  summary: 'What the manufacturer knows of a company, with its contacts who need not have an account. Not for the company itself',
  access: { staff: 'company.read' },
  params: z.object({ companyId: z.uuid() }),
  result: record,
})
