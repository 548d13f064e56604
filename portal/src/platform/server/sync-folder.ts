import { open } from 'node:fs/promises'

/** Makes what was just created, renamed or removed in the folder survive a power cut: a file's own fsync does not cover its name. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return // folders cannot be opened there
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}
