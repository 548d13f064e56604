import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    experimental: { viteModuleRunner: false, nodeLoader: false },
    isolate: false, // to read the portal's sources anew for each file takes a third of the whole run
    maxWorkers: '100%', // one fewer would leave half of a machine with two cores idle
    projects: [
      {
        test: {
          name: 'engine',
          include: ['engine/**/*.test.ts', 'examples/**/*.test.ts'],
          environment: 'node',
          testTimeout: 30_000, // against hanging, not for speed: the machine may be doing other things
        },
      },
      {
        test: {
          name: 'portal',
          include: ['portal/**/*.test.ts', 'tracker/**/*.test.ts', 'scripts/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['portal/test/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 15_000 } }, // of what has to come in the end, on a busy machine too
        },
      },
    ],
  },
})
