import { startPortalProcess } from './portal-process.ts'

/** The portal with the demo that the stories visit. */
export default async function startStoryPortal(): Promise<() => Promise<void>> {
  const { address, stop } = await startPortalProcess()
  process.env.STORY_URL = address
  return stop
}
