import type { ServerFeature } from '#platform/server'
import { moveConfigurations } from './move-configurations.ts'
import { personal } from './personal.ts'
import { configuratorProblems } from './problems.ts'
import { configuratorRoutes } from './routes.ts'
import { mountSheetPdf } from './sheet-route.ts'

/** Saved configurations and their specification sheets. */
export const configurator: ServerFeature = {
  name: 'configurator',
  routes: configuratorRoutes,
  problems: configuratorProblems,
  personal,
  on: { 'colleague.joined': [moveConfigurations] },
  mount: mountSheetPdf,
}

export { handOverConfiguration } from './hand-over-configuration.ts'
export { findConfiguration, readConfiguration } from './read-configuration.ts'
export { saveConfiguration } from './save-configuration.ts'
export { renderSheetPdf } from './sheet-pdf.ts'
