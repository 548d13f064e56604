import { saveConfiguration } from '#features/configurator/core'
import { getProduct } from '#features/products/core'
import { contactConsent, getAnswering, getInquiry, getLead, submitInquiry, uploadAttachment } from '#features/sales/core'
import { standardDraft } from '../small-product.ts'
import type { Company, World } from '../two-companies.ts'
import { type Call, none } from './call.ts'

export const salesCalls: Record<string, Call> = {
  'sales.submitInquiry': {
    call: ({ own }) => ({
      body: {
        configuration: { token: own.configurationToken },
        contact: { email: own.admin.email },
        consent: { version: contactConsent.version, accepted: true },
      },
    }),
  },
  'sales.getInquiry': { call: ({ own }) => ({ params: { token: own.inquiryToken } }) },
  'sales.listMyInquiries': {
    call: () => ({}),
    shows: ({ items }, { inquiryToken }) => items.some((item: { token: string }) => item.token === inquiryToken),
  },
  'sales.uploadAttachment': { call: () => ({ file: '%PDF-1.7' }) },
  'sales.discardAttachment': { call: async ({ own }) => ({ params: { token: (await newUpload(own)).token } }) },
  'sales.getInquiryAttachment': { call: async ({ own }) => ({ params: await newAttachment(own) }) },
  'sales.getAttachment': {
    call: async ({ own }) => ({ params: { fileId: (await newAttachment(own)).fileId } }),
    rows: 'company',
  },
  'sales.listLeads': { call: () => ({ query: { limit: 100 } }) },
  'sales.exportLeads': { call: () => ({ body: { format: 'csv', search: 'nobody is called so' } }) },
  'sales.listAssignees': none,
  'sales.getLead': { call: ({ own }) => ({ params: { leadId: own.leadId } }) },
  'sales.changeLead': {
    async call(world) {
      const { value, etag } = await (await world.api('sales')).callWithEtag(getLead, { params: { leadId: world.own.leadId } })
      return { params: { leadId: value.id }, body: { assigneeId: null }, ifMatch: etag }
    },
  },
  'sales.addLeadNote': { call: ({ own }) => ({ params: { leadId: own.leadId }, body: { text: 'a note' } }) },
  'sales.returnConfiguration': {
    call: async world => ({ params: { leadId: world.own.leadId }, body: { token: await newConfiguration(world) } }),
  },
  'sales.answerLead': {
    call: ({ own }) => ({ params: { leadId: own.leadId }, body: { subject: 'Offer', text: 'Here it is.' } }),
  },
  'sales.getAnswering': none,
  'sales.saveAnswering': {
    async call({ api }) {
      const { value, etag } = await (await api('admin')).callWithEtag(getAnswering, {})
      return { body: value, ifMatch: etag }
    },
  },
}

/** As sales saves one in the configurator. */
async function newConfiguration({ api, modelVersionId }: World): Promise<string> {
  const sales = await api('sales')
  const { startingPrice } = await sales.call(getProduct, { params: { slug: 'drill-stand' } })
  const body = { ...standardDraft(modelVersionId), net: startingPrice!.net }
  return (await sales.call(saveConfiguration, { body })).token
}

const newUpload = ({ admin }: Company) =>
  admin.api.call(uploadAttachment, { body: { name: 'drawing.pdf', content: new Blob(['%PDF-1.7']) } })

async function newAttachment(company: Company) {
  const { token } = await company.admin.api.call(submitInquiry, {
    body: {
      configuration: { token: company.configurationToken },
      contact: { email: company.admin.email },
      attachments: [(await newUpload(company)).token],
      consent: { version: contactConsent.version, accepted: true },
    },
  })
  const { attachments } = await company.admin.api.call(getInquiry, { params: { token } })
  return { token, fileId: attachments[0]!.id }
}
