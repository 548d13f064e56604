/** Waits for what will come to pass without a signal of its own. */
export async function eventually(check: () => boolean | Promise<boolean>, seconds = 30): Promise<void> {
  for (const deadline = Date.now() + seconds * 1000; !(await check()); ) {
    if (Date.now() > deadline) throw new Error(`It has not come to pass within ${seconds} s: ${check}`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
