import { type RequestContext, type Route, route } from '#platform/server'
import * as api from '../core/index.ts'
import { getDeviceType, listDeviceTypes } from './types/read-types.ts'
import { changeDeviceType, createDeviceType, deleteDeviceType } from './types/write-types.ts'

export const typeRoutes: Route[] = [
  route(api.listDeviceTypes, async (_, { platform }) => ({ items: await listDeviceTypes(platform.database) })),
  route(api.getDeviceType, ({ params }, context) => detail(context, params.typeId)),
  route(api.createDeviceType, async ({ body }, context) => detail(context, await createDeviceType(context.platform, body))),
  route(api.changeDeviceType, async ({ params, body, ifMatch }, context) => {
    await changeDeviceType(context.platform, { ...params, revision: ifMatch, fields: body })
    return detail(context, params.typeId)
  }),
  route(api.deleteDeviceType, async ({ params, ifMatch }, { platform }) => {
    await deleteDeviceType(platform, { ...params, revision: ifMatch })
    return undefined
  }),
]

async function detail({ platform }: RequestContext, typeId: string) {
  const type = await getDeviceType(platform.database, typeId)
  return { value: type, etag: String(type.revision) }
}
