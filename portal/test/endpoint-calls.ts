import { writeXlsx } from 'hucre/xlsx'
import {
  forgotPassword,
  getStaffMember,
  inviteColleague,
  inviteStaff,
  makeApiKey,
  type PermissionName,
  signUp,
} from '#features/accounts/core'
import { saveConfiguration } from '#features/configurator/core'
import { createPage, getMenus, getPage, publishPage, saveDraft } from '#features/content/core'
import { addRootFile, getDiscovery, saveDiscovery } from '#features/discovery/core'
import { addVersion, createDocument, getManagedDocument, uploadDocumentFile } from '#features/documents/core'
import { getBefore } from '#features/figures/core'
import { declaration } from '#features/imports/core'
import { getBrand, getProfile, getSite } from '#features/manufacturer/core'
import { agreement, createOffer, getOffer, sendOffer } from '#features/offers/core'
import { askAsVisitor, getNoticeDraft, getRequest, listRequests, saveNoticeDraft } from '#features/privacy/core'
import { getPreset, getPricing, getProduct, importDraft } from '#features/products/core'
import { importRedirects, listRedirects } from '#features/redirects/core'
import { addRobot, listRobots } from '#features/robots/core'
import { contactConsent, getAnswering, getInquiry, getLead, submitInquiry, uploadAttachment } from '#features/sales/core'
import type { Access, CallInput } from '#platform/core'
import { confirmingApi } from './confirming.ts'
import { drillStand, publishDrillStand, standardDraft } from './small-product.ts'
import { type Company, linkToken, type World } from './two-companies.ts'

/** How one operation is called so that it succeeds for whoever may, and whose rows it is about. */
export interface Call {
  /** Makes what the call needs, anew for every visitor, of the company `own`. */
  call(world: World, caller: Caller): Input | Promise<Input>
  /** The row belongs to the company: people of another get 404. Absent: whoever has the permission reaches it. */
  rows?: 'company'
  /** Whether a list holds the row of the company; it must not for people of another. */
  // biome-ignore lint/suspicious/noExplicitAny: an answer read from JSON
  shows?(answer: any, company: Company): boolean
  /** each visitor comes with a session of his own, which the call ends, or with it others of his */
  endsSession?: 'own' | 'others'
  /** status of success where it is not the endpoint's */
  answers?: number
  /** for what the document lists beside the endpoints */
  operation?: { method: 'GET'; path: `/${string}`; access: Access; status: 200 }
}

interface Caller {
  password: string
  /** what he may give an API key */
  scopes: readonly PermissionName[]
}

interface Input {
  params?: Record<string, string>
  query?: Record<string, string | number>
  body?: unknown
  /** the content of a file, instead of a body */
  file?: string | Uint8Array<ArrayBuffer>
  ifMatch?: string
}

const none = { call: () => ({}) }

/** Nobody answers there. */
const aMailServer = {
  ...{ host: '127.0.0.1', port: 1, security: 'none', user: '' },
  ...{ senderName: '', senderAddress: 'portal@example.com', replyTo: '' },
}

async function mailServerSeen({ database }: World): Promise<string> {
  const { rows } = await database.pool.query('select revision from mail_server')
  return `"${rows[0]?.revision ?? 0}"`
}

/** A drill stand for this call alone: what publishes another version withdraws the one that other calls configure. */
async function newProduct({ platform, database }: World) {
  const productId = await publishDrillStand(platform, { id: `own_${crypto.randomUUID().slice(0, 8)}` })
  const { rows } = await database.pool.query('select slug, current_version_id from product where id = $1', [productId])
  return { productId, modelVersionId: rows[0].current_version_id as string, modelId: rows[0].slug.replaceAll('-', '_') as string }
}

/** A product's address, and the revision it stands at. */
async function productSeen({ database }: World, productId: string) {
  const { rows } = await database.pool.query('select revision from product where id = $1', [productId])
  return { params: { productId }, ifMatch: `"${rows[0].revision}"` }
}

/** A product with a draft beside its current version. */
async function newDraft(world: World): Promise<string> {
  const { productId, modelId } = await newProduct(world)
  const body = { fileName: 'm.json', text: JSON.stringify({ ...drillStand, id: modelId, version: '2.0.0' }) }
  await (await world.api('product')).call(importDraft, { params: { productId }, body })
  return productId
}

const aDocument = { title: { 'zh-CN': '手册', en: 'Manual' }, kind: 'manual', language: 'both', audience: 'everybody' } as const

/** The token of a file like no other. */
async function newDocumentFile(world: World): Promise<string> {
  const content = new Blob([`%PDF-1.7 ${crypto.randomUUID()}`])
  return (await (await world.api('product')).call(uploadDocumentFile, { body: { name: 'manual.pdf', content } })).token
}

/** A document's address, and the revision it stands at. */
async function newDocument(world: World, change: Partial<Parameters<typeof bodyOf>[0]> = {}) {
  const body = bodyOf({ ...change, token: await newDocumentFile(world) })
  const { value, etag } = await (await world.api('service')).callWithEtag(createDocument, { body })
  return { params: { documentId: value.id }, ifMatch: etag }
}

