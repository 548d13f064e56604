import { askAsVisitor, getNoticeDraft, getRequest, listRequests, saveNoticeDraft } from '#features/privacy/core'
import { linkToken, type World } from '../two-companies.ts'
import { type Call, freshEmail, none } from './call.ts'

export const privacyCalls: Record<string, Call> = {
  'privacy.getDeclarations': none,
  'privacy.getNotice': none,
  'privacy.getNoticeVersion': { call: () => ({ params: { version: '0' } }) },
  'privacy.getNoticeDraft': none,
  'privacy.saveNoticeDraft': {
    async call({ api }) {
      const { value, etag } = await (await api('admin')).callWithEtag(getNoticeDraft, {})
      return { body: { text: value.text }, ifMatch: etag }
    },
  },
  'privacy.publishNotice': {
    async call({ api }) {
      const admin = await api('admin')
      const { etag } = await admin.callWithEtag(getNoticeDraft, {})
      const text = { 'zh-CN': `# ${crypto.randomUUID()}`, en: '# Ours' }
      const saved = await admin.callWithEtag(saveNoticeDraft, { body: { text }, ifMatch: etag! })
      return { body: { change: { 'zh-CN': '新标题', en: 'Another heading' } }, ifMatch: saved.etag }
    },
  },
  'privacy.askAsVisitor': { call: () => ({ body: { kind: 'access', email: freshEmail() } }) },
  'privacy.confirmRequest': {
    async call(world) {
      const email = freshEmail()
      await (await world.api()).call(askAsVisitor, { body: { kind: 'correction', email } })
      return { body: { token: await linkToken(world, email) } }
    },
  },
  'privacy.getMyPrivacy': none,
  'privacy.askForMyself': {
    call: (_, { password }) => ({ body: { kind: 'correction', proof: { method: 'password', password } } }),
  },
  // what is another person's is not there, for colleagues neither: see privacy.test.ts
  'privacy.fetchExport': {
    call: (_, { password }) => ({
      params: { requestId: crypto.randomUUID() },
      body: { format: 'json', proof: { method: 'password', password } },
    }),
    answers: 404,
  },
  'privacy.withdrawConsent': { call: () => ({ params: { consentId: crypto.randomUUID() } }), answers: 404 },
  'privacy.listRequests': none,
  'privacy.getRequest': { call: async world => ({ params: { requestId: (await newPrivacyRequest(world)).id } }) },
  'privacy.moveRequest': {
    async call(world) {
      const { id, revision } = await newPrivacyRequest(world)
      return { params: { requestId: id }, body: { state: 'refused' }, ifMatch: `"${revision}"` }
    },
  },
  'privacy.getKeys': none,
}

async function newPrivacyRequest(world: World) {
  const email = freshEmail()
  await (await world.api()).call(askAsVisitor, { body: { kind: 'access', email } })
  const admin = await world.api('admin')
  const { items } = await admin.call(listRequests, { query: { limit: 100 } })
  return admin.call(getRequest, { params: { requestId: items.find(item => item.email === email)!.id } })
}
