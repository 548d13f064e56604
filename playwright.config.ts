import { defineConfig } from '@playwright/test'
import { prepareBrowser } from './portal/test/browser.ts'

const { executablePath, args, env } = await prepareBrowser()

export default defineConfig({
  testDir: 'portal/stories',
  testMatch: '**/*.story.ts',
  globalSetup: './portal/test/story-portal.ts',
  outputDir: 'test-results',
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : 'list',
  workers: 2, // the stories share one portal, and two cores carry it and the browsers
  timeout: 120_000,
  expect: { timeout: 15_000 },
  use: {
    ...(process.env.STORY_URL ? { baseURL: process.env.STORY_URL } : {}), // set by the global setup, read by the workers
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    launchOptions: { executablePath, args, env },
    screenshot: 'only-on-failure',
  },
})
