import { parentPort, threadId } from 'node:worker_threads'

/** A thread for tests: answers where it runs, and does ill what it is told to. */
parentPort!.on('message', (order: 'where' | 'fail' | 'hang') => {
  if (order === 'fail') throw new Error('as it was told')
  while (order === 'hang');
  parentPort!.postMessage(threadId)
})
