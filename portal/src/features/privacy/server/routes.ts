import { prove, signedIn } from '#features/accounts/server'
import { emailDigest, type Platform, type RequestContext, route } from '#platform/server'
import * as api from '../core/index.ts'
import { readExport } from './collect.ts'
import { withdrawConsent } from './consents.ts'
import { presentDeclarations } from './declarations.ts'
import { describeMove, moveRequest } from './move-request.ts'
import { publishNotice, readDraft, readNotice, readNoticeVersion, saveDraft } from './notice.ts'
import { askAsVisitor, askForMyself, confirmRequest } from './open-request.ts'
import { listRequests, readMyPrivacy, readRequest } from './read-requests.ts'
import { resealProgress } from './reseal.ts'

export const privacyRoutes = [
  route(api.getDeclarations, async (_, { platform }) => presentDeclarations(platform.people.tables)),
  route(api.getNotice, (_, { platform }) => readNotice(platform.database)),
  route(api.getNoticeVersion, ({ params }, { platform }) => readNoticeVersion(platform.database, params.version)),
  route(api.getNoticeDraft, (_, { platform }) => draftToEdit(platform)),
  route(api.saveNoticeDraft, async ({ body, ifMatch }, { platform }) => {
    await saveDraft(platform, { ...body, revision: ifMatch })
    return draftToEdit(platform)
  }),
  route(api.publishNotice, async ({ body, ifMatch }, context) => {
    await publishNotice(context.platform, signedIn(context), { ...body, revision: ifMatch })
    return draftToEdit(context.platform)
  }),
  route(api.askAsVisitor, async ({ body }, { platform, language }) => {
    await askAsVisitor(platform, { ...body, language })
    return { status: 'accepted' as const }
  }),
  route(api.confirmRequest, ({ body }, { platform }) => confirmRequest(platform, body.token)),

  route(api.getMyPrivacy, (_, context) => readMyPrivacy(context.platform, ownerOf(context))),
  route(api.askForMyself, async ({ body }, context) => {
    const { platform, language } = context
    const { id, email } = signedIn(context)
    await prove(platform, id, body.proof)
    return askForMyself(platform, { kind: body.kind, words: body.words, accountId: id, email, language })
  }),
  route(api.fetchExport, async ({ params, body }, context) => {
    const { platform, language } = context
    const { id } = signedIn(context)
    await prove(platform, id, body.proof)
    return readExport(platform, { requestId: params.requestId, accountId: id, format: body.format, language })
  }),
  route(api.withdrawConsent, ({ params }, context) => {
    const { platform, language } = context
    const { email } = signedIn(context)
    return withdrawConsent(platform, { consentId: params.consentId, owner: ownerOf(context), email, language })
  }),

  route(api.listRequests, ({ query }, { platform }) => listRequests(platform, query)),
  route(api.getRequest, async ({ params }, { platform }) => withTag(await readRequest(platform, params.requestId))),
  route(
    api.moveRequest,
    async ({ params, body, ifMatch }, context) => {
      const { platform } = context
      const { state: to, note } = body
      await moveRequest(platform, { ...params, to, note, actorId: signedIn(context).id, revision: ifMatch })
      return withTag(await readRequest(platform, params.requestId))
    },
    ({ params, body }, context) => describeMove(context.platform, { ...params, to: body.state, actorId: signedIn(context).id }),
  ),
  route(api.getKeys, (_, { platform }) => resealProgress(platform)),
]

async function draftToEdit({ database }: Platform) {
  const { draft, revision } = await readDraft(database)
  return { value: draft, etag: String(revision) }
}

const withTag = (request: api.StaffRequestDetail) => ({ value: request, etag: String(request.revision) })

/** An address that was not confirmed proves nothing: it finds no consents. */
function ownerOf(context: RequestContext) {
  const { id, email, emailVerified } = signedIn(context)
  return { id, emailDigest: emailVerified ? emailDigest(context.platform.vault, email) : '' }
}
