import { threadId } from 'node:worker_threads'
import { afterAll, expect, test } from 'vitest'
import { openThread } from './thread.ts'

const thread = openThread<'where' | 'fail' | 'hang', number>(new URL('./test-thread.ts', import.meta.url), {
  megabytes: 50,
  ms: 3000,
})
afterAll(() => thread.close())

test('orders are carried out in one thread beside the portal’s', async () => {
  const first = await thread.ask('where')
  expect(first).not.toBe(threadId)
  expect(await thread.ask('where')).toBe(first)
})

test('an order that fails or never ends is the only one that does: the next gets a thread of its own', async () => {
  const first = await thread.ask('where')
  await expect(thread.ask('fail')).rejects.toThrow('as it was told')
  const second = await thread.ask('where')
  expect(second).not.toBe(first)
  await expect(thread.ask('hang')).rejects.toThrow('took longer than 3000 ms')
  expect(await thread.ask('where')).not.toBe(second)
})
