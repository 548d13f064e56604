import { startPortalProcess } from './portal-process.ts'

/** The portal with the demo that the stories visit. */
export default async function startStoryPortal(): Promise<() => Promise<void>> {
  if (process.env.STORY_URL) return async () => {} // whoever runs the stories has started it
  const { address, stop } = await startPortalProcess([], { OUTGOING_PRIVATE: 'true' }) // programs that are told lie on this machine
  process.env.STORY_URL = address
  return stop
}