const bodyOf = (change: Partial<CallInput<typeof createDocument>['body']> & { token: string }) => ({ ...aDocument, ...change })

const aRootFile = () => ({ name: `MP_verify_${crypto.randomUUID().slice(0, 8)}.txt`, content: 'whose portal it is' })

const discoverySeen = async ({ api }: World) => (await (await api('admin')).callWithEtag(getDiscovery, {})).etag!

const freshSlug = () => `page-${crypto.randomUUID().slice(0, 8)}`

/** A page of the manufacturer with one block, and the revision it stands at. */
async function newPage({ api }: World, { published = false } = {}) {
  const marketing = await api('marketing')
  const slug = freshSlug()
  const title = { 'zh-CN': '页面', en: 'Page' }
  const { pageId } = await marketing.call(createPage, { body: { kind: 'page', title, slug } })
  const params = { pageId }
  const begun = await marketing.callWithEtag(getPage, { params })
  const heading = { 'zh-CN': '', en: '' }
  const blocks = [{ id: 'a', kind: 'text' as const, values: { heading, text: title } }]
  const document = { ...begun.value.document, blocks }
  const saved = await marketing.callWithEtag(saveDraft, { params, body: { document }, ifMatch: begun.etag })
  const seen = published ? await marketing.callWithEtag(publishPage, { params, body: {}, ifMatch: saved.etag }) : saved
  return { pageId, slug, document, etag: seen.etag, versionId: seen.value.versions[0]?.id }
}

async function pageSeen(world: World, wish: { published?: boolean } = {}) {
  const { pageId, etag } = await newPage(world, wish)
  return { params: { pageId }, ifMatch: etag }
}

const password = 'a bench, a vice and a file'
const freshEmail = () => `${crypto.randomUUID()}@visitor.example`
const freshMobile = () => `139${String(crypto.getRandomValues(new Uint32Array(1))[0]! % 10 ** 8).padStart(8, '0')}`

/** Asking for one that is not there does nothing, and does it twice. */
const noLetter = () => ({ kind: 'mail', source: 'mail', id: crypto.randomUUID() })

/** An answer to a challenge nobody made. */
const foreignPasskey = {
  id: 'AAAA',
  rawId: 'AAAA',
  type: 'public-key',
  clientExtensionResults: {},
  response: { clientDataJSON: 'e30', authenticatorData: 'AAAA', signature: 'AAAA' },
}

