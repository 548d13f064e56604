import type { OpenApi } from '../src/platform/server/http-openapi.ts'
import type { HostileRun } from './hostile-run.ts'
import type { Visitor } from './test-portal.ts'
import type { World } from './two-companies.ts'

/** A portal with rows of two companies as the hostile requests meet it: who comes, what exists, and who must not see what. */
export async function hostileWorld(world: World): Promise<Omit<HostileRun, 'requests' | 'seed'>> {
  const { own, other, request, platform, database } = world
  const ids = async (query: string) => (await database.pool.query<{ id: string }>(query)).rows.map(({ id }) => id)
  const visitor = (as: Visitor, foreign: readonly string[]) => ({ signIn: () => world.newSession(as), foreign })
  const ofOther = [other.name, other.admin.email, other.member.email, other.inquiryToken, other.leadId]
  return {
    document: (await (await request('/api/openapi.json')).json()) as OpenApi,
    visitors: [
      visitor(own.member.visitor, ofOther),
      visitor(own.admin.visitor, ofOther),
      visitor('sales', []),
      visitor('product', []),
      visitor('admin', []),
    ],
    foreignToAll: [...ofOther, own.admin.email, own.member.email],
    known: {
      leadId: [own.leadId, other.leadId],
      companyId: [own.id, other.id],
      productId: [world.productId],
      modelVersionId: [world.modelVersionId],
      slug: ['drill-stand'],
      token: [own.configurationToken, own.inquiryToken],
      mailId: await ids('select id from caught_mail limit 20'),
      topics: ['leads', `company:${own.id}`, `company:${other.id}`],
      option: ['motor_3kw', 'table_cross'],
      limit: [1, 50, 100],
      cursor: ['eyJhdCI6IjIwMjYtMDEtMDFUMDA6MDA6MDAuMDAwWiIsImlkIjoiMDFhMjAwNzQtNDg1NC03MTkxLWI5M2MtMTljZWNiZmU4OWE2In0'],
    },
    secrets: [platform.config.sessionSecret, platform.config.databaseUrl ?? platform.config.sessionSecret],
    send: request,
  }
}
