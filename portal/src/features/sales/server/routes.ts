import { listStaff } from '#features/accounts/server'
import { discardUpload, type Platform, receiveFile, route } from '#platform/server'
import * as api from '../core/index.ts'
import { answerLead } from './answer-lead.ts'
import { readAnswering, saveAnswering } from './answering.ts'
import { attachmentPurpose, openAttachment, openInquiryAttachment } from './attachments.ts'
import { addEntry, changeLead, lockLead } from './change-lead.ts'
import { describeExport, exportLeads } from './export-leads.ts'
import { listMyInquiries } from './list-my-inquiries.ts'
import { readInquiry } from './read-inquiry.ts'
import { readLead } from './read-lead.ts'
import { listLeads } from './read-leads.ts'
import { returnConfiguration } from './return-configuration.ts'
import { submitInquiry } from './submit-inquiry.ts'

export const salesRoutes = [
  route(api.submitInquiry, async ({ body }, context) => {
    const { token } = await submitInquiry(context, body)
    return { token, path: `/inquiries/${token}` }
  }),
  route(api.getInquiry, ({ params }, { platform }) => readInquiry(platform, params.token)),
  route(api.listMyInquiries, ({ query }, { platform, account }) => listMyInquiries(platform.database, account!, query)),
  route(api.uploadAttachment, ({ body }, context) => receiveFile(context, body, attachmentPurpose)),
  route(api.discardAttachment, async ({ params }, { platform }) => {
    await discardUpload(platform, params.token, attachmentPurpose)
    return undefined
  }),
  route(api.getInquiryAttachment, ({ params, query }, { platform }) =>
    openInquiryAttachment(platform, params.token, params.fileId, query.preview),
  ),
  route(api.getAttachment, ({ params, query }, context) => openAttachment(context, params.fileId, query.preview)),
  route(api.listLeads, ({ query }, { platform, account }) => listLeads(platform, account!, query)),
  route(
    api.exportLeads,
    ({ body }, context) => exportLeads(context, body),
    ({ body }, context) => describeExport(context, body),
  ),
  route(api.listAssignees, async (_, { platform }) => ({ items: await listStaff(platform, 'lead.write') })),
  route(api.getLead, async ({ params }, { platform }) => {
    const lead = await readLead(platform, params.leadId)
    return { value: lead, etag: String(lead.revision) }
  }),
  route(api.changeLead, async ({ params, body, ifMatch }, { platform, account }) => {
    await changeLead(platform, account!, { ...params, ...body, revision: ifMatch })
    const lead = await readLead(platform, params.leadId)
    return { value: lead, etag: String(lead.revision) }
  }),
  route(api.addLeadNote, async ({ params, body }, { platform, account }) => {
    await platform.database.transaction(async () => {
      await lockLead(platform, params.leadId)
      await addEntry(platform, params.leadId, 'note', account!, { text: body.text })
      await platform.audit.write({ action: 'lead.noted', target: { kind: 'lead', id: params.leadId } })
    })
    return readLead(platform, params.leadId)
  }),
  route(api.answerLead, async ({ params, body }, { platform, account }) => {
    await answerLead(platform, account!, { ...params, ...body })
    return readLead(platform, params.leadId)
  }),
  route(api.returnConfiguration, async ({ params, body }, { platform, account }) => {
    await returnConfiguration(platform, account!, { ...params, ...body })
    return readLead(platform, params.leadId)
  }),
  route(api.getAnswering, (_, { platform }) => answering(platform)),
  route(api.saveAnswering, async ({ body, ifMatch }, { platform, account }) => {
    await saveAnswering(platform, account!, { rule: body, revision: ifMatch })
    return answering(platform)
  }),
]

async function answering({ database }: Platform) {
  const { rule, revision } = await readAnswering(database)
  return { value: rule, etag: String(revision) }
}
