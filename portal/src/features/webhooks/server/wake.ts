import type { Platform } from '#platform/server'

/** Lets what waits for a webhook be sent, now or at a time, when the ambient transaction has committed. */
export async function wake(platform: Platform, webhookId: string, at?: Date): Promise<void> {
  const when = at && at > platform.now() ? { runAt: at } : { singletonKey: webhookId }
  await platform.jobs.enqueue('webhooks.deliver', { webhookId }, when)
}
