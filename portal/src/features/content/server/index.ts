import type { ServerFeature } from '#platform/server'
import { personal } from './personal.ts'
import { clearPictures } from './pictures.ts'
import { contentProblems } from './problems.ts'
import { mountContent } from './public-routes.ts'
import { keepTimes } from './publish-page.ts'
import { contentRoutes } from './routes.ts'
import { contentPages } from './show-page.ts'

export { seedContent } from './seed-content.ts'

/** Pages of the manufacturer: written, published and found in the menus. */
export const content: ServerFeature = {
  name: 'content',
  routes: contentRoutes,
  mount: mountContent,
  publicPages: contentPages,
  problems: contentProblems,
  personal,
  jobs: {
    'content.keep-times': { handle: (_, { platform }) => keepTimes(platform, platform.now()) },
    'content.clear-pictures': { handle: (_, { platform }) => clearPictures(platform, platform.now()) },
  },
  // each publication brings a job for its own time; this one is for what a clock put back or a restored database left behind
  schedules: { 'content.keep-times': '*/10 * * * *', 'content.clear-pictures': '40 3 * * *' },
}