/** Every operation, by id. */
export const endpointCalls: Record<string, Call> = {
  'accounts.signIn': { call: ({ own }) => ({ body: own.admin.visitor }), endsSession: 'own' },
  'accounts.signOut': { call: () => ({}), endsSession: 'own' },
  'accounts.signUp': { call: () => ({ body: { name: 'Visitor', email: freshEmail(), password } }) },
  'accounts.verifyEmail': {
    async call(world) {
      const email = freshEmail()
      await (await world.api()).call(signUp, { body: { name: 'Visitor', email, password } })
      return { body: { token: await linkToken(world, email) } }
    },
  },
  'accounts.resendVerification': { call: () => ({ body: { email: freshEmail() } }) },
  'accounts.forgotPassword': { call: () => ({ body: { email: freshEmail() } }) },
  'accounts.resetPassword': {
    async call(world) {
      const email = freshEmail()
      const nobody = await world.api()
      await nobody.call(signUp, { body: { name: 'Visitor', email, password } })
      await nobody.call(forgotPassword, { body: { email } })
      return { body: { token: await linkToken(world, email), password: `${password}, again` } }
    },
  },
  // the portal has its first administrator already
  'accounts.setUp': {
    call: () => ({ body: { token: 'x'.repeat(32), name: 'M', email: freshEmail(), password } }),
    answers: 410,
  },
  'accounts.listDemoAccounts': none,
  'accounts.getMe': none,
  'accounts.changeMe': { call: () => ({ body: {} }) },
  'accounts.getMyCompany': { call: () => ({}), shows: (company, { id }) => company.id === id },
  'accounts.listRoles': none,
  'accounts.listStaff': none,
  'accounts.getStaffMember': { call: async world => ({ params: { accountId: (await newColleague(world)).id } }) },
  'accounts.inviteStaff': { call: () => ({ body: { name: 'Colleague', email: freshEmail(), roles: ['sales'] } }) },
  'accounts.changeStaff': {
    async call(world) {
      const { id, revision } = await newColleague(world)
      return { params: { accountId: id }, body: { roles: ['service'] }, ifMatch: `"${revision}"` }
    },
  },
  'accounts.resetSecondFactor': {
    call: async world => ({ params: { accountId: (await newColleague(world)).id } }),
    answers: 409, // he has none
  },
  'accounts.resendStaffInvitation': {
    async call(world) {
      await makeRoom(world)
      return { params: { accountId: (await newColleague(world)).id } }
    },
  },
  'accounts.withdrawStaffInvitation': { call: async world => ({ params: { accountId: (await newColleague(world)).id } }) },

  'accounts.listCompanies': { call: ({ own }) => ({ query: { q: own.name } }) },
  'accounts.getCompany': { call: ({ own }) => ({ params: { companyId: own.id } }) },
  'accounts.getCompanyRecord': { call: ({ own }) => ({ params: { companyId: own.id } }) },
  'accounts.changeCompany': {
    async call({ own, database }) {
      const { rows } = await database.pool.query('select revision from company where id = $1', [own.id])
      return { params: { companyId: own.id }, body: { name: own.name }, ifMatch: `"${rows[0].revision}"` }
    },
    rows: 'company',
  },
  'accounts.listInvitations': { call: ({ own }) => ({ params: { companyId: own.id } }), rows: 'company' },
  'accounts.inviteColleague': {
    async call(world) {
      await makeRoom(world)
      return { params: { companyId: world.own.id }, body: { email: freshEmail(), language: 'en' } }
    },
    rows: 'company',
  },
  'accounts.resendInvitation': {
    call: async world => ({ params: { invitationId: (await newInvitation(world)).id } }),
    rows: 'company',
  },
  'accounts.withdrawInvitation': {
    call: async world => ({ params: { invitationId: (await newInvitation(world)).id } }),
    rows: 'company',
  },
  'accounts.changeCompanyRole': {
    call: async world => ({ params: { accountId: await newMember(world) }, body: { role: 'company-admin' } }),
    rows: 'company',
  },
  'accounts.removeFromCompany': { call: async world => ({ params: { accountId: await newMember(world) } }), rows: 'company' },
  'accounts.readInvitation': {
    call: async world => ({ params: { token: await linkToken(world, (await newInvitation(world)).email) } }),
  },
  'accounts.joinAsNewcomer': {
    call: async world => ({
      body: { token: await linkToken(world, (await newInvitation(world)).email), name: 'Newcomer', password },
    }),
    endsSession: 'own',
  },
  'accounts.joinCompany': {
    call: async world => ({ body: { token: await linkToken(world, (await newInvitation(world)).email) } }),
    answers: 409, // it is for another address
  },

  'operations.readHealth': none,
  'operations.readAttackMode': none,
  'operations.switchAttackMode': { call: () => ({ body: { mode: 'auto' } }) },
  'operations.listDeadLetters': none,
  'operations.replayDeadLetters': { call: () => ({ body: { from: { kind: 'mail', source: 'mail' } } }) },
  'operations.setLettersAside': { call: () => ({ body: { letters: [noLetter()], reason: 'done by hand' } }) },
  'operations.takeLettersBack': { call: () => ({ body: { letters: [noLetter()] } }) },

  'accounts.takeSecondStep': {
    call: () => ({ body: { token: 'x'.repeat(32), proof: { method: 'totp', code: '123456' } } }),
    answers: 410, // a token nobody was given
  },
  'accounts.beginInSecondStep': { call: () => ({ body: { token: 'x'.repeat(32) } }), answers: 410 },
  'accounts.askForPasskeyInSecondStep': { call: () => ({ body: { token: 'x'.repeat(32) } }), answers: 410 },
  'accounts.askForPasskeyToSignIn': none,
  'accounts.signInByPasskey': { call: () => ({ body: { response: foreignPasskey } }), answers: 403 },
  'accounts.askForPasskey': none,
  'accounts.beginPasskey': { call: (_, { password }) => ({ body: { proof: { method: 'password', password } } }) },
  'accounts.addPasskey': { call: () => ({ body: { response: foreignPasskey, name: 'Laptop' } }), answers: 403 },
  'accounts.renamePasskey': {
    call: () => ({ params: { passkeyId: crypto.randomUUID() }, body: { name: 'Laptop' } }),
    answers: 404, // has none
  },
  'accounts.removePasskey': {
    call: (_, { password }) => ({
      params: { passkeyId: crypto.randomUUID() },
      body: { proof: { method: 'password', password } },
    }),
    answers: 404,
  },
  'accounts.askForPhoneCode': { call: () => ({ body: { phone: freshMobile() } }) },
  'accounts.signInByPhone': { call: () => ({ body: { token: crypto.randomUUID(), code: '123456' } }), answers: 403 }, // a token nobody was given
  'accounts.askForPhoneProof': { call: () => ({}), answers: 404 }, // has no number
  'accounts.beginPhone': {
    call: (_, { password }) => ({ body: { phone: freshMobile(), proof: { method: 'password', password } } }),
  },
  'accounts.confirmPhone': {
    call: () => ({ body: { token: 'x'.repeat(32), phone: freshMobile(), code: '123456' } }),
    answers: 403,
  },
  'accounts.removePhone': { call: (_, { password }) => ({ body: { proof: { method: 'password', password } } }), answers: 404 },
  'accounts.listProviders': none,
  'accounts.startAtProvider': { call: () => ({ params: { providerId: 'nowhere' }, body: {} }), answers: 404 }, // none is set up
  'accounts.linkProvider': {
    call: (_, { password }) => ({ params: { providerId: 'nowhere' }, body: { proof: { method: 'password', password } } }),
    answers: 404, // none is set up
  },
  'accounts.unlinkProvider': {
    call: (_, { password }) => ({ params: { providerId: 'nowhere' }, body: { proof: { method: 'password', password } } }),
    answers: 404,
  },
  'accounts.getSecurity': none,
  'accounts.changePassword': {
    call: () => ({ body: { current: 'not the present one', password: 'a lathe, a mill and a drill' } }),
    answers: 422, // the visitor's other calls need his password
  },
  'accounts.beginAuthenticator': { call: (_, { password }) => ({ body: { proof: { method: 'password', password } } }) },
  'accounts.confirmAuthenticator': { call: () => ({ body: { code: '123456' } }), answers: 422 }, // not the app's code
  'accounts.turnAuthenticatorOff': { call: (_, { password }) => ({ body: { proof: { method: 'password', password } } }) },
  'accounts.renewRecoveryCodes': {
    call: (_, { password }) => ({ body: { proof: { method: 'password', password } } }),
    answers: 409, // has no authenticator app
  },

  'accounts.listMySessions': none,
  'accounts.endMySession': {
    // each caller ends the session he comes with
    call: async ({ database }) => {
      const { rows } = await database.pool.query('select id from session order by created_at desc, id desc limit 1')
      return { params: { sessionId: rows[0].id } }
    },
    endsSession: 'others',
  },
  'accounts.endMyOtherSessions': { call: () => ({}), endsSession: 'others' },
  'accounts.listSessionsOf': { call: async world => ({ params: { accountId: await newMember(world) } }) },
  'accounts.endSessionOf': {
    call: async world => ({ params: { accountId: await newMember(world), sessionId: crypto.randomUUID() } }),
    answers: 404, // he has none
  },
  'accounts.endSessionsOf': { call: async world => ({ params: { accountId: await newMember(world) } }), rows: 'company' },
  'accounts.deactivate': { call: async world => ({ params: { accountId: await newMember(world) } }), rows: 'company' },
  'accounts.reactivate': { call: async world => ({ params: { accountId: await newMember(world) } }), rows: 'company' },
  'accounts.listMyApiKeys': none,
  'accounts.makeApiKey': { call: (_, { scopes }) => ({ body: { name: walked, scopes: scopes.slice(0, 1), days: 1 } }) },
  'accounts.revokeMyApiKey': { call: () => ({ params: { keyId: crypto.randomUUID() } }), answers: 404 }, // has none
  'accounts.listApiKeysOf': { call: ({ own }) => ({ params: { accountId: own.member.id } }), rows: 'company' },
  'accounts.revokeApiKeyOf': {
    call: async world => ({ params: { accountId: world.own.member.id, keyId: await newKey(world) } }),
    rows: 'company',
  },
  'accounts.confirm': {
    call: (_, { password }) => ({
      body: { request: 'x'.repeat(40), proof: { method: 'password', password }, reason: 'to see it refused' },
    }),
    answers: 410, // nothing that was asked
  },
  'accounts.listApprovals': none,
  'accounts.decideApproval': {
    call: async world => ({ params: { approvalId: await newQuestion(world) }, body: { decision: 'approve' } }),
  },

  'manufacturer.getManufacturer': none,
  'manufacturer.getProfile': none,
  'manufacturer.saveProfile': {
    async call({ api }) {
      const { value, etag } = await (await api('admin')).callWithEtag(getProfile, {})
      return { body: { ...value.profile, name: { 'zh-CN': '智造先锋', en: 'Zhizao Pioneer' } }, ifMatch: etag }
    },
  },

  // nobody has written an imprint here
  'manufacturer.getImprint': { call: () => ({}), answers: 404 },
  'manufacturer.getSite': none,
  'manufacturer.saveSite': {
    async call({ api }) {
      const { value, etag } = await (await api('admin')).callWithEtag(getSite, {})
      return { body: { languages: value.languages }, ifMatch: etag }
    },
  },
  'manufacturer.getBrand': none,
  'manufacturer.saveBrand': {
    async call(world) {
      const { etag } = await (await world.api('admin')).callWithEtag(getBrand, {})
      return { body: { signal: null }, ifMatch: etag }
    },
  },
  // a file that is no picture gets as far as being looked at
  'manufacturer.uploadBrandPicture': { call: () => ({ params: { picture: 'logo' }, file: '%PDF-1.7' }), answers: 422 },
  'manufacturer.removeBrandPicture': { call: () => ({ params: { picture: 'mark' } }) },
  'products.listProducts': none,
  'products.getProduct': { call: () => ({ params: { slug: 'drill-stand' } }) },
  'products.getModel': { call: ({ modelVersionId }) => ({ params: { modelVersionId } }) },
  'products.listManagedProducts': none,
  'products.getPricing': none,
  'products.savePricing': {
    async call(world) {
      const { value, etag } = await (await world.api('admin')).callWithEtag(getPricing, {})
      return { body: value, ifMatch: etag }
    },
  },
  'products.getShownPrices': none,
  'products.getPreset': none,
  'products.savePreset': {
    async call({ api }) {
      const { value, etag } = await (await api('admin')).callWithEtag(getPreset, {})
      return { body: value, ifMatch: etag }
    },
  },
  'products.importModel': {
    call: () => ({
      body: { fileName: 'm.json', text: JSON.stringify({ ...drillStand, id: `imported_${crypto.randomUUID().slice(0, 8)}` }) },
    }),
  },
  'products.modelTemplate': none,
  'products.exportModel': { call: ({ productId }) => ({ params: { productId } }) },
  'products.changeProduct': {
    async call(world) {
      return { ...(await productSeen(world, world.productId)), body: { status: 'published' } }
    },
  },
  'products.getManagedProduct': { call: ({ productId }) => ({ params: { productId } }) },
  'products.importDraft': {
    call: ({ productId }) => ({
      params: { productId },
      body: { fileName: 'm.json', text: JSON.stringify({ ...drillStand, version: '2.0.0' }) },
    }),
  },
  'products.publishDraft': {
    async call(world) {
      const seen = await productSeen(world, await newDraft(world))
      return { ...seen, body: { reason: 'New prices', acceptWarnings: true } }
    },
  },
  'products.discardDraft': {
    async call(world) {
      return productSeen(world, await newDraft(world))
    },
  },
  'products.publishAgain': {
    async call(world) {
      const { productId, modelVersionId } = await newProduct(world)
      const { ifMatch } = await productSeen(world, productId)
      return { params: { productId, modelVersionId }, ifMatch, body: { reason: 'The prices were wrong' } }
    },
  },
  'products.getVersionModel': { call: ({ productId, modelVersionId }) => ({ params: { productId, modelVersionId } }) },
  'products.compareVersions': {
    call: ({ productId, modelVersionId }) => ({
      params: { productId },
      query: { before: modelVersionId, after: modelVersionId },
    }),
  },

  'documents.listDocuments': { call: () => ({ query: { kind: 'manual' } }) },
  'documents.hasDocuments': none,
  'documents.getDocument': { call: async world => ({ params: (await newDocument(world)).params }) },
  'documents.downloadDocument': { call: async world => ({ params: (await newDocument(world)).params }) },
  'documents.listMyDocuments': {
    async call(world) {
      const { own } = world
      await newDocument(world, { audience: 'companies', companies: [own.id], title: { 'zh-CN': own.name, en: own.name } })
      return {}
    },
    shows: ({ others }, { name }) => others.some(({ title }: { title: { en: string } }) => title.en === name),
  },
  'documents.listManagedDocuments': none,
  'documents.getManagedDocument': { call: async world => ({ params: (await newDocument(world)).params }) },
  'documents.uploadDocumentFile': { call: () => ({ file: '%PDF-1.7' }) },
  'documents.createDocument': { call: async world => ({ body: { ...aDocument, token: await newDocumentFile(world) } }) },
  'documents.changeDocument': { call: async world => ({ ...(await newDocument(world)), body: aDocument }) },
  'documents.addVersion': {
    call: async world => ({ ...(await newDocument(world)), body: { token: await newDocumentFile(world) } }),
  },
  'documents.restoreVersion': {
    async call(world) {
      const { params, ifMatch } = await newDocument(world)
      const product = await world.api('product')
      await product.call(addVersion, { params, ifMatch, body: { token: await newDocumentFile(world) } })
      const { etag } = await product.callWithEtag(getManagedDocument, { params })
      return { params: { ...params, version: '1' }, ifMatch: etag, body: {} }
    },
  },
  'documents.downloadVersion': {
    call: async world => ({ params: { ...(await newDocument(world)).params, version: '1' } }),
  },
  'documents.withdrawDocument': { call: async world => ({ ...(await newDocument(world)), body: { reason: 'A wrong torque' } }) },
  'documents.offerAgain': { call: async world => newDocument(world) },
  'documents.deleteDocument': { call: async world => newDocument(world) },
  'documents.listDownloads': { call: async world => ({ params: (await newDocument(world)).params }) },
  'documents.listNameplates': none,
  'documents.saveNameplates': { call: ({ productId }) => ({ params: { productId }, body: { patterns: ['DS-*'] } }) },

  'configurator.saveConfiguration': { call: ({ modelVersionId }) => ({ body: standardDraft(modelVersionId) }) },
  'configurator.openPreview': {
    async call(world) {
      return { params: { productId: await newDraft(world) } }
    },
  },
  'configurator.getVersionEffect': {
    call: ({ productId, modelVersionId }) => ({ params: { productId, modelVersionId } }),
  },
  'configurator.getConfiguration': { call: ({ own }) => ({ params: { token: own.configurationToken } }) },
  'configurator.openConfigurator': { call: () => ({ params: { slug: 'drill-stand' } }) },
  'configurator.listMyConfigurations': {
    call: () => ({ query: { limit: 100 } }),
    shows: ({ items }, { configurationToken }) => items.some((item: { token: string }) => item.token === configurationToken),
  },

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
  'offers.createOffer': { call: ({ own }) => ({ params: { leadId: own.leadId } }) },
  'offers.listOffers': { call: ({ own }) => ({ query: { lead: own.leadId } }) },
  'offers.getOffer': { call: async world => ({ params: (await newOffer(world)).params }) },
  'offers.saveOfferDraft': {
    async call(world) {
      const { params, ifMatch, offer } = await newOffer(world)
      return { params, ifMatch, body: { recipient: offer.recipient, content: offer.content } }
    },
  },
  'offers.previewOffer': { call: async world => ({ params: (await newOffer(world)).params }) },
  'offers.sendOffer': { call: newOffer },
  'offers.followOffer': { call: newSentOffer },
  'offers.withdrawOffer': { call: async world => ({ ...(await newOffer(world)), body: {} }) },
  'offers.answerOffer': { call: async world => ({ params: (await newSentOffer(world)).params, body: { text: 'Yes' } }) },
  'offers.getSharedOffer': { call: async world => ({ params: { token: (await newSentOffer(world)).token } }) },
  'offers.writeOnOffer': {
    async call(world) {
      return { params: { token: (await newSentOffer(world)).token }, body: { kind: 'question', name: 'A', text: 'When?' } }
    },
  },
  'offers.acceptOffer': {
    async call(world) {
      const body = { name: 'A', agreed: true, agreementVersion: agreement.version }
      return { params: { token: (await newSentOffer(world)).token }, body }
    },
  },
  'offers.declineOffer': {
    call: async world => ({ params: { token: (await newSentOffer(world)).token }, body: { name: 'A' } }),
  },
  'offers.listMyOffers': {
    async call(world) {
      if (!ownOffers.has(world.own.id)) ownOffers.set(world.own.id, (await newSentOffer(world)).token)
      return { query: { limit: 100 } }
    },
    shows: ({ items }, { id }) => items.some((item: { token: string }) => item.token === ownOffers.get(id)),
  },
  'offers.getMyOffer': {
    rows: 'company',
    call: async world => ({ params: (await newSentOffer(world)).params }),
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

  'mailbox.listMail': none,
  'mailbox.getMail': {
    async call({ database }) {
      const { rows } = await database.pool.query('select id from caught_mail limit 1')
      return { params: { mailId: rows[0].id } }
    },
  },

  'audit.listAuditEntries': none,
  'audit.getAuditEntry': { call: () => ({ params: { position: '1' } }) },
  'audit.listAuditChecks': none,
  'audit.checkAudit': none,
  'audit.exportAuditEntries': { call: () => ({ body: { format: 'jsonl', action: 'audit.checked' } }) },

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

  'sales.getAnswering': none,
  'sales.saveAnswering': {
    async call({ api }) {
      const { value, etag } = await (await api('admin')).callWithEtag(getAnswering, {})
      return { body: value, ifMatch: etag }
    },
  },

  'content.showPage': {
    call: async world => {
      const { slug } = await newPage(world, { published: true })
      return { params: { kind: 'page', slug } }
    },
  },
  'content.showHome': none,
  'content.listArticles': { call: () => ({ params: { kind: 'news' } }) },
  'content.showMenus': none,
  'content.listPages': none,
  'content.createPage': {
    call: () => ({ body: { kind: 'page', title: { 'zh-CN': '页面', en: 'Page' }, slug: freshSlug() } }),
  },
  'content.getPage': { call: async world => ({ params: { pageId: (await newPage(world)).pageId } }) },
  'content.previewPage': { call: async world => ({ params: { pageId: (await newPage(world)).pageId } }) },
  'content.saveDraft': {
    call: async world => {
      const { pageId, document, etag } = await newPage(world)
      return { params: { pageId }, body: { document: { ...document, day: '2026-05-01' } }, ifMatch: etag }
    },
  },
  'content.discardDraft': { call: world => pageSeen(world) },
  'content.restoreVersion': {
    call: async world => {
      const { pageId, versionId, etag } = await newPage(world, { published: true })
      return { params: { pageId, versionId: versionId! }, ifMatch: etag }
    },
  },
  'content.publishPage': { call: async world => ({ ...(await pageSeen(world)), body: {} }) },
  'content.unpublishPage': { call: world => pageSeen(world, { published: true }) },
  'content.removePage': { call: world => pageSeen(world) },
  // a file that is no picture gets as far as being looked at
  'content.uploadPicture': { call: () => ({ file: '%PDF-1.7' }), answers: 422 },
  'content.getMenus': none,
  'content.saveMenus': {
    async call(world) {
      const { etag } = await (await world.api('marketing')).callWithEtag(getMenus, {})
      return { body: { menus: null }, ifMatch: etag }
    },
  },
  'redirects.listRedirects': none,
  'redirects.checkRedirects': { call: () => ({ body: { text: '/old-address /products' } }) },
  'redirects.importRedirects': { call: () => ({ body: { text: '/old-address /products' } }) },
  'redirects.removeRedirect': {
    call: async ({ api }) => {
      const marketing = await api('marketing')
      await marketing.call(importRedirects, { body: { text: '/to-be-removed /products' } })
      const { items } = await marketing.call(listRedirects, { query: { search: '/to-be-removed' } })
      return { params: { redirectId: items[0]!.id } }
    },
  },
  'devices.listDevicesOf': { call: ({ own }) => ({ params: { companyId: own.id } }) },
  'devices.listMyDevices': {
    call: async world => {
      await newDevice(world)
      return { query: { limit: 100 } }
    },
    shows: ({ items }, { id }) => items.some((item: { serial: string }) => item.serial === id),
  },

  'imports.getImportTemplate': none,
  'imports.checkCustomers': {
    call: async () => ({ query: { declaration: declaration.version }, file: await aWorkbook() }),
  },
  'imports.listImports': none,
  'imports.getImport': { call: async world => ({ params: await newImport(world) }) },
  'imports.listImportRows': { call: async world => ({ params: await newImport(world) }) },
  'imports.decideDuplicates': {
    call: async world => ({ params: await newImport(world), body: { all: 'same' }, ifMatch: '"1"' }),
  },
  'imports.writeImport': { call: async world => ({ params: await newImport(world), ifMatch: '"1"' }) },
  'imports.getImportReport': { call: async world => ({ params: await newImport(world) }) },
  'imports.removeImport': { call: async world => ({ params: await newImport(world) }) },

  'mailbox.getMailServer': none,
  'mailbox.saveMailServer': { call: async world => ({ body: aMailServer, ifMatch: await mailServerSeen(world) }) },
  'mailbox.removeMailServer': none,
  'mailbox.tryMailServer': { call: () => ({ body: { to: 'wang@example.com', server: aMailServer } }) },

  'discovery.getDiscovery': none,
  'discovery.saveDiscovery': { call: async world => ({ body: { hidden: false }, ifMatch: await discoverySeen(world) }) },
  'discovery.addRootFile': { call: () => ({ body: aRootFile() }) },
  'discovery.removeRootFile': {
    async call({ api }) {
      const file = aRootFile()
      await (await api('admin')).call(addRootFile, { body: file })
      return { params: { name: file.name } }
    },
  },
  'discovery.pushAllPages': {
    async call(world) {
      const ifMatch = await discoverySeen(world)
      await (await world.api('admin')).call(saveDiscovery, { body: { indexNow: { on: true } }, ifMatch })
      return {}
    },
  },
  'discovery.tryWechat': none,
  'discovery.getDiscoveryHead': none,
  'discovery.signForWechat': { call: () => ({ query: { url: 'http://portal.test/' } }) },

  'robots.listRobots': none,
  'robots.addRobot': { call: () => ({ body: aRobot }) },
  'robots.changeRobot': {
    async call(world) {
      const { id, revision } = await newRobot(world)
      return { params: { robotId: id }, body: { active: false }, ifMatch: `"${revision}"` }
    },
  },
  'robots.tryRobot': { call: async world => ({ params: { robotId: (await newRobot(world)).id } }) },
  'robots.removeRobot': { call: async world => ({ params: { robotId: (await newRobot(world)).id } }) },

  'figures.tellFact': { call: () => ({ body: { fact: 'visits' } }) },
  'figures.getFigures': none,
  'figures.exportFigures': { call: () => ({ query: { format: 'csv' } }) },
  'figures.getBefore': none,
  'figures.saveBefore': {
    async call({ api }) {
      const { value, etag } = await (await api('admin')).callWithEtag(getBefore, {})
      return { body: value, ifMatch: etag }
    },
  },
  'figures.getMail': none,
  'figures.saveMail': { call: () => ({ body: { weekly: true } }) },
  'figures.sendMailNow': none,

  'platform.listen': {
    call: () => ({ query: { topics: 'leads' } }),
    operation: { method: 'GET', path: '/live', access: { staff: 'lead.read' }, status: 200 },
  },
}

const aRobot = {
  kind: 'wecom',
  name: 'Sales',
  address: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=00000000-0000-0000-0000-000000000000',
} as const

const aWorkbook = async () =>
  new Uint8Array(await writeXlsx({ sheets: [{ name: 'Companies', rows: [['Company name'], ['Example Tools']] }] }))

/** A file that was checked, as its row: reading a workbook for each visitor would take long. */
async function newImport({ database, platform, own }: World): Promise<{ importId: string }> {
  const importId = platform.newId()
  await database.pool.query(
    `insert into customer_import (id, file_name, sha256, bytes, status, findings, counts, declared_by, declaration_version, declared_at, revision)
    values ($1, 'customers.xlsx', '', 1, 'checked', '[]', '{"company": {"new": 1}}', $2, $3, now(), 1)`,
    [importId, own.admin.id, declaration.version],
  )
  return { importId }
}

/** A machine of the company; its serial number is the company's id. */
async function newDevice({ database, platform, own }: World): Promise<void> {
  const { rows } = await database.pool.query(
    `insert into device (id, serial, serial_key, model, model_key, created_at) values ($1, $2, $2, 'VM', 'VM', now())
    on conflict do nothing returning id`,
    [platform.newId(), own.id],
  )
  if (rows[0])
    await database.pool.query(`insert into device_ownership (id, device_id, company_id, role) values ($1, $2, $3, 'owner')`, [
      platform.newId(),
      rows[0].id,
      own.id,
    ])
}

/** The one there is, or the first: their number is limited. */
async function newRobot(world: World) {
  const admin = await world.api('admin')
  const { items } = await admin.call(listRobots, {})
  return items[0] ?? admin.call(addRobot, { body: aRobot })
}

async function newPrivacyRequest(world: World) {
  const email = freshEmail()
  await (await world.api()).call(askAsVisitor, { body: { kind: 'access', email } })
  const admin = await world.api('admin')
  const { items } = await admin.call(listRequests, { query: { limit: 100 } })
  return admin.call(getRequest, { params: { requestId: items.find(item => item.email === email)!.id } })
}

async function newColleague(world: World) {
  const admin = await world.api('admin')
  const { id } = await admin.call(inviteStaff, {
    body: { name: 'Colleague', email: freshEmail(), roles: ['sales'], language: 'en' },
  })
  return admin.call(getStaffMember, { params: { accountId: id } })
}

async function newInvitation(world: World) {
  await makeRoom(world)
  const admin = await world.api('admin')
  return admin.call(inviteColleague, { params: { companyId: world.own.id }, body: { email: freshEmail(), language: 'en' } })
}

/** A company has only so many open invitations, and one place sends only so many. */
async function makeRoom({ database }: World): Promise<void> {
  await database.pool.query('delete from company_invitation')
  await database.pool.query('delete from sign_in_throttle')
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

const walked = 'made while walking'

/** A key of the member, in place of the last one: a person may have so many and no more. */
async function newKey({ own, database, request }: World): Promise<string> {
  await database.pool.query('delete from api_key where person_id = $1 and name = $2', [own.member.id, walked])
  const body = { name: walked, scopes: ['company.read-own' as const], days: 1 }
  return (await confirmingApi({ request }, own.member.visitor).call(makeApiKey, { body })).id
}

/** What any staff may decide, asked by somebody who is none of them. */
async function newQuestion({ database, platform, own }: World): Promise<string> {
  const words = JSON.stringify({ what: { 'zh-CN': '试', en: 'Try' }, reason: 'to see who may decide' })
  const sealed = await database.transaction(() => platform.vault.sealFor(own.admin.id, words, 'confirmation.words'))
  const { rows } = await database.pool.query(
    `insert into confirmation (id, account_id, session_id, operation, target, request_hash, words, method, token_hash, proved_at,
      second_permission, status, created_at)
    values (gen_random_uuid(), $1, '', 'try', 'try', '', $2, 'password', gen_random_uuid(), now(), 'approval.read', 'waiting', now())
    returning id`,
    [own.admin.id, sealed],
  )
  return rows[0].id
}

/** Somebody more in the company; written directly, since signing up is slowed down. */
async function newMember({ database, own }: World): Promise<string> {
  const { rows } = await database.pool.query(
    `with twin as (
      insert into person (id, kind, name, email, email_digest, email_verified, language, created_at, updated_at)
      select gen_random_uuid(), kind, name, email, gen_random_uuid()::text, true, language, now(), now() from person where id = $1
      returning id
    )
    insert into company_member (id, company_id, person_id, role, created_at)
    select gen_random_uuid(), $2, id, 'member', now() from twin returning person_id`,
    [own.member.id, own.id],
  )
  return rows[0].person_id
}

/** Links of offers that were sent, by company. */
const ownOffers = new Map<string, string>()

/** A draft for the company's inquiry. */
async function newOffer(world: World) {
  const sales = await world.api('sales')
  const { id: offerId } = await sales.call(createOffer, { params: { leadId: world.own.leadId } })
  const { value: offer, etag } = await sales.callWithEtag(getOffer, { params: { offerId } })
  return { params: { offerId }, ifMatch: etag, offer }
}

async function newSentOffer(world: World) {
  const sales = await world.api('sales')
  const { params, ifMatch } = await newOffer(world)
  const { value, etag } = await sales.callWithEtag(sendOffer, { params, ifMatch })
  return { params, ifMatch: etag, token: value.history[0]!.path!.replace('/offers/', '') }
}
