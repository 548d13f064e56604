import { readerOf } from '#features/products/server'
import { route } from '#platform/server'
import * as api from '../core/index.ts'
import { openConfigurator, openPreview } from './open-configurator.ts'
import { listMyConfigurations, readConfiguration } from './read-configuration.ts'
import { saveConfiguration } from './save-configuration.ts'
import { versionEffect } from './version-effect.ts'

export const configuratorRoutes = [
  route(api.saveConfiguration, async ({ body }, { platform, account }) => {
    const { token } = await saveConfiguration(platform, body, account)
    return { token, path: `/c/${token}` }
  }),
  route(api.openConfigurator, ({ params, query }, { platform, account }) =>
    openConfigurator(platform.database, params.slug, query, readerOf(account)),
  ),
  route(api.openPreview, ({ params }, { platform }) => openPreview(platform.database, params.productId)),
  route(api.getVersionEffect, ({ params }, { platform }) => versionEffect(platform.database, params)),
  route(api.getConfiguration, ({ params }, { platform, account }) =>
    readConfiguration(platform.database, params.token, readerOf(account)),
  ),
  route(api.listMyConfigurations, ({ query }, { platform, account }) => listMyConfigurations(platform.database, account!, query)),
]
